"""One's own account: name, password, sessions, and tokens for programs."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import BankError, Fault, Invalid, SignInNeeded, TooMany
from bank.web.errors import problem_of
from bank.web.parameters import Number
from bank.web.rendering import render, site_of
from bank.web.viewer import keep_token, source_of, token_of, viewer_of
from bank.workflow.people import profile, tokens
from bank.workflow.people.profile import WrongPassword
from bank.workflow.rights import Scope, Viewer

router = APIRouter(include_in_schema=False)
DONE = ("name", "password", "session", "sessions", "token")
"""What was just done, as the address says it."""
LONGEST_SHOWN = 200
Text = Annotated[str, Form()]


def own_viewer(request: Request) -> Viewer:
    """Who is signed in. Raises SignInNeeded."""
    viewer = viewer_of(request)
    if viewer is None:
        raise SignInNeeded
    return viewer


@router.get("/account")
def account(request: Request, done: str = "") -> Response:
    """The whole page; `done` is what was done just now."""
    return page(request, done=done)


@router.post("/account/name")
def name(request: Request, name: Text = "") -> Response:
    """Another name."""
    bank, viewer = site_of(request).bank, own_viewer(request)
    try:
        profile.change_name(bank, viewer, name)
    except Invalid as error:
        return refused(request, "name", error, given={"name": name[:LONGEST_SHOWN]})
    return went("name")


@router.post("/account/password")
def password(request: Request, present: Text = "", password: Text = "") -> Response:
    """Another password: every other session ends, this one goes on with a new token."""
    bank, viewer = site_of(request).bank, own_viewer(request)
    try:
        token = profile.change_password(bank, viewer, present, password, source_of(request, bank.settings))
    except (WrongPassword, TooMany) as error:
        return refused(request, "present", error)
    except Invalid as error:
        return refused(request, "password", error)
    response = went("password")
    keep_token(response, token, bank.settings)
    return response


@router.post("/account/sessions/others")
def others(request: Request) -> Response:
    """Signs out everywhere else."""
    bank = site_of(request).bank
    profile.end_other_stays(bank, own_viewer(request), token_of(request, bank.settings))
    return went("sessions")


@router.post("/account/sessions")
def session(request: Request, session: Text = "") -> Response:
    """Signs out in one browser."""
    profile.end_stay(site_of(request).bank, own_viewer(request), session)
    return went("session")


@router.post("/account/tokens")
def token(request: Request, token: Text = "", scope: Annotated[Scope, Form()] = "read") -> Response:
    """Makes a token and shows it: no other page ever does."""
    bank, viewer = site_of(request).bank, own_viewer(request)
    try:
        made = tokens.add(bank, viewer.id, token, scope, actor=viewer.actor)
    except Invalid as error:
        return refused(request, "token", error, given={"token": token[:LONGEST_SHOWN], "scope": scope})
    return page(request, made=made)


@router.post("/account/tokens/{number}/end")
def end_token(request: Request, number: Number) -> Response:
    """Ends one of one's own tokens."""
    viewer = own_viewer(request)
    tokens.end(site_of(request).bank, number, actor=viewer.actor, of=viewer.id)
    return went("token")


def went(done: str) -> Response:
    """Back to the page, which says what was done."""
    return RedirectResponse(f"/account?done={done}#done", 303)


def refused(request: Request, field: str, error: BankError, given: dict[str, str] | None = None) -> Response:
    """The page with what is wrong at `field`; what was written is kept, passwords never."""
    told = problem_of(error)
    faults = [Fault(field, told.sentence, told.values)]
    return page(request, told.status, faults, dict(told.headers), given=given)


def page(
    request: Request,
    status: int = 200,
    faults: Sequence[Fault] = (),
    headers: dict[str, str] | None = None,
    given: dict[str, str] | None = None,
    done: str = "",
    made: str = "",
) -> Response:
    """The account as it is now."""
    bank, viewer = site_of(request).bank, own_viewer(request)
    shown = profile.profile(bank, viewer, token_of(request, bank.settings))
    return render(
        request,
        "account/profile.html",
        status=status,
        headers=headers,
        profile=shown,
        tokens=tokens.own_tokens(bank, viewer),
        scopes=tokens.ALLOWED[viewer.role],
        faults=faults,
        given={"name": shown.name, "token": "", "scope": "read", **(given or {})},
        done=done if done in DONE else "",
        made=made,
    )
