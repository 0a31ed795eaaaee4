"""What a search engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Reason = Literal["all", "some", "meaning"]
"""Why a hit is in the result: all the words, at least 60 % of them, or (a later engine) its meaning."""


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
