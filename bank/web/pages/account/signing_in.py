"""Signing in and out: by password, by a code, and what to do when the password is forgotten."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import BankError, Fault, TooMany
from bank.messages import N_
from bank.web.errors import problem_of
from bank.web.language import language_of
from bank.web.local_paths import local_path
from bank.web.rendering import render, site_of
from bank.web.viewer import drop_token, keep_token, source_of, token_of, viewer_of
from bank.workflow.bank import Bank
from bank.workflow.people import codes, sessions, signing_in
from bank.workflow.people.codes import WrongCode
from bank.workflow.people.signing_in import WrongSignIn

router = APIRouter(include_in_schema=False)
NOT_KEPT = {"cache-control": "no-store"}
LONGEST_SHOWN = 254
"""Characters of an address that are shown again."""
NO_ADDRESS, NO_PASSWORD = N_("Write your mail address."), N_("Write your password.")
NO_CODE = N_("Write the code.")

Text = Annotated[str, Form()]
SignIn = Callable[[Bank, str, str, str, str], str]
"""(bank, address, password or code, source, token that is replaced) -> token."""


@router.get("/login")
def login(request: Request) -> Response:
    """The form; who is signed in already goes on."""
    return already(request) or shown(request, "account/login.html")


@router.post("/login")
def enter(request: Request, email: Text = "", password: Text = "") -> Response:
    """Signs in and goes on to ``next``, or says what is wrong."""
    faults = [] if password else [Fault("password", NO_PASSWORD)]
    return let_in(request, "account/login.html", signing_in.sign_in, email, password, faults)


@router.get("/login/code")
def code_page(request: Request) -> Response:
    """The forms for a code: having one mailed, and signing in with it."""
    return already(request) or shown(request, "account/login_code.html")


@router.post("/login/code")
def enter_code(request: Request, email: Text = "", code: Text = "") -> Response:
    """Signs in by a code, or says what is wrong."""
    faults = [] if code.strip() else [Fault("code", NO_CODE)]
    return let_in(request, "account/login_code.html", codes.sign_in, email, code, faults)


@router.post("/login/code/mail")
def mail_code(request: Request, email: Text = "") -> Response:
    """Has a code mailed to whoever has that address."""
    return asked(request, "account/login_code.html", "code", email)


@router.get("/login/forgotten")
def forgotten(request: Request) -> Response:
    """The form for a link to a new password, or whom to ask for one."""
    return already(request) or shown(request, "account/login_forgotten.html")


@router.post("/login/forgotten")
def mail_link(request: Request, email: Text = "") -> Response:
    """Has a link for a new password mailed to whoever has that address."""
    return asked(request, "account/login_forgotten.html", "reset", email)


@router.post("/logout")
def leave(request: Request) -> Response:
    """Ends the session, also for whoever copied its cookie."""
    bank = site_of(request).bank
    sessions.sign_out(bank, token_of(request, bank.settings))
    response = RedirectResponse("/", 303, NOT_KEPT)
    drop_token(response, bank.settings)
    return response


def going_on(request: Request) -> str:
    """Where the reader came from."""
    return local_path(request.query_params.get("next", "/"))


def already(request: Request) -> Response | None:
    """Sends who is signed in on."""
    return RedirectResponse(going_on(request), 303, NOT_KEPT) if viewer_of(request) is not None else None


def let_in(
    request: Request, template: str, sign_in: SignIn, email: str, secret: str, faults: Sequence[Fault]
) -> Response:
    """Signs in and goes on to ``next``, or says on the form what is wrong: `faults` and a missing address, or more."""
    settings = site_of(request).bank.settings
    missing = [] if email.strip() else [Fault("email", NO_ADDRESS)]
    if missing or faults:
        return shown(request, template, email, [*missing, *faults], 422)
    try:
        token = sign_in(site_of(request).bank, email, secret, source_of(request, settings), token_of(request, settings))
    except (TooMany, WrongSignIn, WrongCode) as error:
        return refused(request, template, email, error)
    return came_in(request, token, going_on(request))


def came_in(request: Request, token: str, place: str) -> Response:
    """Gives the browser its token and sends it on."""
    response = RedirectResponse(place, 303, NOT_KEPT)
    keep_token(response, token, site_of(request).bank.settings)
    return response


def asked(request: Request, template: str, kind: codes.Askable, email: str) -> Response:
    """The same answer for every address, before it is looked up."""
    bank = site_of(request).bank
    if not email.strip():
        return shown(request, template, email, [Fault("email", NO_ADDRESS)], 422)
    try:
        codes.ask(bank, kind, email, source_of(request, bank.settings), language_of(request, bank.settings))
    except TooMany as error:
        return refused(request, template, email, error)
    return shown(request, template, email, sent=True)


def refused(request: Request, template: str, email: str, error: BankError) -> Response:
    """The form again, with the reason."""
    told = problem_of(error)
    fault = Fault("email", told.sentence, told.values)
    return shown(request, template, email, [fault], told.status, told.headers)


def shown(
    request: Request,
    template: str,
    email: str = "",
    faults: list[Fault] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    sent: bool = False,
) -> Response:
    """A page with its form; the address is kept, a password or a code never."""
    place = going_on(request)
    return render(
        request,
        template,
        status=status,
        headers={**NOT_KEPT, **(headers or {})},
        email=email[:LONGEST_SHOWN],
        faults=faults or [],
        sent=sent,
        mails=site_of(request).bank.settings.mail_url is not None,
        written=request.query_params.get("written", ""),
        onward="" if place == "/" else f"?{urlencode({'next': place})}",
    )
