"""The form of an entry on its way: shown, saved, handed in. It works without script; the script saves more often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import Fault, Faulty, Overtaken, SignInNeeded
from bank.languages import UNKNOWN
from bank.web.form.for_review import Reading, groups_of
from bank.web.form.posted import Sent, changes_in, parts_in, sent
from bank.web.form.view import NOTHING_TYPED, FormView, Other, Typed, form_view, others, unnamed
from bank.web.parameters import Number
from bank.web.rendering import render, site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import duplicates, saving, submitting
from bank.workflow.deposits.changing import Saved
from bank.workflow.deposits.choices import Choices, choices
from bank.workflow.deposits.draft import DraftView
from bank.workflow.deposits.draft import draft as draft_of
from bank.workflow.deposits.values import empty, specs_of
from bank.workflow.rights import Viewer

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of saving a form: `saved` None where others had changed the same fields."""

    saved: Saved | None
    typed: Typed


@router.get("/deposits/{number:int}")
def show(request: Request, number: Number) -> Response:
    """The form; where nothing may be changed, what was handed in and where it stands."""
    draft = draft_of(site_of(request).bank, viewer_of(request), number)
    return form_page(request, draft) if "change" in draft.may else sheet_page(request, draft)


@router.post("/deposits/{number:int}")
def store(request: Request, number: Number, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Saves what the form changed, and shows again what can't be saved."""
    kept = keep(request, number, form)
    if kept.saved is None or kept.typed.faults:
        return again(request, number, kept)
    return RedirectResponse(f"/deposits/{number}", 303)


@router.post("/deposits/{number}/submit")
def submit(request: Request, number: Number, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Saves what the form changed and hands the entry in; what is missing is listed, and nothing is lost."""
    kept = keep(request, number, form)
    accept, remarks = form.text("accept"), form.text("remarks")
    typed = replace(kept.typed, doing="submit", accept=accept, remarks=remarks)
    if kept.saved is None or typed.faults:
        return again(request, number, Kept(kept.saved, typed))
    bank, viewer, language = site_of(request).bank, viewer_of(request), words_of(request).language
    try:
        submitting.submit(bank, viewer, number, kept.saved.version, accept=accept, language=language, remarks=remarks)
    except Faulty as error:
        return again(request, number, Kept(kept.saved, replace(typed, faults=error.faults)))
    return RedirectResponse(f"/deposits/{number}?done=submitted", 303)


def keep(request: Request, number: int, form: Sent) -> Kept:
    """Saves what the form changed: the fields that can be taken are saved though others can't."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    draft = draft_of(bank, viewer, number)
    names = names_of(request, draft)
    specs = specs_of(bank.vocabulary, draft.card.kind)
    typed = {**changes_in(bank.vocabulary, draft, form), **parts_in(draft, form)}
    typed.update(spoken(draft, typed))
    changes = {id: unnamed(specs, id, value, names) for id, value in typed.items()}
    version, faults = form.version, list[Fault]()
    while True:
        try:
            saved = saving.save(bank, viewer, number, version, changes)
        except Faulty as error:
            faults += error.faults
            changes = without(changes, error.faults)
        except Overtaken as error:
            found = overlapping(request, draft, version, error, changes)
            if found:
                return Kept(None, Typed(typed, faults, found))
            version = error.version
        else:
            wrong = {id: value for id, value in typed.items() if id not in changes}
            return Kept(saved, Typed(wrong, tuple(faults)))


def spoken(draft: DraftView, typed: Mapping[str, object]) -> dict[str, object]:
    """The entry's language where nobody has said one: that of the title which is written now."""
    title = typed.get("title")
    if draft.card.language != UNKNOWN or "language" in typed or not isinstance(title, dict) or len(title) != 1:
        return {}
    code = next(iter(title))
    return {} if code == UNKNOWN else {"language": code}


def without(changes: Mapping[str, object], faults: Sequence[Fault]) -> dict[str, object]:
    """The changes but those that are at fault; none of them where nobody can say which it is."""
    bad = {fault.name for fault in faults}
    rest = {id: value for id, value in changes.items() if not any(f"{name}.".startswith(f"{id}.") for name in bad)}
    return rest if len(rest) < len(changes) else {}


def overlapping(
    request: Request, draft: DraftView, version: int | None, error: Overtaken, changes: Mapping[str, object]
) -> dict[str, Other]:
    """What others saved meanwhile in the fields that this form changes too, where it is not the same."""
    bank, words = site_of(request).bank, words_of(request)
    saves = saving.since(bank, viewer_of(request), draft.card.id, version or 0)
    theirs = {id: value for id, value in error.fields.items() if id in changes and changes[id] != value}
    found = others(bank.vocabulary, draft.card.kind, theirs, names_of(request, draft), saves, words)
    for place in (id for id in changes if "." in id):
        last = next((one for one in reversed(saves) if place in one.fields), None)
        if last is not None and last.user is not None:
            found[place] = Other((), last.who, words.time(last.moment))
    return found


def again(request: Request, number: int, kept: Kept) -> Response:
    """The form with what was typed: 412 where others changed the same, else 422 with what is wrong."""
    draft = draft_of(site_of(request).bank, viewer_of(request), number)
    return form_page(request, draft, kept.typed, 412 if kept.saved is None else 422)


def signed_in(viewer: Viewer | None) -> Viewer:
    """The viewer. Raises SignInNeeded for nobody."""
    if viewer is None:
        raise SignInNeeded
    return viewer


def names_of(request: Request, draft: DraftView) -> dict[str, str]:
    """Id -> name of the entry's cities."""
    return {city.id: city.name for city in draft.card.cities}


def form_of(request: Request, draft: DraftView, typed: Typed = NOTHING_TYPED) -> tuple[FormView, Choices]:
    """The form of a draft that the viewer may change, and what it lets choose from."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    offered = choices(bank, signed_in(viewer))
    return form_view(bank.vocabulary, draft, offered, names_of(request, draft), words_of(request), typed), offered


def filled_of(draft: DraftView) -> frozenset[str]:
    """Ids of the fields in which something stands."""
    return frozenset(id for id, value in draft.values.items() if not empty(value))


def form_page(request: Request, draft: DraftView, typed: Typed = NOTHING_TYPED, status: int = 200) -> Response:
    """The page with the form."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    form, offered = form_of(request, draft, typed)
    return render(
        request,
        "deposits/form.html",
        status=status,
        draft=draft,
        card=draft.card,
        form=form,
        typed=typed,
        choices=offered,
        filled=filled_of(draft),
        alikes=duplicates.look_alikes(bank, viewer, draft.card.id),
        agreement=bank.network.agreement,
        content_languages=bank.settings.entry_languages,
        most_mb=bank.settings.max_upload_mb,
    )


def sheet_page(request: Request, draft: DraftView) -> Response:
    """An entry that the reader may only look at: where it stands, what was said, what it holds."""
    bank, words = site_of(request).bank, words_of(request)
    events = {event.id: event.titles for event in choices(bank, signed_in(viewer_of(request))).events}
    reading = Reading(words, draft.card, events, draft.proposed)
    return render(
        request,
        "deposits/sheet.html",
        draft=draft,
        card=draft.card,
        groups=list(groups_of(bank.vocabulary, reading, draft.values)),
        done=request.query_params.get("done", ""),
    )
