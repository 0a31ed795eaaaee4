"""Failures as HTTP responses: problem+json under /api (RFC 9457), a page elsewhere.

Two tables give the status: STATUS_BY_ERROR by class, STATUS_BY_CODE for failures that only the web knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bank.disk import disk_failure
from bank.errors import (
    BankError,
    Busy,
    Conflict,
    DiskFull,
    Fault,
    Gone,
    Invalid,
    InvalidFields,
    NoRoom,
    NotAllowed,
    NotFound,
    ReadOnlyDisk,
    RefusedFile,
    SignInNeeded,
    TooLarge,
    TooManyTries,
    VersionConflict,
    VersionNeeded,
    WrongState,
    WrongType,
)
from bank.messages import N_, say
from bank.web.language import language_of
from bank.web.local_paths import sign_in_path
from bank.web.methods import allowed_methods, answers_method
from bank.web.rendering import render, settings_of
from bank.workflow.entries.tombstones import Tombstone
from bank.workflow.people.tokens import WrongToken
from bank.workflow.tags.deciding import GivenOtherwise

STATUS_BY_ERROR: tuple[tuple[type[BankError], int], ...] = (
    (NotFound, 404),
    (Gone, 410),
    (NotAllowed, 403),
    (GivenOtherwise, 409),
    (WrongState, 409),
    (Conflict, 412),
    (VersionNeeded, 428),
    (TooLarge, 413),
    (WrongType, 415),
    (NoRoom, 507),
    (DiskFull, 507),
    (ReadOnlyDisk, 503),
    (Invalid, 422),
    (RefusedFile, 422),
    (SignInNeeded, 401),
    (TooManyTries, 429),
    (Busy, 503),
)
"""(class, status): the first class that fits counts; any other failure is a 500 without details."""

STATUS_BY_CODE = {
    "unknown_host": 400,
    "foreign_request": 403,
    "body_stalled": 408,
    "address_too_long": 414,
    "range": 416,
}
"""`BankError.code` -> status, of failures that only the web knows."""

NOTHING_STORED = (RefusedFile, NoRoom, DiskFull, ReadOnlyDisk)
"""Failures of an upload of which nothing was stored: a form says so and keeps what was typed."""

STATUS_SENTENCES: Mapping[int, str] = {
    400: N_("The request could not be read."),
    404: N_("There is nothing here."),
    405: N_("This address can't be used in that way."),
    416: N_("That part of the file does not exist."),
    422: N_("A value in the address can't be used."),
    500: N_("Something went wrong on our side. It has been noted."),
    503: N_("The bank is busy. Please try again in a moment."),
}
VALUE_FAULT_SENTENCES: Mapping[str, str] = {
    "missing": N_("This is needed."),
    "extra_forbidden": N_("There is no such field here."),
    "string_too_long": N_("At most {max_length} characters."),
    "too_many_choices": N_("At most {most} filters can be chosen at a time."),
}
"""Pydantic's error type -> what is wrong with the value."""
NUMBERED_FIELDS = ("files", "images")
"""Beginnings of names of faults that belong to one of several files or pictures."""
VALUE_NOT_TAKEN = N_("This value can't be taken here.")
PARAMETER_NOT_USABLE = N_("The value of “{name}” can't be used here.")


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure as a response: `sentence` and the faults' sentences are msgids.

    `more` are extra members of the problem+json, for programs.
    """

    status: int
    code: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    more: Mapping[str, object] = field(default_factory=dict)


class WithdrawnEntry(Gone):
    """Gone, with the tombstone of the withdrawn entry, whose data go into the problem+json of the 410."""

    def __init__(self, left: Tombstone) -> None:
        super().__init__()
        self.left = left


def problem_of(error: Exception) -> Problem:
    """The Problem for any exception; an unforeseen one is a 500 without details.

    One that the disk caused, wherever it arose, says that the disk is full or can only be read.
    """
    error = disk_failure(error) or error
    if isinstance(error, RequestValidationError):
        return parameters_problem(error)
    if isinstance(error, HTTPException):
        status = error.status_code
        sentence = STATUS_SENTENCES.get(status, STATUS_SENTENCES[400 if status < 500 else 500])
        return Problem(status, HTTPStatus(status).name.lower(), sentence, headers=error.headers or {})
    if isinstance(error, BankError):
        status = STATUS_BY_CODE.get(error.code) or next(
            (code for kind, code in STATUS_BY_ERROR if isinstance(error, kind)), 500
        )
        if status != 500:
            faults = error.faults if isinstance(error, InvalidFields) else ()
            return Problem(
                status,
                error.code,
                error.sentence,
                error.values,
                problem_headers(error),
                faults,
                problem_particulars(error),
            )
    return Problem(500, "error", STATUS_SENTENCES[500])


def problem_headers(error: BankError) -> Mapping[str, str]:
    """Response headers of a failure: Retry-After, WWW-Authenticate, or Content-Range (RFC 9110, 15.5.17)."""
    if isinstance(error, Busy):
        return {"retry-after": "5"}
    if isinstance(error, TooManyTries):
        return {"retry-after": str(error.values["seconds"])}
    if isinstance(error, SignInNeeded):
        return {"www-authenticate": 'Bearer error="invalid_token"' if isinstance(error, WrongToken) else "Bearer"}
    return {"content-range": f"bytes */{error.values['size']}"} if error.code == "range" else {}


def problem_particulars(error: BankError) -> Mapping[str, object]:
    """Extra members of the problem+json: the newer version and its changes, or what is left of a withdrawn entry."""
    if isinstance(error, VersionConflict):
        return {"version": error.version, "fields": dict(error.fields)}
    if isinstance(error, WithdrawnEntry):
        left = error.left
        told = {"identifier": left.identifier, "uid": left.identifier.rpartition(":")[2], "reason": left.reason}
        return {**told, "published": left.published.isoformat(), "withdrawn": left.withdrawn.isoformat()}
    return {}


def parameters_problem(error: RequestValidationError) -> Problem:
    """The Problem for parameters that FastAPI refused: 404 for a part of the path, else 422 that names the value."""
    faults = [parameter_fault(one) for one in error.errors()]
    if any(fault["loc"][0] == "path" for fault in error.errors()):
        return Problem(404, NotFound.code, STATUS_SENTENCES[404])
    named = [str(fault["loc"][1]) for fault in error.errors() if len(fault["loc"]) > 1]
    sentence = PARAMETER_NOT_USABLE if named else STATUS_SENTENCES[422]
    return Problem(422, Invalid.code, sentence, {"name": named[0]} if named else {}, faults=faults)


def parameter_fault(found: Mapping[str, Any]) -> Fault:
    """The Fault for one of pydantic's errors; its name is the place of the value in the request."""
    name = ".".join(str(part) for part in found["loc"][1:]) or str(found["loc"][0])
    sentence = VALUE_FAULT_SENTENCES.get(found["type"], VALUE_NOT_TAKEN)
    return Fault(name[:120], sentence, found.get("ctx", {}) if "{" in sentence else {})


def field_and_part(name: str) -> dict[str, str]:
    """What a fault's name tells programs: the entry's field, and its language or part where one of them is wrong.

    Files and pictures are named whole, such as ``files.1.licence``.
    """
    field, _, part = name.partition(".")
    return {"field": field, "part": part} if part and field not in NUMBERED_FIELDS else {"field": name}


def error_response(request: Request, error: Exception) -> Response:
    """The response to a failure, in the reader's language, with the request's id; pages lead visitors to sign in."""
    problem = problem_of(error)
    if problem.status == 404 and (there := path_without_slash(request)):
        return RedirectResponse(there, 308)
    if problem.status == 405:
        problem = replace(problem, headers={"allow": allowed_methods(request)})
    language = language_of(request, settings_of(request))
    detail = say(problem.sentence, language, **problem.values)
    faults = [
        {**field_and_part(one.name), "message": say(one.sentence, language, **one.values)} for one in problem.faults
    ]
    if request.scope["path"].startswith("/api/"):
        return problem_json(request, problem, detail, faults)
    if isinstance(error, SignInNeeded):
        return RedirectResponse(sign_in_path(request), 303, {"cache-control": "no-store"})
    return render(
        request,
        "error.html",
        status=problem.status,
        headers=problem.headers,
        code=problem.status,
        detail=detail,
        faults=faults,
        request_id=request.state.request_id,
    )


def path_without_slash(request: Request) -> str | None:
    """The address without the slash at its end, where there is a page; None elsewhere."""
    path: str = request.scope["path"]
    plain = path.rstrip("/")
    if not plain or path == plain or path.startswith("//") or not answers_method(request, "GET", plain):
        return None
    asked = request.scope["query_string"].decode("latin-1")
    return quote(plain) + (f"?{asked}" if asked else "")


def problem_json(request: Request, problem: Problem, detail: str, faults: Sequence[Mapping[str, str]]) -> Response:
    """A problem+json response (RFC 9457). `detail` and `faults` (its member ``errors``) are translated already."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": detail,
        "code": problem.code,
        "request_id": request.state.request_id,
    }
    if faults:
        body["errors"] = faults
    return JSONResponse({**problem.more, **body}, problem.status, dict(problem.headers), "application/problem+json")


async def answer_error(request: Request, error: Exception) -> Response:
    """`error_response` as an exception handler of FastAPI."""
    return error_response(request, error)


def install_error_handlers(app: FastAPI) -> None:
    """Registers the handler for BankError, HTTPException and RequestValidationError."""
    for kind in (BankError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, answer_error)
