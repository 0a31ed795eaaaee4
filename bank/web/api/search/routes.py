"""Search, and completions while typing."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from bank.web.api.errors import WRONG_VALUE_RESPONSE
from bank.web.api.search.answers import search_shape
from bank.web.api.search.shapes import SearchShape, SuggestionShape, SuggestionsShape
from bank.web.facets import facet_labeller
from bank.web.pages.public.search import search_by_parameters
from bank.web.parameters import SearchInQuery, clean_query_text
from bank.web.rendering import site_of, words_of
from bank.workflow.search import searching

router = APIRouter(prefix="/api/v1", tags=["search"])
CompletionStart = Annotated[str, Query(description="The beginning of what is typed")]


@router.get("/search", responses=WRONG_VALUE_RESPONSE)
def search(request: Request, parameters: SearchInQuery) -> SearchShape:
    """Finds entries. Without `q` it lists all entries that match the filters."""
    bank, words = site_of(request).bank, words_of(request)
    view = search_by_parameters(bank, parameters, parameters.filters)
    label = facet_labeller(bank, words)
    return search_shape(bank, words, view, parameters, label)


@router.get("/complete", responses=WRONG_VALUE_RESPONSE)
def complete(request: Request, q: CompletionStart = "") -> SuggestionsShape:
    """Words, titles, cities and terms that begin with `q`; none for fewer than two letters."""
    words = words_of(request)
    proposals = searching.complete_query(site_of(request).bank, clean_query_text(q), words.language)
    shapes = [SuggestionShape(text=one.text, kind=one.kind, facet=one.facet, value=one.value) for one in proposals]
    return SuggestionsShape(suggestions=shapes)
