"""Signing in by password or by code, signing out, and asking for a new password."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import BankError, DiskFull, Fault, ReadOnlyDisk, TooManyTries
from bank.messages import N_
from bank.web.errors import problem_of
from bank.web.form.once import OnceRoute, sent_before
from bank.web.language import language_of
from bank.web.local_paths import local_path
from bank.web.rendering import render, site_of
from bank.web.viewer import delete_session_cookie, session_token, set_session_cookie, source_address, viewer_of
from bank.workflow.bank import Bank
from bank.workflow.people import codes, sessions, signing_in
from bank.workflow.people.codes import WrongCode
from bank.workflow.people.signing_in import WrongSignIn

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
SIGN_IN_HEADERS = {"cache-control": "no-store"}
LONGEST_SHOWN_ADDRESS = 254
"""Characters of a typed mail address that the form shows again."""
WRITE_ADDRESS, WRITE_PASSWORD = N_("Write your mail address."), N_("Write your password.")
WRITE_CODE = N_("Write the code.")

SignInFormText = Annotated[str, Form()]
SignInAct = Callable[[Bank, str, str, str, str], str]
"""(bank, mail address, password or code, network address, token of the session that is replaced) -> token."""


@router.get("/login")
def login_page(request: Request) -> Response:
    """The form for signing in; redirects people who are signed in already."""
    return redirect_signed_in(request) or sign_in_form(request, "account/login.html")


@router.post("/login")
def sign_in_by_password(request: Request, email: SignInFormText = "", password: SignInFormText = "") -> Response:
    """Signs in by password and goes to ``next``, or shows the form again with what is wrong."""
    faults = [] if password else [Fault("password", WRITE_PASSWORD)]
    return sign_in_or_say(request, "account/login.html", signing_in.sign_in_with_password, email, password, faults)


@router.get("/login/code")
def login_code_page(request: Request) -> Response:
    """The forms for having a code mailed, and for signing in with it."""
    return redirect_signed_in(request) or sign_in_form(request, "account/login_code.html")


@router.post("/login/code")
def sign_in_by_code(request: Request, email: SignInFormText = "", code: SignInFormText = "") -> Response:
    """Signs in by code and goes to ``next``, or shows the form again with what is wrong."""
    faults = [] if code.strip() else [Fault("code", WRITE_CODE)]
    return sign_in_or_say(request, "account/login_code.html", codes.sign_in_with_code, email, code, faults)


@router.post("/login/code/mail")
def mail_code(request: Request, email: SignInFormText = "") -> Response:
    """Has a code mailed to the person with that address, if there is one."""
    return mail_and_answer(request, "account/login_code.html", "code", email)


@router.get("/login/forgotten")
def forgotten_page(request: Request) -> Response:
    """The form for having a reset link mailed, or, without a mail server, whom to ask for one."""
    return redirect_signed_in(request) or sign_in_form(request, "account/login_forgotten.html")


@router.post("/login/forgotten")
def mail_link(request: Request, email: SignInFormText = "") -> Response:
    """Has a reset link mailed to the person with that address, if there is one."""
    return mail_and_answer(request, "account/login_forgotten.html", "reset", email)


@router.post("/logout")
def logout(request: Request) -> Response:
    """Ends the session on the server, so that a copied cookie is worth nothing either."""
    bank = site_of(request).bank
    sessions.sign_out(bank, session_token(request, bank.settings))
    response = RedirectResponse("/", 303, SIGN_IN_HEADERS)
    delete_session_cookie(response, bank.settings)
    return response


def next_path(request: Request) -> str:
    """The path in ``?next=``, else ``/``; only paths of this bank."""
    return local_path(request.query_params.get("next", "/"))


def redirect_signed_in(request: Request) -> Response | None:
    """A redirect to ``next`` for people who are signed in; None for a visitor."""
    return RedirectResponse(next_path(request), 303, SIGN_IN_HEADERS) if viewer_of(request) is not None else None


def sign_in_or_say(
    request: Request, template: str, sign_in: SignInAct, email: str, secret: str, faults: Sequence[Fault]
) -> Response:
    """Signs in and goes to ``next``, or shows the form again with `faults`, a missing address, or the refusal."""
    settings = site_of(request).bank.settings
    missing = [] if email.strip() else [Fault("email", WRITE_ADDRESS)]
    if missing or faults:
        return sign_in_form(request, template, email, [*missing, *faults], 422)
    try:
        token = sign_in(
            site_of(request).bank, email, secret, source_address(request, settings), session_token(request, settings)
        )
    except (TooManyTries, WrongSignIn, WrongCode, DiskFull, ReadOnlyDisk) as error:
        return sign_in_refused(request, template, email, error)
    return redirect_with_session(request, token, next_path(request))


def redirect_with_session(request: Request, token: str, place: str) -> Response:
    """A redirect to `place` that sets the session cookie."""
    response = RedirectResponse(place, 303, SIGN_IN_HEADERS)
    set_session_cookie(response, token, site_of(request).bank.settings)
    return response


def mail_and_answer(request: Request, template: str, kind: codes.AskableTicket, email: str) -> Response:
    """Has a code or a reset link mailed; the response is the same whether or not anybody has that address."""
    bank = site_of(request).bank
    if not email.strip():
        return sign_in_form(request, template, email, [Fault("email", WRITE_ADDRESS)], 422)
    if sent_before(request):
        return sign_in_form(request, template, email, sent=True)
    try:
        codes.ask_for_ticket(
            bank, kind, email, source_address(request, bank.settings), language_of(request, bank.settings)
        )
    except TooManyTries as error:
        return sign_in_refused(request, template, email, error)
    return sign_in_form(request, template, email, sent=True)


def sign_in_refused(request: Request, template: str, email: str, error: BankError) -> Response:
    """The form again, with the reason why signing in was refused."""
    told = problem_of(error)
    fault = Fault("email", told.sentence, told.values)
    return sign_in_form(request, template, email, [fault], told.status, told.headers)


def sign_in_form(
    request: Request,
    template: str,
    email: str = "",
    faults: list[Fault] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    sent: bool = False,
) -> Response:
    """A page with a form, and the address as typed, never a password or a code. `sent`: a mail was asked for."""
    place = next_path(request)
    return render(
        request,
        template,
        status=status,
        headers={**SIGN_IN_HEADERS, **(headers or {})},
        email=email[:LONGEST_SHOWN_ADDRESS],
        faults=faults or [],
        sent=sent,
        mails=site_of(request).bank.settings.mail_url is not None,
        written=request.query_params.get("written", ""),
        onward="" if place == "/" else f"?{urlencode({'next': place})}",
    )
