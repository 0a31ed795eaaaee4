"""What the files of a submission give that no field takes: put into a field, left out, taken back."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import InvalidFields
from bank.web.form.posted import PostedForm, posted_form
from bank.web.form.view import UnsavedInput
from bank.web.pages.deposits.form import draft_form, form_page, save_form_changes, show_form_again
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import unplaced
from bank.workflow.deposits.draft import open_draft

router = APIRouter(include_in_schema=False)
ITEM_KEY = re.compile(r"([1-9][0-9]{0,5})\.([1-9][0-9]{0,3})")


@router.post("/deposits/{number}/unplaced")
def decide_unplaced(
    request: Request, number: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]
) -> Response:
    """Does what the pressed button says (``place``, ``leave`` or ``back`` with file and item), and saves the form.

    ``into.FILE.ITEM`` names the field. With ``part`` only the list is answered, and nothing else of the form is saved.
    """
    if form.text("part"):
        decide_posted(request, number, form)
        draft = open_draft(site_of(request).bank, viewer_of(request), number)
        shown, _ = draft_form(request, draft)
        return render(request, "deposits/_unplaced.html", draft=draft, card=draft.card, form=shown)
    kept = save_form_changes(request, number, form)
    if kept.saved is None or kept.typed.faults:
        return show_form_again(request, number, kept)
    try:
        decide_posted(request, number, form)
    except InvalidFields as error:
        draft = open_draft(site_of(request).bank, viewer_of(request), number)
        return form_page(request, draft, UnsavedInput(faults=error.faults), 422)
    return RedirectResponse(f"/deposits/{number}#unplaced", 303)


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
