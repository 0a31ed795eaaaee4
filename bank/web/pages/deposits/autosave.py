"""What the form's script asks for while somebody writes: saving the fields that changed, and how the entry stands."""

from collections.abc import Collection, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bank.errors import BankError, Overtaken
from bank.web.errors import as_json, problem_of
from bank.web.form.posted import Sent, parts_in, sent, values_in
from bank.web.form.view import unnamed
from bank.web.pages.deposits.form import filled_of, form_of, names_of, overlapping
from bank.web.parameters import Number
from bank.web.rendering import places, site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import saving
from bank.workflow.deposits.changing import Saved
from bank.workflow.deposits.draft import DraftView, draft
from bank.workflow.deposits.values import specs_of

router = APIRouter(include_in_schema=False)


@router.patch("/deposits/{number:int}")
def autosave(request: Request, number: Number, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Saves what these controls of the form say, and nothing else. 412 names the fields that others changed too.

    The form's own `version` is the one that is changed; each field comes with its `base`, touched or not.
    """
    try:
        return saved(request, number, form)
    except BankError as error:
        return failed(request, error)


def saved(request: Request, number: int, form: Sent) -> Response:
    """Saves and tells how the entry stands now."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    view = draft(bank, viewer, number)
    specs, names = specs_of(bank.vocabulary, view.card.kind), names_of(request, view)
    said = {**values_in(bank.vocabulary, view, form), **parts_in(view, form)}
    changes = {id: unnamed(specs, id, value, names) for id, value in said.items()}
    try:
        kept = saving.save(bank, viewer, number, form.version, changes)
    except Overtaken as error:
        return overtaken(request, view, form.version, error, changes)
    return told(request, draft(bank, viewer, number), kept, changes)


def overtaken(
    request: Request, view: DraftView, version: int | None, error: Overtaken, changes: Mapping[str, object]
) -> Response:
    """What others changed in the same fields; none where both changes go together."""
    found = overlapping(request, view, version, error, changes)
    fields = {id: {"text": "\n".join(one.text), "who": one.who, "time": one.time} for id, one in found.items()}
    return JSONResponse({"version": error.version, "fields": fields}, 412)


def told(request: Request, view: DraftView, kept: Saved, fields: Collection[str]) -> Response:
    """The new version, when it was saved, the new bases of these fields, and how complete the entry is.

    `bases` are the fingerprints of what is saved now, by which the form knows what others change from here on;
    `standing` is a piece of the page.
    """
    body = {
        "version": kept.version,
        "moment": kept.moment.isoformat(timespec="seconds"),
        "bases": bases(request, view, fields),
        "standing": standing(request, view),
    }
    return JSONResponse(body)


def bases(request: Request, view: DraftView, fields: Collection[str]) -> dict[str, str]:
    """Field -> the fingerprint of its value as a form shows it."""
    form, _ = form_of(request, view)
    return {one.spec.id: one.base for one in form.fields if one.spec.id in fields}


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
