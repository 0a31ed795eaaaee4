"""JSON: one record as one object, lossless; the same object that a line of JSON Lines holds."""

from collections.abc import Iterable
from typing import BinaryIO

from bank.export.format import Context, Format, only
from bank.export.json_values import text
from bank.export.record import Record


def write(records: Iterable[Record], stream: BinaryIO, context: Context) -> None:
    """Writes the record, indented, in UTF-8. Raises Invalid for none or several."""
    stream.write(f"{text(only(records), indent=2)}\n".encode())


JSON = Format("json", "json", "application/json", many=False, write=write)
