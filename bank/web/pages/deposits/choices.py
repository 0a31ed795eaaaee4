"""Decisions on a submission beside its fields: relations to look-alikes, suggested tags, withdrawing it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.clock import now
from bank.errors import Fault, InvalidFields, VersionConflict, WrongState
from bank.web.form.once import OnceRoute
from bank.web.form.posted import PostedForm, posted_form
from bank.web.parameters import LARGEST_ENTRY_NUMBER, PathNumber
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits.draft import open_draft
from bank.workflow.deposits.duplicates import relate_entries
from bank.workflow.deposits.expiring import KEPT_AFTER_WITHDRAWAL
from bank.workflow.review import deciding
from bank.workflow.tags import drafted
from bank.workflow.tags.deciding import DecisionOutcome

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
LONGEST_DRAFT_TERM = 60


@router.post("/deposits/{number}/relations")
def save_relation(
    request: Request,
    number: PathNumber,
    other: Annotated[int, Form(ge=1, le=LARGEST_ENTRY_NUMBER)],
    kind: Annotated[str, Form(max_length=20)],
) -> Response:
    """Saves the relation to an entry that looks like this one: version, related or distinct."""
    relate_entries(site_of(request).bank, viewer_of(request), number, other, kind)
    return RedirectResponse(f"/deposits/{number}#alikes", 303)


@router.get("/deposits/{number}/suggestions")
def draft_suggestions(request: Request, number: PathNumber, part: bool = False) -> Response:
    """Suggested principles and themes with the sentences that speak for them; `part`: only the piece for the form."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    found = drafted.draft_tag_proposals(bank, viewer, number)
    template = "deposits/_suggested.html" if part else "deposits/suggestions.html"
    return render(request, template, found=found, card=found.card)


@router.post("/deposits/{number}/suggestions")
def decide_draft_suggestion(
    request: Request,
    number: PathNumber,
    vocabulary: Annotated[str, Form(max_length=LONGEST_DRAFT_TERM)],
    term: Annotated[str, Form(max_length=LONGEST_DRAFT_TERM)],
    outcome: Annotated[DecisionOutcome, Form()],
    part: Annotated[bool, Form()] = False,
) -> Response:
    """Accepts or rejects a suggested tag, and shows the others."""
    drafted.decide_draft_tag(site_of(request).bank, viewer_of(request), number, vocabulary, term, outcome)
    return RedirectResponse(f"/deposits/{number}/suggestions{'?part=true' if part else ''}", 303)


@router.get("/deposits/{number}/withdraw")
def discard_page(request: Request, number: PathNumber) -> Response:
    """The page that asks whether to discard the entry; where that can't be done any more, the entry's own page."""
    return show_discard_page(request, number)


@router.post("/deposits/{number}/withdraw")
def withdraw(request: Request, number: PathNumber, form: Annotated[PostedForm, Depends(posted_form)]) -> Response:
    """Discards a draft, or withdraws what was submitted; where that was done already, the entry's page says so."""
    try:
        deciding.withdraw(site_of(request).bank, viewer_of(request), number, form.version, form.text("reason"))
    except VersionConflict as error:
        return show_discard_page(request, number, [Fault("reason", error.sentence)], 412)
    except InvalidFields as error:
        return show_discard_page(request, number, list(error.faults), 422)
    except WrongState:
        return RedirectResponse(f"/deposits/{number}", 303)
    return RedirectResponse(f"/deposits?discarded={number}", 303)


def show_discard_page(request: Request, number: int, faults: list[Fault] | None = None, status: int = 200) -> Response:
    """The page that asks; the way to the entry where it can't be discarded, or was: Back leads here after that.

    Public entries are withdrawn by the network, on its own pages.
    """
    found = open_draft(site_of(request).bank, viewer_of(request), number)
    if "withdraw" not in found.may or found.status == "published":
        return RedirectResponse(f"/deposits/{number}", 303)
    return render(
        request,
        "deposits/withdraw.html",
        status=status,
        draft=found,
        card=found.card,
        faults=faults or [],
        files_until=now() + KEPT_AFTER_WITHDRAWAL,
    )
