"""JSON Lines: one record to a line, lossless. Source: https://jsonlines.org"""

from collections.abc import Iterable
from typing import BinaryIO

from bank.export.format import ExportContext, ExportFormat
from bank.export.json_values import record_json
from bank.export.record import Record


def write_json_lines(records: Iterable[Record], stream: BinaryIO, context: ExportContext) -> None:
    """Writes a JSON object and a line feed for each record, in UTF-8."""
    for record in records:
        stream.write(f"{record_json(record)}\n".encode())


JSONL = ExportFormat("jsonl", "jsonl", "application/jsonl", many=True, write=write_json_lines)
