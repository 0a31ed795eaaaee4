"""The synonyms desk: coordinators say which words and phrases mean the same when people search."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import Fault, Invalid
from bank.web.form.once import OnceRoute
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.search import synonyms
from bank.workflow.search.thesaurus import MOST_SYNONYMS

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
SYNONYMS_DONE = ("added", "changed", "removed")
"""Values of ``?done=``, for each of which the page shows a sentence."""
LONGEST_SHOWN_GROUP = 1000
"""Characters of what was typed that a refused form shows again; more than a group can have."""
NEW_GROUP = "new"
"""What stands for the id of a group that is being added."""
SynonymText = Annotated[str, Form()]


@router.get("/admin/synonyms")
def synonyms_desk(request: Request, words: str = "", done: str = "") -> Response:
    """The list of synonyms; with `words`, a form that begins with them."""
    return show_synonyms_desk(request, {NEW_GROUP: f"{words[: synonyms.LONGEST_TERM]}, " if words else ""}, done=done)


@router.post("/admin/synonyms")
def add_synonyms(request: Request, terms: SynonymText = "") -> Response:
    """Adds a group of words that mean the same."""
    try:
        synonyms.add_synonyms(site_of(request).bank, viewer_of(request), terms)
    except Invalid as error:
        return show_refused_group(request, NEW_GROUP, terms, error)
    return redirect_to_synonyms("added")


@router.post("/admin/synonyms/{id}")
def change_synonyms(
    request: Request, id: str, terms: SynonymText = "", before: Annotated[str | None, Form()] = None
) -> Response:
    """Writes a group anew; `before` is what the page showed of it."""
    try:
        synonyms.change_synonyms(site_of(request).bank, viewer_of(request), id, terms, before)
    except Invalid as error:
        place = NEW_GROUP if error.sentence == synonyms.GROUP_GONE else id
        return show_refused_group(request, place, terms, error)
    return redirect_to_synonyms("changed")


@router.post("/admin/synonyms/{id}/remove")
def remove_synonyms(request: Request, id: str) -> Response:
    """Takes a group away."""
    synonyms.remove_synonyms(site_of(request).bank, viewer_of(request), id)
    return redirect_to_synonyms("removed")


def redirect_to_synonyms(done: str) -> Response:
    """A redirect to the list, which says what was done."""
    return RedirectResponse(f"/admin/synonyms?done={done}#done", 303)


def show_refused_group(request: Request, id: str, terms: str, error: Invalid) -> Response:
    """The list with the fault, and with what was typed for the group `id`."""
    fault = Fault(f"terms-{id}", error.sentence, error.values)
    return show_synonyms_desk(request, {id: terms[:LONGEST_SHOWN_GROUP]}, 422, [fault])


def show_synonyms_desk(
    request: Request, given: dict[str, str], status: int = 200, faults: list[Fault] | None = None, done: str = ""
) -> Response:
    """The list as it is now; `given` is what was typed, by id of the group."""
    return render(
        request,
        "admin/synonyms.html",
        status=status,
        groups=synonyms.synonym_groups(site_of(request).bank, viewer_of(request)),
        given=given,
        faults=faults or [],
        done=done if done in SYNONYMS_DONE else "",
        most=MOST_SYNONYMS,
        longest=LONGEST_SHOWN_GROUP,
    )
