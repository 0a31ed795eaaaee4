"""Requests of the form's script while somebody writes: saving changed fields, and the state of the draft."""

from collections.abc import Collection, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bank.errors import BankError, VersionConflict
from bank.web.errors import problem_json, problem_of
from bank.web.form.posted import PostedForm, changed_form_parts, doubted_ids, posted_form, posted_values
from bank.web.form.view import FormView, cities_by_id
from bank.web.pages.deposits.form import (
    change_said,
    draft_city_names,
    draft_form,
    filled_field_ids,
    overlapping_changes,
)
from bank.web.parameters import PathNumber
from bank.web.rendering import page_addresses, site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import saving
from bank.workflow.deposits.changing import SavedVersion
from bank.workflow.deposits.draft import DraftView, open_draft
from bank.workflow.deposits.values import field_specs

router = APIRouter(include_in_schema=False)


@router.patch("/deposits/{number:int}")
def autosave(request: Request, number: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]) -> Response:
    """Saves the fields that were sent, and nothing else. A 412 names the fields that others changed too.

    The form's `version` is the one that the change is based on; each field is sent with its ``base.ID``.
    """
    try:
        return save_sent_fields(request, number, form)
    except BankError as error:
        return autosave_problem(request, error)


def save_sent_fields(request: Request, number: int, form: PostedForm) -> Response:
    """Saves the fields that were sent; the response says how the entry stands now, or what others changed."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    view = open_draft(bank, viewer, number)
    specs, names = field_specs(bank.vocabulary, view.card.kind), draft_city_names(request, view)
    said = {**posted_values(bank.vocabulary, view, form), **changed_form_parts(bank.vocabulary, view, form)}
    changes = {id: cities_by_id(specs, id, value, names) for id, value in said.items()}
    try:
        kept = saving.save_whole_form(bank, viewer, number, form.version, changes, doubted_ids(view, form))
    except VersionConflict as error:
        return conflict_response(request, view, form.version, error, changes)
    return saved_response(request, open_draft(bank, viewer, number), kept, changes)


def conflict_response(
    request: Request, view: DraftView, version: int | None, error: VersionConflict, changes: Mapping[str, object]
) -> Response:
    """The 412: the present version, and field -> what others saved; no fields where the changes don't overlap."""
    found = overlapping_changes(request, view, version, error, changes)
    fields = {id: {**change_said(one), "text": "\n".join(one.text), "pieces": one.pieces} for id, one in found.items()}
    return JSONResponse({"version": error.version, "fields": fields}, 412)


def saved_response(request: Request, view: DraftView, kept: SavedVersion, fields: Collection[str]) -> Response:
    """The 200: the new version, when it was saved, new bases of `fields`, its title and how complete the entry is.

    `bases` are fingerprints of the values saved now, by which the form finds out what others change from now on;
    `pieces` are pieces of the page, as HTML.
    """
    form, _ = draft_form(request, view)
    body = {
        "version": kept.version,
        "moment": kept.moment.isoformat(timespec="seconds"),
        "bases": {one.spec.id: one.base for one in form.fields if one.spec.id in fields},
        "pieces": pieces_html(request, view, form),
    }
    return JSONResponse(body)


def pieces_html(request: Request, view: DraftView, form: FormView) -> str:
    """The pieces of the page that say what the entry is called, and how it and its groups stand, as HTML."""
    site, language = site_of(request), words_of(request).language
    template = site.environments[language].get_template("deposits/_saved.html")
    addresses = page_addresses(request, language)
    return template.render(**addresses, draft=view, card=view.card, form=form, filled=filled_field_ids(view))


def autosave_problem(request: Request, error: BankError) -> Response:
    """Any other failure as problem+json: the script keeps what was typed, and shows why it was not saved."""
    problem, words = problem_of(error), words_of(request)
    faults = [{"field": one.name, "message": words.told(one.sentence, one.values)} for one in problem.faults]
    return problem_json(request, problem, words.told(problem.sentence, problem.values), faults)


@router.get("/deposits/{number}/state.json")
def draft_state(request: Request, number: PathNumber) -> Response:
    """The draft's version and status, the progress of reading its files, and which fields are proposed."""
    try:
        view = open_draft(site_of(request).bank, viewer_of(request), number)
    except BankError as error:
        return autosave_problem(request, error)
    job = view.job
    reading = {"state": job.state, "done": job.done, "total": job.total, "message": job.message} if job else None
    body = {"version": view.version, "status": view.status, "job": reading, "proposed": sorted(view.proposed)}
    return JSONResponse(body)
