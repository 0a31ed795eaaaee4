"""The search page."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.export import FORMATS
from bank.search.request import SORTS
from bank.web.facets import chips, cities_in, groups, labeller
from bank.web.paging import steps
from bank.web.parameters import Search, SearchParameters
from bank.web.rendering import render, site_of, words_of
from bank.workflow import reading, searching
from bank.workflow.parts import Bank
from bank.workflow.views import SearchView

router = APIRouter(include_in_schema=False)
PAGE_SIZE = 20
YEARS_SHOWN = 40


def found(bank: Bank, parameters: SearchParameters) -> SearchView:
    """The asked page of the result."""
    return searching.search(
        bank,
        parameters.q,
        parameters.filters,
        parameters.order,
        parameters.page or 1,
        parameters.size or PAGE_SIZE,
    )


@router.get("/search")
def search(request: Request, parameters: Search) -> Response:
    """Hits with the sentences that speak for them, and the facets of the whole result."""
    bank, words = site_of(request).bank, words_of(request)
    view = found(bank, parameters)
    label = labeller(bank, words, cities_in(view) | set(parameters.city))
    return render(
        request,
        "search.html",
        search=parameters,
        view=view,
        groups=groups(view, label, words),
        chips=chips(parameters, label),
        steps=steps(view.page, view.pages),
        sorts=SORTS,
        formats=[format for format in FORMATS.values() if format.many],
        years=years(view),
        helps=reading.term_counts(bank, "theme") if not view.total else {},
    )


def years(view: SearchView) -> list[tuple[int, int]]:
    """(year, entries) for a picture of the result over time, oldest first; empty when there are too few to compare."""
    counts = {int(value.value): value.count for value in view.facets.get("year", ()) if value.value.isdigit()}
    if len(counts) < 2:
        return []
    last = max(counts)
    return [(year, counts.get(year, 0)) for year in range(max(min(counts), last - YEARS_SHOWN + 1), last + 1)]
