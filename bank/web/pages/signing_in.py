"""Signing in and out."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import TooMany
from bank.messages import N_
from bank.web.errors import problem_of
from bank.web.local import local_path
from bank.web.rendering import render, site_of
from bank.web.viewing import drop_token, keep_token, source_of, token_of, viewer_of
from bank.workflow import sessions, signing_in
from bank.workflow.signing_in import WrongSignIn

router = APIRouter(include_in_schema=False)
NOT_KEPT = {"cache-control": "no-store"}
LONGEST_SHOWN = 254
"""Characters of an address that are shown again."""
NO_ADDRESS, NO_PASSWORD = N_("Write your mail address."), N_("Write your password.")
Faults = list[tuple[str, str, dict[str, object]]]
"""(field, English sentence, its values)"""


@router.get("/login")
def login(request: Request) -> Response:
    """The form; who is signed in already goes on."""
    if viewer_of(request) is not None:
        return RedirectResponse(going_on(request), 303, NOT_KEPT)
    return form(request, "", [])


@router.post("/login")
def enter(request: Request, email: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "") -> Response:
    """Signs in and goes on to ``next``, or says what is wrong."""
    bank = site_of(request).bank
    faults: Faults = [("email", NO_ADDRESS, {})] if not email.strip() else []
    faults += [("password", NO_PASSWORD, {})] if not password else []
    if faults:
        return form(request, email, faults, 422)
    replaced = token_of(request, bank.settings)
    try:
        token = signing_in.sign_in(bank, email, password, source_of(request, bank.settings), replaced)
    except (TooMany, WrongSignIn) as error:
        told = problem_of(error)
        return form(request, email, [("email", told.sentence, dict(told.values))], told.status, dict(told.headers))
    response = RedirectResponse(going_on(request), 303, NOT_KEPT)
    keep_token(response, token, bank.settings)
    return response


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


def form(
    request: Request, email: str, faults: Faults, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """The page with its form; the address is kept, the password never."""
    place = going_on(request)
    return render(
        request,
        "login.html",
        status=status,
        headers={**NOT_KEPT, **(headers or {})},
        email=email[:LONGEST_SHOWN],
        faults=faults,
        action="/login" if place == "/" else f"/login?{urlencode({'next': place})}",
    )
