"""What pages, API and commands are given to show: frozen, complete, free of SQLAlchemy.

Labels are not in here: they are looked up in the vocabulary when a page knows its reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CityView:
    id: str
    name: str
    country: str | None
    state: str | None = None
    entries: int = 0
    """Published entries in which the city leads or takes part."""
    verified: bool = True
    member: bool = False
    aliases: tuple[str, ...] = ()
    name_history: tuple[Mapping[str, str], ...] = ()
    inegi: str | None = None
    subdivision: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    joined: str | None = None
    roles: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TagView:
    vocabulary: str
    """principle, theme, sdg or group."""
    term: str
    charter: str | None = None
    """2020 or 2004, for principles only."""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class EventView:
    id: str
    kind: str
    titles: Mapping[str, str]
    start: str | None = None
    end: str | None = None
    city: str | None = None
    role: str | None = None
    """The entry's role in it: presented, winner, finalist, related."""


@dataclass(frozen=True, slots=True)
class FileView:
    number: int
    name: str
    media_type: str
    size: int
    digest: str
    pages: int
    licence: str | None
    status: str
    """read, warning, failed or pending."""
    reason: str | None = None
    """An English sentence (a gettext msgid) with its values filled by `reason_values`."""
    reason_values: Mapping[str, str | int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    has_thumbnail: bool = False
    total_pages: int = 0
    shown: bool = True
    """False when rights were not evaluated and the original is held back."""


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An entry in a list."""

    id: int
    uid: str
    kind: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    language: str
    year: int | None
    cities: tuple[CityView, ...]
    """The leading city first."""
    principles: tuple[TagView, ...] = ()
    themes: tuple[TagView, ...] = ()
    files: int = 0
    pages: int = 0
    thumbnail: int | None = None
    """The number of the first file that has a thumbnail."""
    pdfs: tuple[int, ...] = ()
    """Numbers of the files that a browser opens at a page: PDFs that are not held back."""
    in_parts: tuple[int, ...] = ()
    """Numbers of the files that have parts under headings, not pages: all but PDFs."""
    sample: bool = False
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry, whole."""

    card: EntryCard
    status: str
    version: int
    tags: tuple[TagView, ...]
    files: tuple[FileView, ...]
    events: tuple[EventView, ...]
    fields: Mapping[str, object]
    created: datetime
    published: datetime | None
    confirmed: datetime | None
    identifier: str
    """``oai:NAMESPACE:UID``, permanent."""
    missing: tuple[str, ...] = ()
    """Ids of the eight fields that it lacks (an operator may publish without)."""


@dataclass(frozen=True, slots=True)
class PageView:
    """One page's text. `pages` is how many the file has; `numbers` are those that have text or a row."""

    file: FileView
    number: int
    label: str | None
    text: str
    method: str
    confidence: float | None
    flags: tuple[str, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a page or summary. `text` is plain; `marks` are (start, end) character offsets in it of what matched.

    `page` None means that it comes from the title, summary or a field.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    file: int | None = None
    page: int | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class HitView:
    card: EntryCard
    score: float
    reason: str
    """all, some or meaning."""
    snippets: tuple[Snippet, ...] = ()

    @property
    def by_meaning(self) -> bool:
        return self.reason == "meaning"


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FilterOffer:
    """A filter that the words of a search name. `count` is how many entries it finds when nothing else is asked."""

    facet: str
    """theme, principle, sdg or group."""
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchView:
    """A page of search results. `page` counts from 1; `took_ms` is the bank's own time."""

    total: int
    page: int
    size: int
    pages: int
    took_ms: float
    hits: tuple[HitView, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    did_you_mean: str | None = None
    interpreted: str = ""
    """The query as it was read, in the bank's query language."""
    offers: tuple[FilterOffer, ...] = ()
    """Filters that the words name, the longest name first."""
    meant: int = 0
    """How many of the total are found by their meaning alone."""
    corrected: str | None = None
    """What was searched for in place of a misspelt query that finds nothing."""
    dropped: tuple[str, ...] = ()
    """Words that were left out because nothing has them together with the others."""
    described: bool = False
    """True when the query is so long that it is taken as a description."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Exact counts of what is published, and what the worker has still to do."""

    entries: int
    files: int
    pages: int
    cities: int
    pending: Mapping[str, int]
    by_kind: Mapping[str, int] = field(default_factory=dict)
