"""The request to a search engine: a parsed query, filters, a sort order, a slice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bank.search.query import EVERYTHING, Phrase, Query, Word

Sort = Literal["relevance", "newest", "oldest", "title"]
SORTS: tuple[str, ...] = get_args(Sort)
FACETS = ("kind", "principle", "theme", "sdg", "group", "city", "country", "language", "year")
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """Chosen facet values (ids as strings) and a span of years, both ends included.

    Values of one facet are alternatives (OR); all facets with a choice must match (AND).
    """

    kind: tuple[str, ...] = ()
    principle: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    sdg: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Nearness:
    """Entries with their nearness to a text: `ids` ascending, `values` from -1.6 to 1.6 (see search/meaning)."""

    ids: NDArray[np.int64]
    values: NDArray[np.float32]
    least: float = 0.0
    """The score that the nearest entry needs for any to be found by meaning alone."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. `offset` and `size` count hits.

    `withdrawn` holds ids that the index may still hold and that must be neither found nor counted.
    """

    query: Query = EVERYTHING
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    offset: int = 0
    size: int = 20
    withdrawn: frozenset[int] = frozenset()
    meaning: Nearness | None = None
    """How near the entries are to what the query means; None searches by words alone."""
    alike: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    """Word of the query -> words of the index, in any language, of similar meaning, with a weight from 0 to 1."""
    synonyms: Mapping[str, tuple[Word | Phrase, ...]] = field(default_factory=dict)
    """Word of the query -> words and phrases that mean the same: an entry that has one of them counts as having it."""
    bare: bool = False
    """Only the total and the hits in their order are wanted: no facets, no pages."""
