"""The facet values of an entry and the choices made among them."""

from collections.abc import Iterable, Mapping

from bank.search.document import SearchDocument
from bank.search.request import Filters
from bank.search.results import FacetCount


def facet_values(document: SearchDocument) -> Mapping[str, tuple[str, ...]]:
    """facet -> the values that an entry has, without repeats."""
    values = {
        "kind": (document.kind,),
        "principle": document.principles,
        "theme": document.themes,
        "sdg": document.sdgs,
        "group": document.groups,
        "city": document.cities,
        "country": document.countries,
        "language": (document.language,),
        "year": tuple(str(year) for year in document.years),
    }
    return {facet: tuple(dict.fromkeys(given)) for facet, given in values.items()}


def chosen_values(filters: Filters) -> Mapping[str, frozenset[str]]:
    """facet -> the values chosen, for facets with a choice; years apart (see `has_chosen_years`)."""
    given = {
        "kind": filters.kind,
        "principle": filters.principle,
        "theme": filters.theme,
        "sdg": filters.sdg,
        "group": filters.group,
        "city": filters.city,
        "country": filters.country,
        "language": filters.language,
    }
    return {facet: frozenset(values) for facet, values in given.items() if values}


def has_chosen_years(filters: Filters) -> bool:
    """True when either end of a span of years is chosen."""
    return filters.year_from is not None or filters.year_to is not None


def is_in_chosen_years(years: range, filters: Filters) -> bool:
    """True when one of an entry's years lies in the chosen span, of which either end may be open."""
    if not years:
        return False
    after = filters.year_from is None or years[-1] >= filters.year_from
    return after and (filters.year_to is None or years[0] <= filters.year_to)


def ordered_counts(counts: Iterable[tuple[str, int]], by_meaning: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Facet counts as they are shown: highest first, then by value; values with count 0 are left out.

    `by_meaning`: value -> how many of its entries are found by meaning alone.
    """
    kept = (FacetCount(value, count, by_meaning.get(value, 0)) for value, count in counts if count)
    return tuple(sorted(kept, key=lambda fact: (-fact.count, fact.value)))
