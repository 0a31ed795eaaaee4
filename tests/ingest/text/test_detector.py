"""Pages whose text is of no use are told from those that read well."""

import pytest

from bank.ingest.text.detector import better_text, judge_text

GOOD = "La ciudad educadora convoca a las escuelas y a las bibliotecas públicas del municipio. " * 3
GLUED = "Cuantosotroslesconfieran lasleyesyreglamentos delaciudad educadoramunicipal yotrasdisposiciones " * 3


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        (GOOD, "good"),
        (GLUED, "glued"),
        ("L a c i u d a d e d u c a d o r a y l a e s c u e l a " * 2, "split"),
        ("Índice " + ". " * 60 + "1", "good"),
        ("corto", "empty"),
        ("", "empty"),
        (GOOD + "\ufffd" * 30, "garbage"),
        ("\ue001\ue002\ue003", "garbage"),
        ("https://example.org/una-direccion-larga-que-no-es-una-palabra " + GOOD, "good"),
    ],
)
def test_the_quality_of_a_page_is_told(text: str, quality: str) -> None:
    assert judge_text(text) == quality


def test_the_better_of_two_readings_is_taken_and_the_first_of_equal_ones() -> None:
    assert better_text(GLUED, GOOD) == GOOD
    assert better_text(GOOD, GLUED) == GOOD
    assert better_text(GOOD, GOOD + " x") == GOOD
    assert better_text("", "corto pero algo que dice") == "corto pero algo que dice"
