"""JSON Lines: one record to a line, lossless. Source: https://jsonlines.org"""

from collections.abc import Iterable
from typing import BinaryIO

from bank.export.format import Context, Format
from bank.export.json_values import text
from bank.export.record import Record


def write(records: Iterable[Record], stream: BinaryIO, context: Context) -> None:
    """Writes a JSON object and a line feed for each record, in UTF-8."""
    for record in records:
        stream.write(f"{text(record)}\n".encode())


JSONL = Format("jsonl", "jsonl", "application/jsonl", many=True, write=write)
