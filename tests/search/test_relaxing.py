"""Which word a query without hits gives up."""

import pytest

from bank.search.query import Word, parse_query
from bank.search.relaxing import without_rarest

COUNTS = {"agua": 40, "parques": 12, "zeppelin": 0, "dirigible": 0, "barrio": 3}


def found(word: Word) -> int:
    return COUNTS.get(word.word, 0)


@pytest.mark.parametrize(
    ("text", "left", "given_up"),
    [
        ("agua barrio parques", "agua parques", "barrio"),
        ("agua zeppelin parques", "agua parques", "zeppelin"),
        ("zeppelin agua dirigible", "zeppelin agua", "dirigible"),
        ("agua dirigible dirigible", "agua", "dirigible"),
        ("agua de zeppelin", "agua de", "zeppelin"),
        (
            'agua barrio -parques city:leon year:2018 "la plaza"',
            'agua -parques city:leon year:2018 "la plaza"',
            "barrio",
        ),
        ('zeppelin "parques urbanos"', '"parques urbanos"', "zeppelin"),
        ("zeppelin edu*", "edu*", "zeppelin"),
        ("zeppelin agua OR barrio", "agua OR barrio", "zeppelin"),
        ("zeppelin title:agua", "title:agua", "zeppelin"),
    ],
)
def test_the_rarest_word_is_given_up_and_all_else_stays(text: str, left: str, given_up: str) -> None:
    relaxed = without_rarest(parse_query(text), found)
    assert relaxed is not None
    assert (relaxed[0].text(), relaxed[1]) == (left, Word(given_up))


@pytest.mark.parametrize(
    "text",
    ["", "zeppelin", "el zeppelin", "zeppelin zeppelin", "de la", "zeppelin -agua", "zeppelin year:2018", "agua " * 60],
)
def test_the_last_word_is_never_given_up(text: str) -> None:
    assert without_rarest(parse_query(text), found) is None
