"""What the files of a submission give that no field takes: put into a field, left out, taken back."""

import re
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import Conflict, Fault, InvalidFields
from bank.web.form.once import OnceRoute
from bank.web.form.posted import PostedForm, posted_form
from bank.web.form.view import UnsavedInput
from bank.web.pages.deposits.autosave import autosave_problem
from bank.web.pages.deposits.form import draft_form, form_page, save_form_changes, show_form_again
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import unplaced
from bank.workflow.deposits.draft import open_draft

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
ITEM_KEY = re.compile(r"([1-9][0-9]{0,5})\.([1-9][0-9]{0,3})")


@router.post("/deposits/{number}/unplaced")
def decide_unplaced(
    request: Request, number: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]
) -> Response:
    """Does what the pressed button says (``place``, ``leave`` or ``back`` with file and item), and saves the form.

    ``into.FILE.ITEM`` names the field. With ``part`` only the list is answered, and nothing else of the form is saved.
    409 where the answer changed meanwhile, with the list as it is now; 422 where the field can't take it.
    """
    if form.text("part"):
        return decide_part(request, number, form)
    kept = save_form_changes(request, number, form)
    if kept.saved is None or kept.typed.faults:
        return show_form_again(request, number, kept)
    try:
        decide_posted(request, number, form)
    except InvalidFields as error:
        return show_undecided(request, number, error.faults, 422)
    except Conflict as error:
        return show_undecided(request, number, [Fault("unplaced", error.sentence, error.values)], 409)
    return RedirectResponse(f"/deposits/{number}#f-unplaced", 303)


def show_undecided(request: Request, number: int, faults: Sequence[Fault], status: int) -> Response:
    """The form, which is saved, with why the answer was not put anywhere."""
    draft = open_draft(site_of(request).bank, viewer_of(request), number)
    return form_page(request, draft, UnsavedInput(faults=faults), status)


def decide_part(request: Request, number: int, form: PostedForm) -> Response:
    """Does what the pressed button says; answers with the list alone, or as problem+json with what is wrong."""
    status = 200
    try:
        decide_posted(request, number, form)
    except InvalidFields as error:
        return autosave_problem(request, error)
    except Conflict:
        status = 409
    draft = open_draft(site_of(request).bank, viewer_of(request), number)
    shown, _ = draft_form(request, draft)
    return render(request, "deposits/_unplaced.html", status=status, draft=draft, card=draft.card, form=shown)


def decide_posted(request: Request, number: int, form: PostedForm) -> None:
    """Does what the pressed button says. Raises NotFound for an answer that there isn't."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    done = next((name for name in ("place", "leave", "back") if form.text(name)), "place")
    key = ITEM_KEY.fullmatch(form.text(done))
    file, item = (int(key[1]), int(key[2])) if key else (0, 0)
    if done == "leave":
        unplaced.leave_answer_out(bank, viewer, number, file, item)
    elif done == "back":
        unplaced.take_answer_back(bank, viewer, number, file, item)
    else:
        field = form.text(f"into.{form.text(done)}")
        unplaced.place_answer(bank, viewer, number, file, item, field, words_of(request).language)
