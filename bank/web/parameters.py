"""The search parameters, the same for page, feed, API and export."""

from typing import Annotated, Any, Self
from urllib.parse import urlencode

from fastapi import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bank.search.folding import INVISIBLE_CHARACTER
from bank.search.request import LARGEST_PAGE, Filters, Sort

FILTER_FACETS = ("kind", "principle", "theme", "sdg", "group", "city", "country", "language")
"""Facets that are query parameters, each of which may be repeated."""
LONGEST_QUERY_TEXT = 5000
LAST_RESULT_PAGE = 1000
LONGEST_FILTER_VALUE = 100
MOST_FILTER_VALUES = 30
"""Chosen values over all facets together."""
LONGEST_LINKED_QUERY = 2000
"""Bytes of a query string that a page repeats in its links; a longer one is sent on by its form."""
MOST_REPEATED_BYTES = 100_000
"""Bytes that a page spends on one query string repeated in a list of links."""
LARGEST_ENTRY_NUMBER = 2**31 - 1
MOST_ENTRY_DIGITS = 9
"""Digits of an entry number in an address that are read at all."""

QUERY_DESCRIPTION = "Words, “phrases”, -not, OR, prefix*, title: city: principle: theme: year:"

PathNumber = Annotated[int, Path(ge=1, le=LARGEST_ENTRY_NUMBER)]
"""The number of an entry, a file or a page in a path; anything else is a 404."""


def none_if_empty(value: Any) -> Any:
    """None for an empty text, as a form sends a field left empty; other values unchanged."""
    return None if value == "" else value


def false_if_empty(value: Any) -> Any:
    """False for an empty text, as a form sends a field left empty; other values unchanged."""
    return False if value == "" else value


def clean_query_text(value: Any) -> Any:
    """The text cut to LONGEST_QUERY_TEXT, with blanks for control characters: no text of a query is refused.

    Soft hyphens, blanks of no width and marks of direction are left out: they stand inside words.
    """
    if not isinstance(value, str):
        return value
    seen = INVISIBLE_CHARACTER.sub("", value[:LONGEST_QUERY_TEXT])
    return "".join(letter if letter.isprintable() else " " for letter in seen).strip()


def distinct_values(value: Any) -> Any:
    """The values of a list without empty and repeated ones, in their order."""
    return list(dict.fromkeys(item for item in value if item)) if isinstance(value, list) else value


FilterValue = Annotated[str, Field(max_length=LONGEST_FILTER_VALUE)]
FilterValues = Annotated[list[FilterValue], BeforeValidator(distinct_values)]
YearParameter = Annotated[Annotated[int, Field(ge=1, le=9999)] | None, BeforeValidator(none_if_empty)]


class SearchParameters(BaseModel):
    """A search: words and filters. An entry must match one value of each filter that is set."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    q: Annotated[str, BeforeValidator(clean_query_text)] = Field(default="", description=QUERY_DESCRIPTION)
    kind: FilterValues = Field(default=[], description="Kinds of entry")
    principle: FilterValues = Field(default=[], description="Numbers of principles of the Charter of 2020")
    theme: FilterValues = []
    sdg: FilterValues = []
    group: FilterValues = []
    city: FilterValues = []
    country: FilterValues = Field(default=[], description="ISO 3166-1 codes")
    language: FilterValues = Field(default=[], description="ISO 639-1 codes")
    year_from: YearParameter = None
    year_to: YearParameter = None
    verbatim: Annotated[bool, BeforeValidator(false_if_empty)] = Field(
        default=False, description="The words as they stand: none corrected, left out or added"
    )
    sort: Annotated[Sort | None, BeforeValidator(none_if_empty)] = None
    page: Annotated[Annotated[int, Field(ge=1, le=LAST_RESULT_PAGE)] | None, BeforeValidator(none_if_empty)] = None
    size: Annotated[Annotated[int, Field(ge=1, le=LARGEST_PAGE)] | None, BeforeValidator(none_if_empty)] = None

    @model_validator(mode="after")
    def check_choices(self) -> Self:
        """Refuses more than MOST_FILTER_VALUES chosen values."""
        if sum(len(getattr(self, facet)) for facet in FILTER_FACETS) > MOST_FILTER_VALUES:
            raise PydanticCustomError("too_many_choices", "Too many values", {"most": MOST_FILTER_VALUES})
        return self

    @property
    def filters(self) -> Filters:
        """The chosen facets and years as search takes them."""
        chosen = {facet: tuple(getattr(self, facet)) for facet in FILTER_FACETS}
        return Filters(**chosen, year_from=self.year_from, year_to=self.year_to)

    @property
    def order(self) -> Sort:
        """The chosen order, else by relevance when there are words, else the newest first."""
        return self.sort or ("relevance" if self.q else "newest")

    @property
    def filtered(self) -> bool:
        """True when a facet or a year is chosen."""
        return self.filters != Filters()

    @property
    def lengthy(self) -> bool:
        """True when the query string is too long to be repeated in every link."""
        return len(self.query()) > LONGEST_LINKED_QUERY

    @property
    def asks(self) -> bool:
        """True when any parameter is set but `verbatim`: else the result is the whole bank in its usual order."""
        return bool(self.q or self.filtered or self.sort or self.page or self.size)

    def pairs(self, **changes: object) -> list[tuple[str, str]]:
        """The parameters as (name, value) pairs, those in `changes` replaced; None leaves one out.

        With other words (`q`), `verbatim` is dropped: it was chosen for the present words.
        """
        pairs: list[tuple[str, str]] = []
        anew = {"verbatim": False} if "q" in changes else {}
        for name, value in {**self.model_dump(), **anew, **changes}.items():
            values = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, "1" if item is True else str(item)) for item in values if item not in (None, "", False)]
        return pairs

    def query(self, **changes: object) -> str:
        """The parameters, with `changes`, as a query string with its question mark; empty when there are none."""
        pairs = self.pairs(**changes)
        return f"?{urlencode(pairs)}" if pairs else ""

    def without(self, facet: str, value: str) -> str:
        """The query string without one chosen value of a facet, for the first page."""
        kept = [item for item in getattr(self, facet) if item != value]
        return self.query(**{facet: kept}, page=None)

    def unfiltered(self) -> str:
        """The query string with the words alone."""
        return self.query(**dict.fromkeys((*FILTER_FACETS, "year_from", "year_to", "sort", "page", "size")))


def repeated_query(query: str, times: int) -> str:
    """The query string if a page may have it in so many links, else an empty one."""
    return query if len(query) <= LONGEST_LINKED_QUERY and len(query) * times <= MOST_REPEATED_BYTES else ""


def single_filter_query(facet: str, value: str) -> str:
    """The query string, with its question mark, of a search for one value of a facet."""
    return f"?{urlencode({facet: value})}"


SearchInQuery = Annotated[SearchParameters, Query()]
