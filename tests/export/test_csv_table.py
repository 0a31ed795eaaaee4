"""CSV: values come back as they were, and no cell is a formula."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bank.export import EXPORT_FORMATS, ExportContext, Record

CSV = EXPORT_FORMATS["csv"]
RISKY = ("=", "+", "-", "@", "\t", "\r", "\0")
RISKY_TEXT = st.builds(lambda head, tail: head + tail, st.sampled_from([*RISKY, '"', "'", ";", "\n", ""]), st.text())


def written(records: list[Record], context: ExportContext) -> bytes:
    stream = io.BytesIO()
    CSV.write(records, stream, context)
    return stream.getvalue()


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_a_row_holds_ids_names_and_texts(plaza: Record, context: ExportContext) -> None:
    (row,) = rows(written([plaza], context))
    assert row["id"] == "7"
    assert row["title"] == "La plaza que enseña: *juego*"
    assert row["summary"] == "Vecinas y vecinos\r\nrecuperan una plaza."
    assert (row["city"], row["country"], row["cities"]) == ("León", "MX", "mx-leon; mx-morelia")
    assert (row["primary_principle"], row["principles"], row["charters"]) == ("11", "11; 5", "2020; 2004")
    assert row["theme_names"] == "Urbanismo y espacio público; Movilidad"
    assert row["objectives"] == "Abrir la plaza; Reunir edades"
    assert row["cost"] == "amount: 120000, currency: MXN, year: 2021"
    assert (row["date"], row["published"]) == ("2021-06", "2024-01-02T03:04:05+00:00")
    assert (row["number"], row["file_licences"]) == ("4", "CC-BY-4.0")


def test_times_are_told_to_the_second(plaza: Record, context: ExportContext) -> None:
    assert plaza.published is not None
    (row,) = rows(written([replace(plaza, published=plaza.published.replace(microsecond=123456))], context))
    assert row["published"] == "2024-01-02T03:04:05+00:00"


def test_names_of_terms_follow_the_reader_and_ids_do_not(plaza: Record, context: ExportContext) -> None:
    (row,) = rows(written([plaza], replace(context, language="en")))
    assert row["themes"] == "urbanismo-espacio-publico; movilidad-sostenible"
    assert row["theme_names"] == "Urban planning and public spaces; Mobility"


def test_columns_do_not_depend_on_the_records(plaza: Record, bare: Record, context: ExportContext) -> None:
    heads = [written(records, context).split(b"\r\n")[0] for records in ([], [plaza], [bare, plaza])]
    assert len(set(heads)) == 1
    names = heads[0].decode("utf-8-sig").split(",")
    assert len(names) == len(set(names))
    assert {"series", "methodology", "council_resolution"} & set(names) == {"series", "methodology"}


def test_the_address_of_an_original_that_is_held_back_is_not_told(plaza: Record, context: ExportContext) -> None:
    held = replace(plaza, files=(replace(plaza.files[0], shown=False),))
    (row,) = rows(written([held], context))
    assert (row["files"], row["file_urls"]) == ("plaza.pdf", "")


def test_what_only_the_network_may_see_is_in_no_column(plaza: Record, context: ExportContext) -> None:
    told = replace(plaza, fields={**plaza.fields, "contact_person": "SECRETA", "mayor_letter": "SECRETA"})
    assert b"SECRETA" not in written([told], context)


def test_an_entry_of_which_little_is_known_is_a_row_too(bare: Record, context: ExportContext) -> None:
    (row,) = rows(written([bare], context))
    assert row["id"] == "8"
    assert row["title"] == row["year"] == row["city"] == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(text=RISKY_TEXT, item=RISKY_TEXT)
def test_any_text_comes_back_and_none_is_a_formula(plaza: Record, context: ExportContext, text: str, item: str) -> None:
    fields = {"methodology": {"es": text}, "departments": {"es": [item]}, "organisation": text}
    told = replace(plaza, titles={"es": text or "x"}, summaries={"es": text or "x"}, fields=fields)
    (row,) = rows(written([told], context))
    assert not any(cell.startswith(RISKY) for cell in row.values())
    for column, value in (("title", text or "x"), ("methodology", text), ("organisation", text), ("departments", item)):
        assert row[column] == (f"'{value}" if value.startswith(RISKY) else value)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", '=HYPERLINK("http://x")'])
def test_a_formula_is_only_shown(plaza: Record, context: ExportContext, cell: str) -> None:
    (row,) = rows(written([replace(plaza, titles={"es": cell})], context))
    assert row["title"] == f"'{cell}"
