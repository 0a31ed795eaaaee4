"""The form of a submission: shown, saved, submitted. It works without script; the script saves more often."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import BankError, DiskFull, Fault, InvalidFields, ReadOnlyDisk, SignInNeeded, VersionConflict
from bank.languages import UNKNOWN_LANGUAGE
from bank.web.errors import problem_of
from bank.web.form.field import ConcurrentChange
from bank.web.form.for_review import ReadOnlyContext, read_only_groups
from bank.web.form.once import OnceRoute
from bank.web.form.posted import (
    FORM_VERSION,
    PostedForm,
    changed_form_fields,
    changed_form_parts,
    doubted_ids,
    posted_form,
)
from bank.web.form.view import (
    NO_UNSAVED_INPUT,
    FormView,
    UnsavedInput,
    cities_by_id,
    concurrent_change,
    concurrent_changes,
    form_view,
)
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import duplicates, saving, submitting
from bank.workflow.deposits.changing import SavedVersion
from bank.workflow.deposits.choices import FormChoices, form_choices
from bank.workflow.deposits.draft import DraftView
from bank.workflow.deposits.draft import open_draft as draft_of
from bank.workflow.deposits.values import field_specs, is_empty_value
from bank.workflow.rights import Viewer

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
GROUP_ID = re.compile(r"[a-z][a-z-]{0,40}")


@dataclass(frozen=True, slots=True)
class FormSaveOutcome:
    """Result of saving a form: `typed` is what was not saved.

    `saved` is None where others changed the same fields, or where nothing could be written, as `refused` says.
    """

    saved: SavedVersion | None
    typed: UnsavedInput
    refused: BankError | None = None


@router.get("/deposits/{number:int}")
def deposit_page(request: Request, number: PathNumber) -> Response:
    """The form of a submission; where the viewer may not change it, its sheet."""
    draft = draft_of(site_of(request).bank, viewer_of(request), number)
    return form_page(request, draft) if "change" in draft.may else sheet_page(request, draft)


@router.post("/deposits/{number:int}")
def save_posted_form(
    request: Request, number: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]
) -> Response:
    """Saves the fields that the form changed, and shows it again where some can't be saved.

    ``next`` is the id of the group that the pressed button goes on to, ``all`` that in which all proposals are right.
    """
    kept = save_form_changes(request, number, form)
    if kept.saved is None or kept.typed.faults:
        return show_form_again(request, number, kept)
    group = GROUP_ID.fullmatch(form.text("next") or form.text("all"))
    return RedirectResponse(f"/deposits/{number}{f'#g-{group[0]}' if group else ''}", 303)


@router.post("/deposits/{number}/submit")
def submit(request: Request, number: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]) -> Response:
    """Saves the fields that the form changed and submits the entry, or shows the form with all that is missing."""
    kept = save_form_changes(request, number, form)
    accept, remarks = form.text("accept"), form.text("remarks")
    typed = replace(kept.typed, doing=kept.typed.doing if kept.refused else "submit", accept=accept, remarks=remarks)
    if kept.saved is None or typed.faults:
        return show_form_again(request, number, replace(kept, typed=typed))
    bank, viewer, language = site_of(request).bank, viewer_of(request), words_of(request).language
    try:
        submitting.submit(bank, viewer, number, kept.saved.version, accept=accept, language=language, remarks=remarks)
    except InvalidFields as error:
        return show_form_again(request, number, FormSaveOutcome(kept.saved, replace(typed, faults=error.faults)))
    except (DiskFull, ReadOnlyDisk) as error:
        unsent = replace(typed, faults=[disk_fault(error)], doing="unsent")
        return show_form_again(request, number, FormSaveOutcome(kept.saved, unsent, error))
    return RedirectResponse(f"/deposits/{number}?done=submitted", 303)


def save_form_changes(request: Request, number: int, form: PostedForm) -> FormSaveOutcome:
    """Saves the valid ones of the fields that the form changed; none where somebody else changed the same fields."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    draft = draft_of(bank, viewer, number)
    names = draft_city_names(request, draft)
    specs = field_specs(bank.vocabulary, draft.card.kind)
    typed = {**changed_form_fields(bank.vocabulary, draft, form), **changed_form_parts(bank.vocabulary, draft, form)}
    typed.update(language_of_title(draft, typed))
    changes = {id: cities_by_id(specs, id, value, names) for id, value in typed.items()}
    version, faults, doubted = form.version, list[Fault](), doubted_ids(draft, form)
    while True:
        try:
            saved = saving.save_whole_form(bank, viewer, number, version, changes, doubted)
        except InvalidFields as error:
            faults += error.faults
            changes = drop_faulty_changes(changes, error.faults)
        except VersionConflict as error:
            found = overlapping_changes(request, draft, version, error, changes)
            if found:
                return FormSaveOutcome(None, UnsavedInput(typed, faults, found))
            version = error.version
        except (DiskFull, ReadOnlyDisk) as error:
            return FormSaveOutcome(None, UnsavedInput(typed, [disk_fault(error)], doing="stopped"), error)
        else:
            wrong = {id: value for id, value in typed.items() if id not in changes}
            return FormSaveOutcome(saved, UnsavedInput(wrong, tuple(faults)))


def disk_fault(error: BankError) -> Fault:
    """What the disk kept from being written, as a Fault without a place: it is of the whole form."""
    return Fault("", error.sentence, error.values)


def language_of_title(draft: DraftView, typed: Mapping[str, object]) -> dict[str, object]:
    """{"language": code} of the title that is written now, where the entry has no language yet; else {}."""
    title = typed.get("title")
    if draft.card.language != UNKNOWN_LANGUAGE or "language" in typed or not isinstance(title, dict) or len(title) != 1:
        return {}
    code = next(iter(title))
    return {} if code == UNKNOWN_LANGUAGE else {"language": code}


def drop_faulty_changes(changes: Mapping[str, object], faults: Sequence[Fault]) -> dict[str, object]:
    """The changes without the faulty ones; {} where no fault names a changed field."""
    bad = {fault.name for fault in faults}
    rest = {id: value for id, value in changes.items() if not any(f"{name}.".startswith(f"{id}.") for name in bad)}
    return rest if len(rest) < len(changes) else {}


def overlapping_changes(
    request: Request, draft: DraftView, version: int | None, error: VersionConflict, changes: Mapping[str, object]
) -> dict[str, ConcurrentChange]:
    """Field -> what was saved meanwhile in the fields that this form changes too, where the values differ."""
    bank, words, viewer = site_of(request).bank, words_of(request), expect_signed_in(viewer_of(request))
    saves = saving.versions_since(bank, viewer, draft.card.id, version or 0)
    theirs = {id: value for id, value in error.fields.items() if id in changes and changes[id] != value}
    names = draft_city_names(request, draft)
    found = concurrent_changes(bank.vocabulary, draft.card.kind, theirs, changes, names, saves, words, viewer.id)
    for place in (id for id in changes if "." in id):
        last = next((one for one in reversed(saves) if place in one.fields), None)
        if last is not None and last.user is not None:
            found[place] = concurrent_change(last, words, viewer.id)
    return found


def later_changes(request: Request, draft: DraftView) -> str:
    """Field -> who changed it last and when, since the version in the address (``since``), as JSON for the script.

    Empty where the address names no version.
    """
    since = FORM_VERSION.fullmatch(request.query_params.get("since", ""))
    if since is None:
        return ""
    viewer, words = expect_signed_in(viewer_of(request)), words_of(request)
    found = dict[str, dict[str, object]]()
    for save in saving.versions_since(site_of(request).bank, viewer, draft.card.id, int(since[0])):
        found.update(dict.fromkeys(save.fields, change_said(concurrent_change(save, words, viewer.id))))
    return json.dumps(found)


def change_said(one: ConcurrentChange) -> dict[str, object]:
    """By whom and when, for the form's script."""
    return {"who": one.who, "time": one.time, "ago": one.ago, "own": one.own}


def show_form_again(request: Request, number: int, kept: FormSaveOutcome) -> Response:
    """The form with the unsaved input: 412 where others changed the same fields, else with what is wrong.

    That is 422, or the status of what kept it from being saved.
    """
    draft = draft_of(site_of(request).bank, viewer_of(request), number)
    status = problem_of(kept.refused).status if kept.refused else 412 if kept.saved is None else 422
    return form_page(request, draft, kept.typed, status)


def expect_signed_in(viewer: Viewer | None) -> Viewer:
    """The viewer. Raises SignInNeeded for a visitor."""
    if viewer is None:
        raise SignInNeeded
    return viewer


def draft_city_names(request: Request, draft: DraftView) -> dict[str, str]:
    """City id -> name, of the entry's cities."""
    return {city.id: city.name for city in draft.card.cities}


def draft_form(
    request: Request, draft: DraftView, typed: UnsavedInput = NO_UNSAVED_INPUT
) -> tuple[FormView, FormChoices]:
    """The form of a draft, and the cities and events that it lets choose from."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    offered = form_choices(bank, expect_signed_in(viewer))
    return form_view(
        bank.vocabulary, draft, offered, draft_city_names(request, draft), words_of(request), typed
    ), offered


def filled_field_ids(draft: DraftView) -> frozenset[str]:
    """Ids of the fields that have a value."""
    return frozenset(id for id, value in draft.values.items() if not is_empty_value(value))


def form_page(
    request: Request, draft: DraftView, typed: UnsavedInput = NO_UNSAVED_INPUT, status: int = 200
) -> Response:
    """The page with the form, with the unsaved input `typed` in place of saved values."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    form, offered = draft_form(request, draft, typed)
    return render(
        request,
        "deposits/form.html",
        status=status,
        draft=draft,
        card=draft.card,
        form=form,
        typed=typed,
        later=later_changes(request, draft),
        choices=offered,
        filled=filled_field_ids(draft),
        alikes=duplicates.look_alikes(bank, viewer, draft.card.id),
        agreement=bank.network.agreement,
        content_languages=bank.settings.entry_languages,
        most_mb=bank.settings.max_upload_mb,
    )


def sheet_page(request: Request, draft: DraftView) -> Response:
    """The sheet of a submission that the viewer may not change: its status, the remarks, its fields."""
    bank, words = site_of(request).bank, words_of(request)
    events = {event.id: event.titles for event in form_choices(bank, expect_signed_in(viewer_of(request))).events}
    reading = ReadOnlyContext(words, draft.card, events, draft.proposed)
    return render(
        request,
        "deposits/sheet.html",
        draft=draft,
        card=draft.card,
        groups=list(read_only_groups(bank.vocabulary, reading, draft.values)),
        done=request.query_params.get("done", ""),
    )
