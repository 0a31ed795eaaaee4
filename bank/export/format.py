"""An export format, and the context that it is given beside the records."""

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
    """What an export is given beside the records.

    `language` is the reader's, for names of terms and headings; `network` is the name of the network that runs the
    bank; `generated` is the moment that the export states as its own, in the network's time zone; `call` is the call
    whose form a Word document follows, `paper` the paper size of Word documents.
    """

    language: str
    vocabulary: Vocabulary
    network: str
    generated: datetime
    call: Call | None = None
    paper: Literal["letter", "a4"] = "letter"


class WriteRecords(Protocol):
    """Writes the records, one after the other, as bytes; leaves the stream open.

    A format with `many` False raises Invalid unless there is exactly one record; Word also without a call.
    """

    def __call__(self, records: Iterable[Record], stream: BinaryIO, context: ExportContext) -> None: ...


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """An export format. `name` is used in commands and in the table.

    `ending` stands after the dot in addresses and file names (``dc.xml``), `media_type` is the Content-Type, `many` is
    False where a file holds exactly one record.
    """

    name: str
    ending: str
    media_type: str
    many: bool
    write: WriteRecords


def only_record(records: Iterable[Record]) -> Record:
    """The one record of `records`. Raises Invalid for none or several."""
    given = iter(records)
    first = next(given, None)
    if first is None or next(given, None) is not None:
        raise Invalid(N_("This format holds exactly one entry."))
    return first
