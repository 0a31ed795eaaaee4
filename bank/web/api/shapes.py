"""What the API answers. What is unknown is null, never left out; additions are free, renames are not."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Common to all: made once, never changed."""

    model_config = ConfigDict(frozen=True)


class SnippetShape(Shape):
    """A piece of text that matches. `file` and `page` are null where it comes from title, summary or a field."""

    file: int | None
    page: int | None
    text: str
    html: str


class EntryShape(Shape):
    """An entry in a list. `principles` are numbers of the Charter of 2020; cities, themes and kind are ids."""

    id: int
    uid: str
    title: str
    kind: str
    city: str | None
    cities: list[str]
    country: str | None
    year: int | None
    language: str
    principles: list[int]
    themes: list[str]
    summary: str | None
    url: str


class HitShape(EntryShape):
    """An entry found. `reason` is all (the words), some (of them) or meaning."""

    score: float
    by_meaning: bool
    reason: str
    snippets: list[SnippetShape]


class FacetShape(Shape):
    value: str
    label: str
    count: int
    selected: bool


class QueryShape(Shape):
    """How the question was understood."""

    q: str
    interpreted: str
    sort: str
    filters: dict[str, list[str]]
    year_from: int | None
    year_to: int | None


class SearchShape(Shape):
    """One page of a result; `total` and the facets' counts are exact over the whole result."""

    total: int
    page: int
    size: int
    pages: int
    took_ms: float
    did_you_mean: str | None
    query: QueryShape
    hits: list[HitShape]
    facets: dict[str, list[FacetShape]]


class SuggestionShape(Shape):
    """`kind` is word, title, city or term."""

    text: str
    kind: str


class SuggestionsShape(Shape):
    suggestions: list[SuggestionShape]


class FileShape(Shape):
    """A file. `size` in bytes, `digest` the SHA-256 of its bytes; `url` is null where rights hold it back."""

    n: int
    name: str
    type: str
    size: int
    pages: int
    digest: str
    licence: str | None
    flags: list[str]
    status: str
    reason: str | None
    url: str | None


class TagShape(Shape):
    """A term of a vocabulary (principle, theme, sdg, group); `charter` is the version of a principle's number."""

    vocabulary: str
    term: str
    label: str
    charter: str | None
    primary: bool


class EventShape(Shape):
    id: str
    kind: str
    title: str
    start: str | None
    end: str | None
    city: str | None
    role: str | None


class EntryWholeShape(EntryShape):
    """An entry, whole. `titles` and `summaries` map language to text; `fields` holds the kind's public fields."""

    status: str
    version: int
    identifier: str
    titles: dict[str, str]
    summaries: dict[str, str]
    fields: dict[str, object]
    files: list[FileShape]
    events: list[EventShape]
    tags: list[TagShape]
    created: datetime
    published: datetime | None
    confirmed: datetime | None


class PageShape(Shape):
    """The text of one page. `method` is how it was read; `confidence` is tesseract's, 0 to 100."""

    file: int
    page: int
    label: str | None
    text: str
    pages: int
    method: str
    confidence: float | None


class TermShape(Shape):
    """A term with its labels; what a vocabulary does not have is null."""

    id: str
    labels: dict[str, str]
    number: int | None
    section: str | None
    summaries: dict[str, str] | None
    iri: str | None
    bank: bool | None
    maps_to: str | None


class TermsShape(Shape):
    terms: list[TermShape]


class CityShape(Shape):
    """A city; latitude and longitude in degrees (WGS 84). `entries` counts those published."""

    id: str
    name: str
    country: str | None
    state: str | None
    subdivision: str | None
    inegi: str | None
    latitude: float | None
    longitude: float | None
    aliases: list[str]
    member: bool
    verified: bool
    entries: int


class CitiesShape(Shape):
    cities: list[CityShape]


class StatsShape(Shape):
    """Exact counts of what is published; `pending` is what the worker has still to do."""

    entries: int
    files: int
    pages: int
    cities: int
    pending: dict[str, int]
    kinds: dict[str, int]


class FaultShape(Shape):
    """A wrong parameter."""

    field: str
    message: str


class ProblemShape(Shape):
    """A failure (RFC 9457). `request_id` finds it in the log."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FaultShape] | None = None
