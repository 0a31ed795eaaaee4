"""What the form's script asks for while somebody writes: saving the fields that changed, and how the entry stands."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bank.errors import BankError, Invalid, Overtaken
from bank.web.api.preconditions import version_of
from bank.web.errors import as_json, problem_of
from bank.web.form.view import unnamed
from bank.web.pages.deposits.form import filled_of, form_of, names_of, overlapping
from bank.web.parameters import Number
from bank.web.rendering import places, site_of, words_of
from bank.web.strict_json import UNREADABLE, read_json
from bank.web.viewer import viewer_of
from bank.workflow.deposits import saving
from bank.workflow.deposits.changing import Saved
from bank.workflow.deposits.draft import DraftView, draft
from bank.workflow.deposits.values import specs_of

router = APIRouter(include_in_schema=False)


async def body_of(request: Request) -> bytes:
    """What a request brings, as a dependency; its size is bounded before."""
    return await request.body()


@router.patch("/deposits/{number:int}")
def autosave(
    request: Request,
    number: Number,
    body: Annotated[bytes, Depends(body_of)],
    if_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Saves these fields and no others. 412 names those that somebody else changed too."""
    try:
        return saved(request, number, fields_of(body), version_of(if_match))
    except BankError as error:
        return failed(request, error)


def fields_of(body: bytes) -> Mapping[str, object]:
    """The fields that were sent, by name. Raises Invalid."""
    found = read_json(body)
    if not isinstance(found, dict):
        raise Invalid(UNREADABLE)
    return found


def saved(request: Request, number: int, sent: Mapping[str, object], version: int | None) -> Response:
    """Saves and tells how the entry stands now."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    view = draft(bank, viewer, number)
    specs, names = specs_of(bank.vocabulary, view.card.kind), names_of(request, view)
    changes = {id: unnamed(specs, id, value, names) for id, value in sent.items()}
    try:
        kept = saving.save(bank, viewer, number, version, changes)
    except Overtaken as error:
        return overtaken(request, view, version, error, changes)
    return told(request, draft(bank, viewer, number), kept, tuple(changes))


def overtaken(
    request: Request, view: DraftView, version: int | None, error: Overtaken, changes: Mapping[str, object]
) -> Response:
    """What others changed in the same fields; none where both changes go together."""
    found = overlapping(request, view, version, error, changes)
    fields = {id: {"text": "\n".join(one.text), "who": one.who, "time": one.time} for id, one in found.items()}
    return JSONResponse({"version": error.version, "fields": fields}, 412)


def told(request: Request, view: DraftView, kept: Saved, sent: Sequence[str]) -> Response:
    """The new version, when it was saved, what is missing, how complete it is, as data and as a piece of the page.

    `bases` are the fingerprints of what is saved now, by which the form knows what others change from here on.
    """
    words = words_of(request)
    body = {
        "version": kept.version,
        "saved": words.time(kept.moment),
        "moment": kept.moment.isoformat(timespec="seconds"),
        "fields": list(kept.fields),
        "faults": [{"field": one.name, "message": words.told(one.sentence, one.values)} for one in view.faults],
        "meter": {"filled": view.meter.needed_filled, "needed": view.meter.needed},
        "words": counted(view.values, kept.fields),
        "bases": bases(request, view, sent),
        "standing": standing(request, view),
    }
    return JSONResponse(body, headers={"etag": f'"{kept.version}"'})


def bases(request: Request, view: DraftView, sent: Sequence[str]) -> dict[str, str]:
    """Field -> the fingerprint of its value as a form shows it."""
    form, _ = form_of(request, view)
    return {one.spec.id: one.base for one in form.fields if one.spec.id in sent}


def counted(values: Mapping[str, object], fields: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Field -> language -> number of words, for the texts that were saved."""
    texts = {id: value for id in fields if isinstance(value := values.get(id), dict)}
    return {
        id: {code: len(text.split()) for code, text in value.items() if isinstance(text, str)}
        for id, value in texts.items()
    }


def standing(request: Request, view: DraftView) -> str:
    """The piece of the page that says how complete the entry is."""
    site, language = site_of(request), words_of(request).language
    template = site.environments[language].get_template("deposits/_standing.html")
    return template.render(**places(request, language), draft=view, filled=filled_of(view))


def failed(request: Request, error: BankError) -> Response:
    """Any other failure as problem details: the script keeps what was written, and tells why."""
    problem, words = problem_of(error), words_of(request)
    faults = [{"field": one.name, "message": words.told(one.sentence, one.values)} for one in problem.faults]
    return as_json(request, problem, words.told(problem.sentence, problem.values), faults)


@router.get("/deposits/{number}/state.json")
def state(request: Request, number: Number) -> Response:
    """The version, how far the reading of the files is, and which fields are proposed."""
    try:
        view = draft(site_of(request).bank, viewer_of(request), number)
    except BankError as error:
        return failed(request, error)
    job = view.job
    reading = {"state": job.state, "done": job.done, "total": job.total, "message": job.message} if job else None
    body = {"version": view.version, "status": view.status, "job": reading, "proposed": sorted(view.proposed)}
    return JSONResponse(body)
