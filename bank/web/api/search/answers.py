"""Converts a SearchView into the response of /api/v1/search."""

from collections.abc import Callable

from bank.web.api.search.shapes import FacetShape, HitShape, OfferShape, QueryShape, SearchShape, UnknownFilterShape
from bank.web.known_filters import filter_knowers
from bank.web.parameters import FILTER_FACETS, SearchParameters, single_filter_query
from bank.web.words import Words
from bank.workflow.bank import Bank
from bank.workflow.entries.views import SearchView
from bank.workflow.search import saved
from bank.workflow.search.hit_json import hit_json


def search_shape(
    bank: Bank, words: Words, view: SearchView, asked: SearchParameters, label: Callable[[str, str], str]
) -> SearchShape:
    """One page of a result. `label` is a function (facet, value) -> label."""
    return SearchShape(
        total=view.total,
        page=view.page,
        size=view.size,
        pages=view.pages,
        took_ms=view.took_ms,
        by_meaning_total=view.meant,
        meant=view.meant,
        did_you_mean=view.did_you_mean,
        corrected=view.corrected,
        dropped=list(view.dropped),
        also_searched=list(view.also_searched),
        query=query_shape(bank, view, asked),
        hits=[HitShape.model_validate(hit_json(bank, hit, words.language)) for hit in view.hits],
        facets={
            name: [
                FacetShape(
                    value=one.value,
                    label=label(name, one.value),
                    count=one.count,
                    by_meaning=one.by_meaning,
                    selected=one.selected,
                )
                for one in values
            ]
            for name, values in view.facets.items()
        },
        offers=[
            OfferShape(
                facet=one.facet,
                value=one.value,
                label=label(one.facet, one.value),
                count=one.count,
                url=bank.address(f"/search{single_filter_query(one.facet, one.value)}"),
            )
            for one in view.offers
        ],
        unknown_filters=unknown_filter_shapes(bank, asked),
    )


def query_shape(bank: Bank, view: SearchView, asked: SearchParameters) -> QueryShape:
    """How the question was read."""
    return QueryShape(
        q=asked.q,
        interpreted=view.interpreted,
        sort=asked.order,
        filters={facet: list(getattr(asked, facet)) for facet in FILTER_FACETS},
        year_from=asked.year_from,
        year_to=asked.year_to,
        tree=saved.saved_search_tree(bank, asked.q, asked.filters, asked.order),
    )


def unknown_filter_shapes(bank: Bank, asked: SearchParameters) -> list[UnknownFilterShape]:
    """The chosen values that nobody knows."""
    chosen = [(facet, value) for facet in FILTER_FACETS for value in getattr(asked, facet)]
    knows = filter_knowers(bank) if chosen else {}
    return [UnknownFilterShape(facet=facet, value=value) for facet, value in chosen if not knows[facet](value)]
