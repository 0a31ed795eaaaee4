"""Searching, and proposals while typing."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from bank.web.api.errors import WRONG_VALUE
from bank.web.api.search.answers import search_shape
from bank.web.api.search.shapes import SearchShape, SuggestionShape, SuggestionsShape
from bank.web.facets import labeller
from bank.web.pages.public.search import found
from bank.web.parameters import Search, cleaned
from bank.web.rendering import site_of, words_of
from bank.workflow.search import searching

router = APIRouter(prefix="/api/v1", tags=["search"])
Start = Annotated[str, Query(description="The beginning of what is typed")]


@router.get("/search", responses=WRONG_VALUE)
def search(request: Request, parameters: Search) -> SearchShape:
    """Finds entries. Without `q` it lists everything that the filters leave."""
    bank, words = site_of(request).bank, words_of(request)
    view = found(bank, parameters)
    label = labeller(bank, words)
    return search_shape(bank, words, view, parameters, label)


@router.get("/complete", responses=WRONG_VALUE)
def complete(request: Request, q: Start = "") -> SuggestionsShape:
    """Words, titles, cities and terms that go on from `q`; none for fewer than two letters."""
    words = words_of(request)
    proposals = searching.complete(site_of(request).bank, cleaned(q), words.language)
    shapes = [SuggestionShape(text=one.text, kind=one.kind, facet=one.facet, value=one.value) for one in proposals]
    return SuggestionsShape(suggestions=shapes)
