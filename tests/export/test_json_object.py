"""JSON and JSON Lines: nothing is lost, and one record is one line."""

import io
import json
from dataclasses import asdict, replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bank.errors import Invalid
from bank.export import EXPORT_FORMATS, ExportContext, Record


def written(name: str, records: list[Record], context: ExportContext) -> bytes:
    stream = io.BytesIO()
    EXPORT_FORMATS[name].write(records, stream, context)
    return stream.getvalue()


def as_read(record: Record) -> object:
    """The record after a way through JSON, made by other means than the export's."""
    return json.loads(json.dumps(asdict(record), default=datetime.isoformat))


def test_every_field_of_the_record_is_in_its_line(plaza: Record, context: ExportContext) -> None:
    assert json.loads(written("jsonl", [plaza], context)) == as_read(plaza)


def test_what_is_unknown_is_null_and_not_left_out(bare: Record, context: ExportContext) -> None:
    read = json.loads(written("jsonl", [bare], context))
    assert read["year"] is None
    assert read["published"] is None
    assert read["files"] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(st.text() | st.sampled_from(["\n", "\r\n", "\u2028", "\u2029", "\x85", "\x1c"]), max_size=4))
def test_one_line_for_each_record_whatever_it_says(plaza: Record, context: ExportContext, texts: list[str]) -> None:
    records = [replace(plaza, titles={"es": text}, fields={"context": {"es": text}}) for text in texts]
    lines = written("jsonl", records, context).decode().splitlines()
    assert [json.loads(line) for line in lines] == [as_read(record) for record in records]


def test_json_is_the_same_object(plaza: Record, context: ExportContext) -> None:
    assert json.loads(written("json", [plaza], context)) == as_read(plaza)


@pytest.mark.parametrize("count", [0, 2])
def test_json_holds_exactly_one_entry(plaza: Record, context: ExportContext, count: int) -> None:
    with pytest.raises(Invalid):
        written("json", [plaza] * count, context)
