"""Codes mean nothing; they are searched for by their letters alone."""

import pytest

from bank.search.plan import meaning_text
from bank.search.query import parse_query
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
        ("huertos -covid19", "huertos -covid19"),
        ("huertos -informe_2022", "huertos -informe_2022"),
        ("principio:8 huertos", "huertos"),
        ("Año:2018-2023 huertos", "huertos"),
        ("huertos year:2022", "huertos"),
        ("tema:medio-ambiente huertos", "tema:medio-ambiente huertos"),
        ("“plan 2022” barrio", '"plan " barrio'),
    ],
)
def test_codes_are_left_out(text: str, left: str) -> None:
    assert without_codes(text).strip() == left


@pytest.mark.parametrize(
    "q", ["huertos -covid19", "principio:8 huertos", "año:2018-2023 huertos", "huertos year:2022", "-ods4 huertos"]
)
def test_exclusions_and_fields_are_no_part_of_the_meaning(q: str) -> None:
    assert meaning_text(parse_query(without_codes(q))) == "huertos"
