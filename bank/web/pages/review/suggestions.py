"""The suggested tags of a published entry, for those who may change them: why each is suggested, and deciding on it.

They have a page of their own: making them takes a moment, and a few seconds the first time after the bank was started,
for which nobody should wait who only wants to read the entry.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.web.form.once import OnceRoute
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.tags import published
from bank.workflow.tags.deciding import DecisionOutcome

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
LONGEST_ENTRY_TERM = 60


@router.get("/entries/{number}/suggestions")
def published_suggestions(request: Request, number: PathNumber, done: str = "") -> Response:
    """The page with suggested tags and past decisions. `done` ("vocabulary:term") was decided just now."""
    found = published.published_tag_proposals(site_of(request).bank, viewer_of(request), number)
    vocabulary, _, term = done.partition(":")
    return render(
        request,
        "review/suggestions.html",
        found=found,
        entry=found.entry,
        card=found.entry.card,
        done=found.decision(vocabulary, term),
    )


@router.post("/entries/{number}/suggestions")
def decide_published_suggestion(
    request: Request,
    number: PathNumber,
    vocabulary: Annotated[str, Form(max_length=LONGEST_ENTRY_TERM)],
    term: Annotated[str, Form(max_length=LONGEST_ENTRY_TERM)],
    outcome: Annotated[DecisionOutcome, Form()],
) -> Response:
    """Accepts or rejects a suggested tag, and goes back to the page."""
    published.decide_published_tag(site_of(request).bank, viewer_of(request), number, vocabulary, term, outcome)
    done = urlencode({"done": f"{vocabulary}:{term}"})
    return RedirectResponse(f"/entries/{number}/suggestions?{done}#done", 303)
