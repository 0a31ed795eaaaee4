"""The document of one published entry, as search engines index it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_YEARS = 50
"""Years in which an entry is counted, at most: a longer span is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page's index text (running heads taken out); `file` and `page` count from 1."""

    file: int
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One entry as the index sees it. Facet values are vocabulary ids; the first city leads."""

    id: int
    version: int
    language: str
    kind: str
    titles: Mapping[str, str]
    """language -> title; at least one."""
    summaries: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    """The texts of the kind's own fields (objectives, method, ...): searched as text that stands on no page."""
    names: tuple[str, ...] = ()
    """City names and aliases, series, codes: indexed unstemmed."""
    year: int | None = None
    last_year: int | None = None
    """The last year of an entry that lasted several, found and counted in each of them; None for one year."""
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    """Numbers of the 2020 Charter, as strings; 2004 tags come crosswalked."""
    themes: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    pages: tuple[SearchPage, ...] = ()

    @property
    def years(self) -> range:
        """Every year of the entry, at most MOST_YEARS; none where its year is not known."""
        if self.year is None:
            return range(0)
        last = max(self.year, self.last_year or self.year)
        return range(self.year, min(last, self.year + MOST_YEARS - 1) + 1)

    @property
    def title(self) -> str:
        """The title in the entry's own language, else the first there is."""
        return self.titles.get(self.language) or next(iter(self.titles.values()), "")
