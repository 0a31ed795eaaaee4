"""The view of an entry that every export format is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RecordTerm:
    """A vocabulary term as exported. `labels` are by language; `charter` is the version of a principle's number."""

    id: str
    labels: Mapping[str, str]
    iri: str | None = None
    charter: str | None = None
    primary: bool = False


@dataclass(frozen=True, slots=True)
class RecordCity:
    """A city as exported. `country` is an ISO 3166-1 alpha-2 code, `subdivision` an ISO 3166-2 code.

    `inegi` is the code of a Mexican municipality; latitude and longitude are in degrees (WGS 84).
    """

    id: str
    name: str
    country: str | None = None
    subdivision: str | None = None
    inegi: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class RecordFile:
    """An original as exported. `size` is in bytes, `digest` the SHA-256 of its bytes, `url` absolute.

    `licence` None means that rights were not evaluated; `shown` False that the original is held back: its `url` answers
    404.
    """

    number: int
    name: str
    media_type: str
    size: int
    digest: str
    pages: int
    url: str
    licence: str | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """An event that the entry is related to: `role` is presented, winner, finalist or related; `titles` by language."""

    id: str
    titles: Mapping[str, str]
    role: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """Why a search has the entry in its result, and what was searched for in the end.

    `reason` is all (it has all the words, or what means the same), some (but not those that it `lacks`) or meaning.
    `corrected` is what was searched for in place of misspelt words, `dropped` the words that were left out,
    `also_searched` what was searched for beside the words, because it means the same.
    """

    reason: str
    lacks: tuple[str, ...] = ()
    corrected: str | None = None
    dropped: tuple[str, ...] = ()
    also_searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One published entry, ready to be written in any format. Texts map language -> text."""

    id: int
    uid: str
    identifier: str
    """Permanent, independent of the host: ``oai:NAMESPACE:UID``."""
    url: str
    kind: str
    kind_labels: Mapping[str, str]
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    language: str
    year: int | None
    publisher: str
    cities: tuple[RecordCity, ...] = ()
    principles: tuple[RecordTerm, ...] = ()
    themes: tuple[RecordTerm, ...] = ()
    sdgs: tuple[RecordTerm, ...] = ()
    groups: tuple[RecordTerm, ...] = ()
    events: tuple[RecordEvent, ...] = ()
    files: tuple[RecordFile, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    """The kind's fields as stored: str, list, number, or {language: text}."""
    published: datetime | None = None
    updated: datetime | None = None
    date: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD, as precise as it is known."""
    number: str | None = None
    """The number of a bulletin or report in its series."""
    version: int = 1
    sample: bool = False
    network_country: str = ""
    """ISO 3166-1 alpha-2 of the network that runs the bank: numbers in forms are written as there."""
    found: RecordFinding | None = None
    """Why a search found it; None where the export is not of a search for words."""

    @property
    def title(self) -> str:
        """The title in the entry's own language, else the first of the others, else empty."""
        return self.titles.get(self.language) or next(iter(self.titles.values()), "")

    @property
    def summary(self) -> str:
        """The summary in the entry's own language, else the first of the others, else empty."""
        return self.summaries.get(self.language) or next(iter(self.summaries.values()), "")
