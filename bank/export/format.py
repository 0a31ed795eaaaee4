"""What a format of export is, and what it is told beside the records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, Protocol

from bank.errors import Invalid
from bank.export.record import Record
from bank.messages import N_
from bank.vocabulary import Call, Vocabulary


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What an export is told beside the records.

    `language` is the reader's, for names of terms and headings; `network` is the name of the network that runs the
    bank; `generated` is the moment that the export gives as its own; `call` is the form that a dossier follows.
    """

    language: str
    vocabulary: Vocabulary
    network: str
    generated: datetime
    call: Call | None = None
    paper: Literal["letter", "a4"] = "letter"


class WriteRecords(Protocol):
    """Writes the records, one after the other, as bytes; leaves the stream open. Raises Invalid for too many."""

    def __call__(self, records: Iterable[Record], stream: BinaryIO, context: ExportContext) -> None: ...


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format by its name in commands and addresses.

    `ending` is what follows the dot (``dc.xml``), `media_type` is what HTTP calls it, `many` is False where a file
    holds exactly one record.
    """

    name: str
    ending: str
    media_type: str
    many: bool
    write: WriteRecords


def only_record(records: Iterable[Record]) -> Record:
    """The one record there is. Raises Invalid for none or several."""
    given = iter(records)
    first = next(given, None)
    if first is None or next(given, None) is not None:
        raise Invalid(N_("This format holds exactly one entry."))
    return first
