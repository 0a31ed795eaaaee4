"""RIS, read back with another program's parser."""

import io
import re
from dataclasses import replace
from typing import Any

import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bank.export import EXPORT_FORMATS, ExportContext, Record


def written(records: list[Record], context: ExportContext) -> str:
    stream = io.BytesIO()
    EXPORT_FORMATS["ris"].write(records, stream, context)
    return stream.getvalue().decode()


def read(text: str) -> list[dict[str, Any]]:
    return rispy.loads(text, newline="\r\n")  # type: ignore[no-any-return]


def test_a_reference_manager_reads_what_was_written(plaza: Record, context: ExportContext) -> None:
    (found,) = read(written([plaza], context))
    assert found["type_of_reference"] == "RPRT"
    assert found["id"] == plaza.uid
    assert found["title"] == "La plaza que enseña: *juego*"
    assert found["authors"] == ["Dirección de Educación,"]
    assert (found["year"], found["date"]) == ("2019", "2021/06")
    assert found["publisher"] == "Red de prueba"
    assert found["place_published"] == "León, México; Morelia, México"
    assert found["abstract"] == "Vecinas y vecinos recuperan una plaza."
    assert found["keywords"][:2] == ["Urbanismo y espacio público", "Movilidad"]
    assert found["urls"] == [plaza.url]
    assert (found["language"], found["number"]) == ("es", "4")
    assert found["file_attachments1"] == plaza.files[0].url


def test_the_address_of_an_original_that_is_held_back_is_not_told(plaza: Record, context: ExportContext) -> None:
    held = replace(plaza, files=(replace(plaza.files[0], shown=False),))
    assert "file_attachments1" not in read(written([held], context))[0]


def test_lines_end_with_crlf_and_tags_with_two_blanks_and_a_hyphen(plaza: Record, context: ExportContext) -> None:
    text = written([plaza], context)
    assert text.count("\n") == text.count("\r\n")
    lines = [line for line in text.split("\r\n") if line]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - RPRT", "ER  - ")


def test_a_city_is_the_author_where_no_organisation_is_named(plaza: Record, context: ExportContext) -> None:
    (found,) = read(written([replace(plaza, fields={})], context))
    assert found["authors"] == ["León,", "Morelia,"]


def test_an_entry_of_which_little_is_known_is_readable(bare: Record, context: ExportContext) -> None:
    (found,) = read(written([bare], context))
    assert found["id"] == "U8"
    assert "year" not in found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    text=st.text(min_size=1) | st.sampled_from(["a\r\nER  - \r\nTY  - JOUR", "x\u2028y", "\x1cER  - ", "**", "a*b,"])
)
def test_no_text_breaks_out_of_its_line(plaza: Record, context: ExportContext, text: str) -> None:
    odd = replace(plaza, titles={"es": text}, summaries={"es": text}, fields={"organisation": text}, publisher=text)
    produced = written([odd, plaza], context)
    found = read(produced)
    assert [one["id"] for one in found] == [plaza.uid, plaza.uid]
    assert found[1]["title"] == "La plaza que enseña: *juego*"
    assert len(produced.splitlines()) == produced.count("\r\n")
    assert not any("*" in author for author in found[0].get("authors", []))
