"""What pages, API and commands are given to show: frozen, complete, free of SQLAlchemy.

Labels are not in here: pages look them up in the vocabulary, in their reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bank.search.results import PageHit


@dataclass(frozen=True, slots=True)
class CityView:
    """A city."""

    id: str
    name: str
    country: str | None
    state: str | None = None
    entries: int = 0
    """Number of published entries that name the city; 0 in the cities of a card, where nobody counts."""
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
    """A term of an entry."""

    vocabulary: str
    """principle, theme, sdg or group."""
    term: str
    charter: str | None = None
    """2020 or 2004, for principles only."""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class EventView:
    """An event, and what an entry has to do with it."""

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
    """A file of an entry; `size` in bytes, `digest` the SHA-256 of its bytes."""

    number: int
    name: str
    media_type: str
    size: int
    digest: str
    pages: int
    licence: str | None
    status: str
    """pending, refused, read, warning or failed."""
    reason: str | None = None
    """An English sentence (a gettext msgid), to be filled with `reason_values`."""
    reason_values: Mapping[str, str | int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    has_thumbnail: bool = False
    total_pages: int = 0
    shown: bool = True
    """False where the original is not handed out, such as for rights that are not evaluated."""


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
    """The number of the first file that is not held back and has a thumbnail; None without one."""
    pdfs: tuple[int, ...] = ()
    """Numbers of the PDFs that are not held back: a browser opens them at a page."""
    in_parts: tuple[int, ...] = ()
    """Numbers of the files with parts under headings in place of pages: all but PDFs."""
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
    """Ids of the eight needed fields that it lacks (an operator may publish without)."""


@dataclass(frozen=True, slots=True)
class PageView:
    """One page's text.

    `pages` is how many pages the file has; `method` how the text was got; `confidence` tesseract's mean word confidence
    (0 to 100), None without OCR.
    """

    file: FileView
    number: int
    label: str | None
    text: str
    method: str
    confidence: float | None
    flags: tuple[str, ...]
    pages: int
    furniture: tuple[int, ...] = ()
    """Numbers (from 0) of the text's lines that repeat on most pages: running heads, page numbers."""
    headings: tuple[int, ...] = ()
    """Numbers (from 0) of the text's lines that a Word or Markdown file marks as headings."""


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
    """An entry that a search found, and why."""

    card: EntryCard
    score: float
    reason: str
    """Why it was found: all or some of the words, or meaning."""
    snippets: tuple[Snippet, ...] = ()
    lacks: tuple[str, ...] = ()
    """The words that it lacks, where it was found by some of them."""
    more_pages: tuple[PageHit, ...] = ()
    """Other pages that have the words; there may be more."""

    @property
    def by_meaning(self) -> bool:
        return self.reason == "meaning"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value by which a result can be narrowed, and how many entries of the result have it."""

    value: str
    count: int
    selected: bool
    by_meaning: int = 0
    """How many of them are found by their meaning alone."""


@dataclass(frozen=True, slots=True)
class FilterOffer:
    """A filter offered because the words of a search name its term.

    `count` is how many entries it finds when nothing else is asked.
    """

    facet: str
    """theme, principle, sdg or group."""
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchView:
    """A page of search results. `page` counts from 1; `took_ms` is the time in the bank, in milliseconds."""

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
    also_searched: tuple[str, ...] = ()
    """What was searched for beside the words, because it means the same."""
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
