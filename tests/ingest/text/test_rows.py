"""Rows of tables as they are shown in running text."""

import pytest

from bank.ingest.text.rows import readable_rows, without_bars


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("Ciudad | León", "Ciudad · León"),
        ("Ciudad |  | León", "Ciudad · León"),
        ("a | b | c", "a · b · c"),
        ("a|b", "a|b"),
    ],
)
def test_cells_stand_between_dots(row: str, shown: str) -> None:
    assert without_bars(row) == shown


def test_rows_end_where_another_line_follows() -> None:
    text = "Ficha\nCiudad | León\nFin | Aprender.\nmás\n\nAño | 2020"
    assert readable_rows(text, "docx") == "Ficha\nCiudad · León;\nFin · Aprender.\nmás\n\nAño · 2020"


def test_bars_of_a_pdf_are_its_own() -> None:
    assert readable_rows("Tel. 1 | Tel. 2", "pdfium") == "Tel. 1 | Tel. 2"
