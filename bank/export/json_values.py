"""A record as JSON, losslessly."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date

from bank.export.record import Record

# Characters that are legal inside a JSON string, yet taken for line ends by some programs.
JSON_LINE_END_ESCAPES = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def record_json(record: Record, indent: int | None = None) -> str:
    """The record as JSON text: dates in ISO 8601, texts by language as objects; on one line without `indent`."""
    return json.dumps(to_json_value(record), ensure_ascii=False, allow_nan=False, indent=indent).translate(
        JSON_LINE_END_ESCAPES
    )


def to_json_value(value: object) -> object:
    """The value with dataclasses and mappings as dicts, tuples as lists, dates as ISO 8601 texts; others unchanged."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json_value(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json_value(item) for item in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value
