"""The facets of a search page: their values with labels and counts, chosen filters, offers."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from bank.messages import N_
from bank.web.parameters import FILTER_FACETS, SearchParameters, single_filter_query
from bank.web.words import Words
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.entries.views import FacetValue, SearchView

FACET_TITLES: Mapping[str, str] = {
    "principle": N_("Principle of the Charter"),
    "theme": N_("Theme"),
    "city": N_("City"),
    "kind": N_("Kind of entry"),
    "group": N_("Who it is for"),
    "sdg": N_("Sustainable Development Goals"),
    "country": N_("Country"),
    "language": N_("Language"),
}
"""Facet -> its heading (msgid), in the order of the search page."""

OFFER_TITLES: Mapping[str, str] = {
    "theme": N_("Theme"),
    "principle": N_("Principle"),
    "sdg": N_("SDG"),
    "group": N_("Group"),
}
"""Facet -> its name (msgid) where a search offers one of its values as a filter."""

NUMBERED_FACETS = ("principle", "sdg")
"""Facets whose values are shown with their numbers, and ordered by them where counts are equal."""
TERM_FACETS = ("kind", "principle", "theme", "sdg", "group")
"""Facets whose values are terms of a vocabulary."""

FACET_VALUES_AT_FIRST = 6
"""Values of a facet that are shown before "more"."""
LONG_FACET = 12
"""Values of a facet from which on there is a box to find one in them."""
MOST_FACET_VALUES = 100
"""Values of a facet that a page has at all, those behind "more" included."""


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value of a facet. `section` is the letter of the Charter's section for a principle, else empty."""

    value: str
    label: str
    count: int
    selected: bool
    section: str = ""


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet: `first` are shown at once, `rest` behind "more". `title` is a msgid."""

    name: str
    title: str
    first: tuple[FacetOption, ...]
    rest: tuple[FacetOption, ...]

    @property
    def selected(self) -> int:
        """How many of its values are chosen."""
        return sum(one.selected for one in (*self.first, *self.rest))

    @property
    def long(self) -> bool:
        """True where it has so many values that a box to find one in them helps."""
        return len(self.first) + len(self.rest) >= LONG_FACET


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A chosen filter, with the query string of the same search without it."""

    title: str
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class OfferedFilter:
    """A filter that the words of a search name, with the query string that chooses it alone. `title` is a msgid."""

    title: str
    label: str
    count: int
    query: str


def facet_labeller(bank: Bank, words: Words) -> Callable[[str, str], str]:
    """A function (facet, value) -> label in the reader's language; the value itself where it is unknown."""
    names = public.public_city_names(bank)

    def label(facet: str, value: str) -> str:
        if facet == "city":
            return names.get(value, value)
        if facet == "country":
            return words.country(value)
        if facet == "language":
            return words.language_name(value)
        if facet == "year":
            return value
        return words.label(facet, value)

    return label


def numbered_label(facet: str, value: str, label: str) -> str:
    """The label, with the term's number before it for NUMBERED_FACETS."""
    return f"{value} · {label}" if facet in NUMBERED_FACETS and label != value else label


def facet_groups(
    view: SearchView,
    label: Callable[[str, str], str],
    words: Words,
    left_out: Collection[tuple[str, str]],
) -> tuple[FacetGroup, ...]:
    """The facets with at least one value, chosen values first, without the (facet, value) pairs in `left_out`."""
    offered = {
        name: [value for value in view.facets.get(name, ()) if (name, value.value) not in left_out]
        for name in FACET_TITLES
    }
    made = (facet_group(name, values, label, words) for name, values in offered.items())
    return tuple(one for one in made if one.first)


def facet_group(name: str, values: Iterable[FacetValue], label: Callable[[str, str], str], words: Words) -> FacetGroup:
    """One facet, divided into the values shown at once and the rest."""
    ordered = sorted(values, key=lambda one: (-one.count, one.value.zfill(3))) if name in NUMBERED_FACETS else values
    chosen_first = sorted(ordered, key=lambda value: not value.selected)[:MOST_FACET_VALUES]
    options = [facet_option(name, value, label, words) for value in chosen_first]
    shown = max(FACET_VALUES_AT_FIRST, sum(value.selected for value in options))
    return FacetGroup(name, FACET_TITLES[name], tuple(options[:shown]), tuple(options[shown:]))


def facet_option(name: str, value: FacetValue, label: Callable[[str, str], str], words: Words) -> FacetOption:
    """A value with what the page shows of it."""
    shown = numbered_label(name, value.value, label(name, value.value))
    section = words.section(value.value) if name == "principle" else ""
    return FacetOption(value.value, shown, value.count, value.selected, section)


def filter_offers(view: SearchView, label: Callable[[str, str], str]) -> tuple[OfferedFilter, ...]:
    """The filters that the words of a search name, with what the page shows of them."""
    return tuple(
        OfferedFilter(
            title=OFFER_TITLES[one.facet],
            label=numbered_label(one.facet, one.value, label(one.facet, one.value)),
            count=one.count,
            query=single_filter_query(one.facet, one.value),
        )
        for one in view.offers
    )


def filter_chips(
    parameters: SearchParameters, label: Callable[[str, str], str], words: Words
) -> tuple[FilterChip, ...]:
    """Every chosen filter, with the query string that removes it."""
    made = [
        FilterChip(
            FACET_TITLES[facet], numbered_label(facet, value, label(facet, value)), parameters.without(facet, value)
        )
        for facet in FILTER_FACETS
        for value in getattr(parameters, facet)
    ]
    first, last = parameters.year_from, parameters.year_to
    if first or last:
        years = words.span(str(first or ""), str(last or ""))
        made.append(
            FilterChip(
                N_("Year"), years[0].upper() + years[1:], parameters.query(year_from=None, year_to=None, page=None)
            )
        )
    return tuple(made)
