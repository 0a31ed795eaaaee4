"""The viewer's own account: name, password, sessions, and tokens for programs."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import BankError, Fault, Invalid, SignInNeeded, TooManyTries
from bank.web.errors import problem_of
from bank.web.form.once import OnceRoute, sent_before
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of
from bank.web.viewer import session_token, set_session_cookie, source_address, viewer_of
from bank.workflow.people import profile, tokens
from bank.workflow.people.profile import WrongPassword
from bank.workflow.rights import Scope, Viewer

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
ACCOUNT_DONE = ("name", "password", "password_tokens", "session", "sessions", "token")
"""Values of ``?done=``, for each of which the page shows a sentence."""
LONGEST_SHOWN_INPUT = 200
ProfileFormText = Annotated[str, Form()]


def account_viewer(request: Request) -> Viewer:
    """The viewer. Raises SignInNeeded for a visitor."""
    viewer = viewer_of(request)
    if viewer is None:
        raise SignInNeeded
    return viewer


@router.get("/account")
def account_page(request: Request, done: str = "") -> Response:
    """The page of the account; `done` is what was done just now."""
    return show_account(request, done=done)


@router.post("/account/name")
def change_own_name(request: Request, name: ProfileFormText = "") -> Response:
    """Changes the viewer's name."""
    bank, viewer = site_of(request).bank, account_viewer(request)
    try:
        profile.set_own_name(bank, viewer, name)
    except Invalid as error:
        return account_refused(request, "name", error, given={"name": name[:LONGEST_SHOWN_INPUT]})
    return redirect_to_account("name")


@router.post("/account/password")
def change_own_password(
    request: Request, present: ProfileFormText = "", password: ProfileFormText = "", tokens_too: ProfileFormText = ""
) -> Response:
    """Changes the viewer's password; other sessions end, with `tokens_too` API tokens too."""
    bank, viewer = site_of(request).bank, account_viewer(request)
    try:
        source, ending = source_address(request, bank.settings), bool(tokens_too)
        token = profile.set_own_password(bank, viewer, present, password, source, end_tokens=ending)
    except (WrongPassword, TooManyTries) as error:
        return account_refused(request, "present", error)
    except Invalid as error:
        return account_refused(request, "password", error)
    response = redirect_to_account("password_tokens" if ending else "password")
    set_session_cookie(response, token, bank.settings)
    return response


@router.post("/account/sessions/others")
def end_other_sessions(request: Request) -> Response:
    """Ends the viewer's other sessions."""
    bank = site_of(request).bank
    profile.end_own_other_sessions(bank, account_viewer(request), session_token(request, bank.settings))
    return redirect_to_account("sessions")


@router.post("/account/sessions")
def end_one_session(request: Request, session: ProfileFormText = "") -> Response:
    """Ends one of the viewer's sessions."""
    profile.end_own_session(site_of(request).bank, account_viewer(request), session)
    return redirect_to_account("session")


@router.post("/account/tokens")
def make_own_token(request: Request, token: ProfileFormText = "", scope: Annotated[Scope, Form()] = "read") -> Response:
    """Makes a token for a program and shows it, this one time."""
    bank, viewer = site_of(request).bank, account_viewer(request)
    try:
        if sent_before(request):
            tokens.revoke_own_token_named(bank, viewer, token)
        made = tokens.add_token(bank, viewer.id, token, scope, actor=viewer.actor)
    except Invalid as error:
        return account_refused(request, "token", error, given={"token": token[:LONGEST_SHOWN_INPUT], "scope": scope})
    return show_account(request, made=made)


@router.post("/account/tokens/{number}/end")
def end_own_token(request: Request, number: PathNumber) -> Response:
    """Ends one of the viewer's tokens."""
    viewer = account_viewer(request)
    tokens.revoke_token(site_of(request).bank, number, actor=viewer.actor, of=viewer.id)
    return redirect_to_account("token")


def redirect_to_account(done: str) -> Response:
    """A redirect to the account, which says what was done."""
    return RedirectResponse(f"/account?done={done}#done", 303)


def account_refused(request: Request, field: str, error: BankError, given: dict[str, str] | None = None) -> Response:
    """The page again with the error at `field`, and what was typed (`given`), never passwords."""
    told = problem_of(error)
    faults = [Fault(field, told.sentence, told.values)]
    return show_account(request, told.status, faults, dict(told.headers), given=given)


def show_account(
    request: Request,
    status: int = 200,
    faults: Sequence[Fault] = (),
    headers: dict[str, str] | None = None,
    given: dict[str, str] | None = None,
    done: str = "",
    made: str = "",
) -> Response:
    """The page of the account as it is now. `made` is a new token to show, `given` what was typed in refused forms."""
    bank, viewer = site_of(request).bank, account_viewer(request)
    shown = profile.own_profile(bank, viewer, session_token(request, bank.settings))
    return render(
        request,
        "account/profile.html",
        status=status,
        headers=headers,
        profile=shown,
        tokens=tokens.own_tokens(bank, viewer),
        scopes=tokens.SCOPES_OF_ROLE[viewer.role],
        faults=faults,
        given={"name": shown.name, "token": "", "scope": "read", **(given or {})},
        done=done if done in ACCOUNT_DONE else "",
        made=made,
        again=sent_before(request),
    )
