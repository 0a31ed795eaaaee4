"""JSON: one record as one object, lossless: the same object as in a line of JSON Lines."""

from collections.abc import Iterable
from typing import BinaryIO

from bank.export.format import ExportContext, ExportFormat, only_record
from bank.export.json_values import record_json
from bank.export.record import Record


def write_json_object(records: Iterable[Record], stream: BinaryIO, context: ExportContext) -> None:
    """Writes the record, indented, in UTF-8. Raises Invalid for none or several."""
    stream.write(f"{record_json(only_record(records), indent=2)}\n".encode())


JSON = ExportFormat("json", "json", "application/json", many=False, write=write_json_object)
