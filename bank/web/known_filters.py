"""Which values of a filter the bank knows, and the sentences about those that it does not."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bank.languages import UNKNOWN_LANGUAGE, is_country_code, is_language_code
from bank.messages import N_
from bank.web.facets import FACET_TITLES, TERM_FACETS
from bank.web.parameters import LONGEST_FILTER_VALUE, MOST_FILTER_VALUES
from bank.web.words import Words
from bank.workflow.bank import Bank
from bank.workflow.entries import public

UNKNOWN_CITY_FILTER = N_("The city “{id}” is not known.")
UNKNOWN_FILTER_VALUE = N_("The filter “{title}: {id}” is not known.")
MORE_UNKNOWN_FILTERS = N_("Other filters in the address are not known either ({number}).")
TOO_MANY_FILTERS = N_("At most {most} filters can be chosen at a time; the others were left out.")
MOST_UNKNOWN_TOLD = 3
"""Unknown filters that a page names."""
LONGEST_TOLD_VALUE = 60
"""Characters that a page says of an unknown value."""


def filter_knowers(bank: Bank) -> Mapping[str, Callable[[str], bool]]:
    """Facet -> a function that says whether a value is a term of the vocabulary, a city, a country or a language."""
    cities = public.public_city_names(bank)
    return {
        **{facet: partial(is_term, bank, facet) for facet in TERM_FACETS},
        "city": cities.__contains__,
        "country": is_country_code,
        "language": lambda value: value == UNKNOWN_LANGUAGE or is_language_code(value),
    }


def is_term(bank: Bank, facet: str, value: str) -> bool:
    """True for the id of a term of the facet's vocabulary."""
    return len(value) <= LONGEST_FILTER_VALUE and bank.vocabulary.get(facet, value) is not None


def left_out_sentences(strangers: Sequence[tuple[str, str]], surplus: int, words: Words) -> list[str]:
    """What a page tells about the filters that it left out: unknown ones, and those that were too many."""
    told = [unknown_filter_sentence(facet, value, words) for facet, value in strangers[:MOST_UNKNOWN_TOLD]]
    if len(strangers) > MOST_UNKNOWN_TOLD:
        number = words.number(len(strangers) - MOST_UNKNOWN_TOLD)
        told.append(words.told(MORE_UNKNOWN_FILTERS, {"number": number}))
    if surplus:
        told.append(words.told(TOO_MANY_FILTERS, {"most": MOST_FILTER_VALUES}))
    return told


def unknown_filter_sentence(facet: str, value: str, words: Words) -> str:
    """The sentence for an unknown filter."""
    shown = value if len(value) <= LONGEST_TOLD_VALUE else f"{value[: LONGEST_TOLD_VALUE - 1]}…"
    if facet == "city":
        return words.told(UNKNOWN_CITY_FILTER, {"id": shown})
    return words.told(UNKNOWN_FILTER_VALUE, {"id": shown, "title": words.told(FACET_TITLES[facet], {})})
