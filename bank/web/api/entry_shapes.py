"""What the API answers about one entry and its pages."""

from datetime import datetime

from bank.web.api.search_shapes import EntryShape
from bank.web.api.shapes import Shape


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
