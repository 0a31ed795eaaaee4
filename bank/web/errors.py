"""Failures as answers: one table gives the status; problem+json under /api (RFC 9457), a page elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bank.errors import BankError, Busy, Conflict, Invalid, NotFound, Refused, SignInNeeded, TooLarge, TooMany
from bank.messages import N_, say
from bank.web.local import way_back
from bank.web.methods import allowed
from bank.web.reader import language_of
from bank.web.rendering import render, settings_of
from bank.workflow.deciding import GivenOtherwise

STATUS: tuple[tuple[type[BankError], int], ...] = (
    (NotFound, 404),
    (GivenOtherwise, 409),
    (Conflict, 412),
    (TooLarge, 413),
    (Invalid, 422),
    (Refused, 422),
    (SignInNeeded, 401),
    (TooMany, 429),
    (Busy, 503),
)
"""The first class that fits; any other failure is a 500 that says nothing about the inside."""

CODES = {"unknown_host": 400, "foreign_request": 403, "range": 416}
"""Failures that only the web knows, by their code."""

SENTENCES: Mapping[int, str] = {
    400: N_("The request could not be read."),
    404: N_("There is nothing here."),
    405: N_("This address can't be used in that way."),
    416: N_("That part of the file does not exist."),
    422: N_("A value in the address can't be used."),
    500: N_("Something went wrong on our side. It has been noted."),
    503: N_("The bank is busy. Please try again in a moment."),
}
WRONG_VALUE = N_("The value of “{name}” can't be used here.")


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure as it is told: `sentence` is a msgid; `faults` are (parameter, English reason) pairs."""

    status: int
    code: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[tuple[str, str]] = ()


def problem_of(error: Exception) -> Problem:
    """What is told about a failure. Anything unforeseen is a 500 without particulars."""
    if isinstance(error, RequestValidationError):
        return problem_of_values(error)
    if isinstance(error, HTTPException):
        status = error.status_code
        sentence = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
        return Problem(status, HTTPStatus(status).name.lower(), sentence, headers=error.headers or {})
    if isinstance(error, BankError):
        status = CODES.get(error.code) or next((code for kind, code in STATUS if isinstance(error, kind)), 500)
        if status != 500:
            return Problem(status, error.code, error.sentence, error.values, headers_of(error))
    return Problem(500, "error", SENTENCES[500])


def headers_of(error: BankError) -> Mapping[str, str]:
    """What a failure adds: when to try again, how to sign in, a file's size for a range outside (RFC 9110, 15.5.17)."""
    if isinstance(error, Busy):
        return {"retry-after": "5"}
    if isinstance(error, TooMany):
        return {"retry-after": str(error.values["seconds"])}
    if isinstance(error, SignInNeeded):
        return {"www-authenticate": "Bearer"}
    return {"content-range": f"bytes */{error.values['size']}"} if error.code == "range" else {}


def problem_of_values(error: RequestValidationError) -> Problem:
    """Wrong parameters: a wrong part of the path is a 404, a wrong value a 422 that names it."""
    faults = [(str(fault["loc"][-1]), str(fault["msg"])) for fault in error.errors()]
    if any(fault["loc"][0] == "path" for fault in error.errors()):
        return Problem(404, NotFound.code, SENTENCES[404])
    named = [str(fault["loc"][1]) for fault in error.errors() if len(fault["loc"]) > 1]
    sentence = WRONG_VALUE if named else SENTENCES[422]
    return Problem(422, Invalid.code, sentence, {"name": named[0]} if named else {}, faults=faults)


def respond(request: Request, error: Exception) -> Response:
    """The answer to a failure, in the reader's language, with the request's id."""
    problem = problem_of(error)
    if problem.status == 405:
        problem = replace(problem, headers={"allow": allowed(request)})
    language = language_of(request, settings_of(request))
    detail = say(problem.sentence, language, **problem.values)
    if request.scope["path"].startswith("/api/"):
        return as_json(request, problem, detail)
    if isinstance(error, SignInNeeded):
        return RedirectResponse(f"/login?{urlencode({'next': way_back(request)})}", 303, {"cache-control": "no-store"})
    return render(
        request,
        "error.html",
        status=problem.status,
        headers=problem.headers,
        code=problem.status,
        detail=detail,
        request_id=request.state.request_id,
    )


def as_json(request: Request, problem: Problem, detail: str) -> Response:
    """Problem details (RFC 9457); `errors` lists wrong parameters."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": detail,
        "code": problem.code,
        "request_id": request.state.request_id,
    }
    if problem.faults:
        body["errors"] = [{"field": name, "message": message} for name, message in problem.faults]
    return JSONResponse(body, problem.status, dict(problem.headers), "application/problem+json")


async def answer(request: Request, error: Exception) -> Response:
    """FastAPI's way to `respond`."""
    return respond(request, error)


def install(app: FastAPI) -> None:
    """Makes every foreseen failure an answer of ours."""
    for kind in (BankError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, answer)
