"""Codes mean nothing; they are searched for by their letters alone."""

import pytest

from bank.workflow.search.codes import without_codes


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("AB-4471-ZQ", ""),
        ("ERR_CONNECTION_REFUSED", ""),
        ("informe_final_2022.pdf", ""),
        ("folio 00098231-B", "folio"),
        ("COVID-19 en escuelas", "COVID en escuelas"),
        ("agenda-2030", "agenda"),
        ("title:covid19 huertos", "title:covid huertos"),
        ('"plan 2022" barrio', '"plan " barrio'),
        ("huertos de barrio", "huertos de barrio"),
        ("niñas_y_niños", ""),
        ("_huertos_ de barrio", "_huertos_ de barrio"),
    ],
)
def test_codes_are_left_out(text: str, left: str) -> None:
    assert without_codes(text).strip() == left
