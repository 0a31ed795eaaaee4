"""What a search engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bank.search.query import Query

Reason = Literal["all", "some", "meaning"]
"""Why a hit is in the result: all the words, most of them (60 %; of a description's rarest 25 %), or its meaning."""


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

    @property
    def by_meaning(self) -> bool:
        return self.reason == "meaning"


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many entries of the result carry `value`."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """The exact total, the asked slice of hits, and exact facet counts over the whole result set.

    A facet's own counts ignore its own selection. `terms` are the surface forms to mark in snippets.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    did_you_mean: str | None = None
    """The query with its misspelt words put right, where that finds something by its words."""
    respelt: Query | None = None
    """The same, whether or not it finds something."""
    meant: int = 0
    """How many of the total are found by their meaning alone."""
    complete: int = 0
    """How many entries have all of the words, before filters."""
    by_words: int = 0
    """How many entries have all or most of the words, before filters."""
    found: int = 0
    """How many entries the query finds, before filters."""
