"""The results of a search engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bank.search.query import Query

Reason = Literal["all", "some", "meaning"]
"""Why a hit is found: by all the words or what means the same, by enough of them (60 %, or 25 % of a description's
rarest), or by meaning."""


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page that matches; `file` and `page` count from 1."""

    file: int
    page: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found. `pages` are its best matching pages, best first, at most five."""

    id: int
    score: float
    reason: Reason = "all"
    pages: tuple[PageHit, ...] = ()
    lacks: tuple[str, ...] = ()
    """The words that it lacks, where it is found by some of them."""

    @property
    def by_meaning(self) -> bool:
        return self.reason == "meaning"


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many entries of the result have the value `value`, and how many of these are found by meaning alone."""

    value: str
    count: int
    by_meaning: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """The exact total, the requested slice of hits, and exact facet counts over the whole result.

    A facet's own counts ignore its own selection.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    did_you_mean: str | None = None
    """The query with its misspelt words corrected, where that finds something by its words."""
    respelt: Query | None = None
    """The corrected query as a tree, whether or not it finds something; None where nothing is misspelt."""
    meant: int = 0
    """How many of the total are found by meaning alone."""
    lacking: tuple[str, ...] = ()
    """The words that the best entry found by some of them lacks, where none has all; before filters."""
    complete: int = 0
    """How many entries have all of the words, before filters."""
    by_words: int = 0
    """How many entries have all or most of the words, before filters."""
    found: int = 0
    """How many entries the query finds, before filters."""
