"""Sample records and sample files. Terms, cities and events are ids of the vocabularies."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """An event that a sample is related to: its id, and the role: presented, winner, finalist or related."""

    event: str
    role: str


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """The values of a sample's entry. `city` leads, `cities` take part; texts are by language.

    `principles` are numbers of the Charter of 2020, the first is the primary one; `fields` are the values of the kind's
    own fields.
    """

    kind: str
    language: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    city: str
    cities: tuple[str, ...]
    year: int
    themes: tuple[str, ...]
    principles: tuple[int, ...]
    sdgs: tuple[str, ...]
    groups: tuple[str, ...]
    events: tuple[SampleEvent, ...]
    fields: Mapping[str, object]

    @property
    def title(self) -> str:
        """The title in the entry's own language."""
        return self.titles[self.language]

    @property
    def summary(self) -> str:
        """The summary in the entry's own language."""
        return self.summaries[self.language]


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """An entry without a file. `year_inferred`: the source does not state the year.

    `source` says where the facts come from.
    """

    id: str
    entry: SampleEntry
    year_inferred: bool
    source: str


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A sample file and the entry to make from it.

    Where `record` names a sample record, the file is added to that record's entry instead.
    """

    path: Path
    entry: SampleEntry
    licence: str
    record: str | None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name
