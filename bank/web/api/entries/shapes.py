"""Response bodies about one entry and its pages."""

from datetime import datetime

from bank.web.api.search.shapes import EntryShape
from bank.web.api.shapes import FaultShape, Shape


class FindingShape(Shape):
    """What looks like personal data on a page, without the data. `kind`: curp, phone, mail or list."""

    kind: str
    page: int
    count: int


class FileShape(Shape):
    """A file. `size` is in bytes, `digest` the SHA-256 of its bytes; `url` is null where its rights hold it back.

    The last four are null for those who do not work on the entry: the field that it is an attachment for, who can be
    recognised in it (nobody, adults, minors), where their consents are, and what looks like personal data.
    """

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
    purpose: str | None
    people: str | None
    consents: str | None
    personal: list[FindingShape] | None


class ImageShape(Shape):
    """A picture; `texts` is its alternative text by language. The last two are null for those who do not work on it."""

    n: int
    name: str
    width: int
    height: int
    texts: dict[str, str]
    author: str
    licence: str | None
    url: str
    people: str | None
    consents: str | None


class TagShape(Shape):
    """A term of a vocabulary (principle, theme, sdg, group); `charter` is the version of a principle's number."""

    vocabulary: str
    term: str
    label: str
    charter: str | None
    primary: bool


class EventShape(Shape):
    """An event that the entry is related to; `start` and `end` as YYYY, YYYY-MM or YYYY-MM-DD."""

    id: str
    kind: str
    title: str
    start: str | None
    end: str | None
    city: str | None
    role: str | None


class SaidShape(Shape):
    """A step in the history of the entry; `who` is a name, empty for the operator."""

    act: str
    who: str
    moment: datetime
    remarks: str
    second: str


class MeterShape(Shape):
    """How complete the entry is, in fields; `criteria` maps a criterion of the award to [filled, of how many]."""

    needed: int
    needed_filled: int
    fields: int
    filled: int
    criteria: dict[str, tuple[int, int]]


class WorkShape(Shape):
    """The part of an entry that only those see who work on it; all null for everybody else.

    `values` are as a PATCH takes them; `proposed` tells where values come from that nobody has touched yet; `faults`
    keep the entry from being published; `may` lists the acts that the token allows now; `agreed`: the present
    agreement was accepted; `job` is the job that reads the files.
    """

    since: datetime | None = None
    updated: datetime | None = None
    values: dict[str, object] | None = None
    proposed: dict[str, dict[str, object]] | None = None
    faults: list[FaultShape] | None = None
    meter: MeterShape | None = None
    steps: list[SaidShape] | None = None
    may: list[str] | None = None
    agreed: bool | None = None
    job: int | None = None


class EntryWholeShape(EntryShape, WorkShape):
    """A whole entry. `titles` and `summaries` map language to text; `fields` has the kind's public fields."""

    status: str
    version: int
    identifier: str
    titles: dict[str, str]
    summaries: dict[str, str]
    fields: dict[str, object]
    files: list[FileShape]
    images: list[ImageShape]
    events: list[EventShape]
    tags: list[TagShape]
    created: datetime
    published: datetime | None
    confirmed: datetime | None


class PageShape(Shape):
    """The text of one page. `method` is how it was read; `confidence` is that of tesseract (OCR), 0 to 100."""

    file: int
    page: int
    label: str | None
    text: str
    pages: int
    method: str
    confidence: float | None
