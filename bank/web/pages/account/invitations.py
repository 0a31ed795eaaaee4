"""Coming in by a link. Opening one shows a page and changes nothing (mail scanners open all links): its button does."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import BankError, Conflict, Fault, Faulty, Gone, Invalid, NotFound
from bank.messages import N_
from bank.web.errors import problem_of, respond
from bank.web.pages.account.signing_in import came_in
from bank.web.rendering import render, site_of
from bank.web.viewer import source_of, token_of
from bank.workflow.people import using_links
from bank.workflow.people.using_links import Door, Visit

router = APIRouter(include_in_schema=False)
PRIVATE = {"cache-control": "no-store", "referrer-policy": "same-origin", "x-robots-tag": "noindex"}
NO_PASSWORD = N_("Choose a password.")
LONGEST_SHOWN = 254

Text = Annotated[str, Form()]
FIRST_PAGES = {"editor": "/deposits", "coordinator": "/review"}
"""Role -> where one begins."""


@router.get("/invitation/{token}")
def invitation(request: Request, token: str) -> Response:
    """Who is invited, and the form for choosing how to sign in."""
    return open_or_told(request, lambda: arrival(request, "invitation", token))


@router.post("/invitation/{token}")
def accept(request: Request, token: str, password: Text = "", way: Text = "password") -> Response:
    """Uses the invitation up: with a password, or without one (`way` code)."""
    return open_or_told(request, lambda: come_in(request, "invitation", token, None if way == "code" else password))


@router.get("/reset/{token}")
def reset(request: Request, token: str) -> Response:
    """The form for a new password."""
    return open_or_told(request, lambda: arrival(request, "reset", token))


@router.post("/reset/{token}")
def set_password(request: Request, token: str, password: Text = "") -> Response:
    """Uses the link up; every session ends, and a new one begins."""
    return open_or_told(request, lambda: come_in(request, "reset", token, password))


@router.get("/first/{token}")
def first(request: Request, token: str) -> Response:
    """The form for the first administrator."""

    def show() -> Response:
        using_links.look_first(site_of(request).bank, token)
        return first_form(request)

    return open_or_told(request, show)


@router.post("/first/{token}")
def make_first(request: Request, token: str, email: Text = "", name: Text = "", password: Text = "") -> Response:
    """Makes the first administrator, who is signed in."""
    bank = site_of(request).bank

    def make() -> Response:
        try:
            source = source_of(request, bank.settings)
            session = using_links.make_first_admin(bank, token, email, name, password, source)
        except Invalid as error:
            return first_form(request, email, name, error)
        return came_in(request, session, "/admin/people")

    return open_or_told(request, make)


def open_or_told(request: Request, act: Callable[[], Response]) -> Response:
    """What `act` answers, or one sentence on why the link opens nothing; neither is kept anywhere."""
    try:
        response = act()
    except (Gone, NotFound, Conflict) as error:
        response = respond(request, error)
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


def come_in(request: Request, kind: Door, token: str, password: str | None) -> Response:
    """Presses the button of a link."""
    bank = site_of(request).bank
    if password == "":
        return arrival(request, kind, token, Invalid(NO_PASSWORD))
    try:
        source, replaced = source_of(request, bank.settings), token_of(request, bank.settings)
        place = FIRST_PAGES.get(using_links.look(bank, kind, token).role, "/")
        session = using_links.come_in(bank, kind, token, password, source, replaced)
    except Invalid as error:
        return arrival(request, kind, token, error)
    return came_in(request, session, place)


def arrival(request: Request, kind: Door, token: str, error: BankError | None = None) -> Response:
    """The page of an invitation or a reset link."""
    bank = site_of(request).bank
    visit: Visit = using_links.look(bank, kind, token)
    return form(request, f"account/{kind}.html", error, visit=visit, mails=bank.settings.mail_url is not None)


def first_form(request: Request, email: str = "", name: str = "", error: BankError | None = None) -> Response:
    """The page of the first administrator's link; address and name are kept, the password never."""
    return form(request, "account/first.html", error, email=email[:LONGEST_SHOWN], name=name[:LONGEST_SHOWN])


def form(request: Request, template: str, error: BankError | None, **values: object) -> Response:
    """A page with its form; 422 with what is wrong."""
    told = problem_of(error) if error is not None else None
    faults = [Fault("password", told.sentence, told.values)] if told else []
    if isinstance(error, Faulty):
        faults = [*error.faults]
    return render(request, template, status=told.status if told else 200, headers=PRIVATE, faults=faults, **values)
