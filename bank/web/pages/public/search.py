"""The search page."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.export import EXPORT_FORMATS
from bank.search.folding import fold_keeping_tilde
from bank.search.query import Phrase, Query, Word, parse_query
from bank.search.request import SORTS, Filters
from bank.search.stopwords import STOP_WORDS
from bank.web.facets import (
    facet_groups,
    facet_labeller,
    filter_chips,
    filter_offers,
)
from bank.web.known_filters import left_out_sentences
from bank.web.lenient_parameters import lenient_search_parameters
from bank.web.pages.public.year_chart import year_chart
from bank.web.paging import page_steps
from bank.web.parameters import SearchParameters, repeated_query
from bank.web.rendering import render, site_of, words_of
from bank.web.unanswered import count_if_unanswered
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.entries.views import SearchView
from bank.workflow.search import searching
from bank.workflow.search.remarks import result_remarks

router = APIRouter(include_in_schema=False)
SEARCH_PAGE_SIZE = 20
MOST_WORDS_ALONE = 5


def search_by_parameters(bank: Bank, parameters: SearchParameters, filters: Filters) -> SearchView:
    """Searches with `filters`, and gives the page of the result that the parameters ask for."""
    return searching.search(
        bank,
        parameters.q,
        filters,
        parameters.order,
        parameters.page or 1,
        parameters.size or SEARCH_PAGE_SIZE,
        parameters.verbatim,
    )


@router.get("/search")
def search(request: Request) -> Response:
    """The search page: hits with snippets, and the facets of the whole result."""
    bank, words = site_of(request).bank, words_of(request)
    asked = lenient_search_parameters(request)
    parameters = asked.parameters
    view = search_by_parameters(bank, parameters, asked.filters)
    label = facet_labeller(bank, words)
    count_if_unanswered(request, parameters, view, words.language)
    return render(
        request,
        "public/search.html",
        pairs=parameters.pairs(),
        search=parameters,
        view=view,
        faults=asked.faults,
        left_out=left_out_sentences(asked.strangers, asked.surplus, words),
        wordless=bool(parameters.q) and not view.interpreted,
        groups=facet_groups(view, label, words, asked.strangers),
        chips=filter_chips(parameters, label, words),
        offers=filter_offers(view, label),
        steps=page_steps(view.page, view.pages),
        sorts=SORTS,
        formats=[format for format in EXPORT_FORMATS.values() if format.many],
        years=year_chart(view.facets.get("year", ()), parameters),
        helps=public.public_term_counts(bank, "theme") if not view.total else {},
        remarks=result_remarks(view, parameters.q, words.language),
        alone=words_found_alone(bank, parameters.q, asked.filters, view),
        handed=repeated_query(parameters.query(**({"q": view.corrected} if view.corrected else {})), snippets_of(view)),
    )


def snippets_of(view: SearchView) -> int:
    """How many snippets the page shows, each with a link to where it stands."""
    return sum(len(hit.snippets) for hit in view.hits)


def words_found_alone(bank: Bank, q: str, filters: Filters, view: SearchView) -> tuple[tuple[str, int], ...]:
    """(word, number of entries that its link finds), of the words of a query of at least two that find something alone.

    Looked at are all words where the whole query found nothing, else those that were dropped.
    """
    asked = required_words(parse_query(q))
    if len(asked) < 2:
        return ()
    told = [word for word in asked if not view.total or word in view.dropped]
    views = ((word, searching.search(bank, word, filters, size=1)) for word in told)
    return tuple((word, found.total) for word, found in views if found.total > found.meant and not found.corrected)


def required_words(query: Query) -> list[str]:
    """The first few (MOST_WORDS_ALONE) required words of a query, words of phrases included, stop words left out."""
    found: list[str] = []
    for clause in query.clauses:
        if isinstance(clause, Word | Phrase):
            found += clause.words if isinstance(clause, Phrase) else (clause.word,)
    return [word for word in dict.fromkeys(found) if fold_keeping_tilde(word) not in STOP_WORDS["und"]][
        :MOST_WORDS_ALONE
    ]
