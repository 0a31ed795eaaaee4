"""Invitation, reset and first links. Opening one changes nothing, as mail scanners open all links: its button does."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import BankError, Conflict, Fault, Gone, Invalid, InvalidFields, NotFound
from bank.messages import N_
from bank.web.errors import error_response, problem_of
from bank.web.form.once import OnceRoute
from bank.web.pages.account.signing_in import redirect_with_session
from bank.web.rendering import render, site_of, words_of
from bank.web.viewer import session_token, source_address
from bank.workflow.people import using_links
from bank.workflow.people.tickets import UnknownLink
from bank.workflow.people.using_links import LinkKind, LinkView

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
LINK_PAGE_HEADERS = {"cache-control": "no-store", "referrer-policy": "same-origin", "x-robots-tag": "noindex"}
CHOOSE_PASSWORD = N_("Choose a password.")
LONGEST_SHOWN_NAME = 254

InvitationFormText = Annotated[str, Form()]
FIRST_PAGE_BY_ROLE = {"editor": "/deposits", "coordinator": "/review"}
"""Role -> path of the first page after an invitation or a new password; "/" for other roles."""


@router.get("/invitation/{token}")
def invitation_page(request: Request, token: str) -> Response:
    """The page of an invitation: who is invited, and the form for choosing how to sign in."""
    return answer_link(request, lambda: link_page(request, "invitation", token))


@router.post("/invitation/{token}")
def accept_invitation(
    request: Request, token: str, password: InvitationFormText = "", way: InvitationFormText = "password"
) -> Response:
    """Uses an invitation and signs in: with a password, or without one (`way` is code)."""
    return answer_link(request, lambda: use_link(request, "invitation", token, None if way == "code" else password))


@router.get("/reset/{token}")
def reset_page(request: Request, token: str) -> Response:
    """The page of a reset link, with the form for a new password."""
    return answer_link(request, lambda: link_page(request, "reset", token))


@router.post("/reset/{token}")
def set_password(request: Request, token: str, password: InvitationFormText = "") -> Response:
    """Uses a reset link: sets the password, ends every session and begins a new one."""
    return answer_link(request, lambda: use_link(request, "reset", token, password))


@router.get("/first/{token}")
def first_admin_page(request: Request, token: str) -> Response:
    """The page of the link for the first administrator."""

    def show() -> Response:
        using_links.look_at_first_link(site_of(request).bank, token)
        return first_admin_form(request)

    return answer_link(request, show)


@router.post("/first/{token}")
def create_first_admin(
    request: Request,
    token: str,
    email: InvitationFormText = "",
    name: InvitationFormText = "",
    password: InvitationFormText = "",
) -> Response:
    """Makes the first administrator and signs them in."""
    bank = site_of(request).bank

    def make() -> Response:
        try:
            source = source_address(request, bank.settings)
            session = using_links.make_first_admin(bank, token, email, name, password, source)
        except Invalid as error:
            return first_admin_form(request, email, name, error)
        return redirect_with_session(request, session, "/admin/people")

    return answer_link(request, make)


def answer_link(request: Request, act: Callable[[], Response]) -> Response:
    """The response of `act`, or the page of a used, ended, revoked or wrong link; no cache keeps either."""
    try:
        response = act()
    except (Gone, UnknownLink) as error:
        response = closed_link_page(request, error)
    except (NotFound, Conflict) as error:
        response = error_response(request, error)
    for name, value in LINK_PAGE_HEADERS.items():
        response.headers[name] = value
    return response


def closed_link_page(request: Request, error: BankError) -> Response:
    """The page of a link that can't be used: why, and what to do now."""
    problem = problem_of(error)
    purpose = request.scope["path"].split("/")[1]
    detail = words_of(request).told(problem.sentence, problem.values)
    return render(
        request, "account/link.html", status=problem.status, kind=problem.code, purpose=purpose, detail=detail
    )


def use_link(request: Request, kind: LinkKind, token: str, password: str | None) -> Response:
    """Uses an invitation or reset link: sets the password, signs in, goes to the first page of the role.

    `password` None: signing in by codes. Raises Gone, NotFound, Conflict for a link that can't be used.
    """
    bank = site_of(request).bank
    if password == "":
        return link_page(request, kind, token, Invalid(CHOOSE_PASSWORD))
    try:
        source, replaced = source_address(request, bank.settings), session_token(request, bank.settings)
        place = FIRST_PAGE_BY_ROLE.get(using_links.look_at_link(bank, kind, token).role, "/")
        session = using_links.come_in(bank, kind, token, password, source, replaced)
    except Invalid as error:
        return link_page(request, kind, token, error)
    return redirect_with_session(request, session, place)


def link_page(request: Request, kind: LinkKind, token: str, error: BankError | None = None) -> Response:
    """The page of an invitation or a reset link. Raises Gone, NotFound for a link that can't be used."""
    bank = site_of(request).bank
    visit: LinkView = using_links.look_at_link(bank, kind, token)
    return link_form(request, f"account/{kind}.html", error, visit=visit, mails=bank.settings.mail_url is not None)


def first_admin_form(request: Request, email: str = "", name: str = "", error: BankError | None = None) -> Response:
    """The page of the first administrator's link, with address and name as typed, never the password."""
    return link_form(
        request, "account/first.html", error, email=email[:LONGEST_SHOWN_NAME], name=name[:LONGEST_SHOWN_NAME]
    )


def link_form(request: Request, template: str, error: BankError | None, **values: Any) -> Response:
    """A page with a form; with `error`, what is wrong and the status of the error."""
    told = problem_of(error) if error is not None else None
    faults = [Fault("password", told.sentence, told.values)] if told else []
    if isinstance(error, InvalidFields):
        faults = [*error.faults]
    return render(
        request, template, status=told.status if told else 200, headers=LINK_PAGE_HEADERS, faults=faults, **values
    )
