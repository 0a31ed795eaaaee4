"""Downloads of a search say why each entry was found, and what was searched for in the end."""

import csv
import io
import json
from dataclasses import replace

import pytest

from bank.export import EXPORT_FORMATS, ExportContext, Record, RecordFinding
from bank.messages import say

BY_MEANING = RecordFinding("meaning", (), "huertos escolares", ("zanfoña",), ("ayuntamiento", "casa -- consistorial"))
BY_SOME = RecordFinding("some", ("turnos",))


def written(name: str, record: Record, context: ExportContext) -> str:
    stream = io.BytesIO()
    EXPORT_FORMATS[name].write([record], stream, context)
    return stream.getvalue().decode("utf-8-sig")


def test_a_table_has_columns_for_it(plaza: Record, context: ExportContext) -> None:
    columns = ("found_by", "found_lacking", "found_corrected", "found_dropped", "found_also_searched")

    def row(found: RecordFinding) -> list[str]:
        told = next(csv.DictReader(io.StringIO(written("csv", replace(plaza, found=found), context))))
        return [told[column] for column in columns]

    assert row(BY_MEANING) == ["meaning", "", "huertos escolares", "zanfoña", "ayuntamiento; casa -- consistorial"]
    assert row(BY_SOME) == ["some", "turnos", "", "", ""]


def test_a_table_of_all_entries_leaves_them_empty(plaza: Record, context: ExportContext) -> None:
    row = next(csv.DictReader(io.StringIO(written("csv", plaza, context))))
    assert [value for column, value in row.items() if column.startswith("found_")] == [""] * 5


def test_json_lines_hold_it_losslessly(plaza: Record, context: ExportContext) -> None:
    told = json.loads(written("jsonl", replace(plaza, found=BY_MEANING), context))["found"]
    assert told == {
        "reason": "meaning",
        "lacks": [],
        "corrected": "huertos escolares",
        "dropped": ["zanfoña"],
        "also_searched": ["ayuntamiento", "casa -- consistorial"],
    }
    assert json.loads(written("jsonl", plaza, context))["found"] is None


@pytest.mark.parametrize("name", ["ris", "dc"])
def test_other_formats_say_it_in_a_note(plaza: Record, context: ExportContext, name: str) -> None:
    text = written(name, replace(plaza, found=BY_MEANING), context)
    assert say("Found by its meaning alone.", context.language) in text
    assert "zanfoña" in text
    assert "ayuntamiento" in text
    some = written(name, replace(plaza, found=BY_SOME), context)
    assert "turnos" in some
    assert say("Found by its meaning alone.", context.language) not in written(name, plaza, context)


def test_what_may_have_only_the_synonym_is_not_said_to_have_the_words(plaza: Record, context: ExportContext) -> None:
    by_words, beside = RecordFinding("all"), RecordFinding("all", also_searched=("ayuntamiento",))
    sentence = say("Found by the words of the search.", context.language)
    assert sentence in written("ris", replace(plaza, found=by_words), context)
    text = written("ris", replace(plaza, found=beside), context)
    assert sentence not in text
    assert say("Found by the words of the search, or by what means the same.", context.language) in text
