"""Lenient reading of search parameters: values that can't be used are left out and named, never an error page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from pydantic import ValidationError
from starlette.requests import Request

from bank.search.request import Filters
from bank.web.known_filters import filter_knowers
from bank.web.parameters import (
    FILTER_FACETS,
    LAST_RESULT_PAGE,
    LONGEST_FILTER_VALUE,
    MOST_FILTER_VALUES,
    SearchParameters,
    distinct_values,
)
from bank.web.rendering import site_of

Choices = Mapping[str, Collection[str]]
"""Facet -> chosen values."""


@dataclass(frozen=True, slots=True)
class LenientParameters:
    """The search parameters of an address.

    `faults` maps the name of each refused one to its value as it was sent. `strangers` are the (facet, value) that
    nobody knows, and `surplus` is how many known values were too many; neither are in `parameters`.
    """

    parameters: SearchParameters
    faults: Mapping[str, str]
    strangers: tuple[tuple[str, str], ...] = ()
    surplus: int = 0

    @property
    def filters(self) -> Filters:
        """The filters to search with: a facet of which only unknown values were chosen finds nothing."""
        kept = self.parameters.filters
        lost = {facet: (value,) for facet, value in reversed(self.strangers) if not getattr(kept, facet)}
        return replace(kept, **lost)  # type: ignore[arg-type]


def lenient_search_parameters(request: Request) -> LenientParameters:
    """The search parameters of a request's address. A page number beyond the largest is read as the largest."""
    sent = request.query_params
    values: dict[str, object] = {
        name: sent[name] for name in SearchParameters.model_fields if name in sent and name not in FILTER_FACETS
    }
    asked = {facet: distinct_values(sent.getlist(facet)) for facet in FILTER_FACETS if facet in sent}
    known, strangers = known_and_unknown(request, asked)
    chosen = first_choices(known)
    surplus = sum(map(len, known.values())) - sum(map(len, chosen.values()))
    faults: dict[str, str] = {}
    try:
        parameters = SearchParameters.model_validate({**values, **chosen})
    except ValidationError as error:
        faults = {name: sent[name][:40] for name in (str(fault["loc"][0]) for fault in error.errors())}
        kept = {name: value for name, value in values.items() if name not in faults}
        if faults.get("page", "").strip("0").isdecimal():
            del faults["page"]
            kept["page"] = LAST_RESULT_PAGE
        parameters = SearchParameters.model_validate({**kept, **chosen})
    return LenientParameters(parameters, faults, strangers, surplus)


def known_and_unknown(request: Request, asked: Choices) -> tuple[Choices, tuple[tuple[str, str], ...]]:
    """(the values that the bank knows, by facet; (facet, value) of the others, cut to the length of a value)."""
    if not asked:
        return {}, ()
    knows = filter_knowers(site_of(request).bank)
    known = {facet: [one for one in values if knows[facet](one)] for facet, values in asked.items()}
    strangers = ((facet, one) for facet, values in asked.items() for one in values if one not in known[facet])
    return known, tuple((facet, one[:LONGEST_FILTER_VALUE]) for facet, one in strangers)


def first_choices(known: Choices) -> Choices:
    """The first MOST_FILTER_VALUES of the chosen values."""
    left = islice(((facet, one) for facet, values in known.items() for one in values), MOST_FILTER_VALUES)
    chosen: dict[str, list[str]] = {}
    for facet, one in left:
        chosen.setdefault(facet, []).append(one)
    return chosen
