"""The piece of a page that shows why it was found."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank.search.query import parse_query
from bank.search.snippets import cut_snippet, mark_matches
from tests.search import corpus

PAGE = (
    "Una introducción larga que no dice nada. " * 20
    + "Los parques urbanos\nfrente  al cambio climático en la Ciudad de León: EDUCACIÓN para jóvenes y niños. "
    + "Otra frase que sigue y que tampoco dice nada. " * 20
    + "Al final, un parque urbano solo."
)


def marked(text: str, query: str, language: str = "es") -> list[str]:
    return [text[start:end] for start, end in mark_matches(text, parse_query(query), language)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("educacion", ["EDUCACIÓN"]),
        ("ciudades joven", ["Ciudad", "jóvenes"]),
        ("ninos", ["niños"]),
        ("niños", ["niños"]),
        ("edu*", ["EDUCACIÓN"]),
        ('"parques urbanos frente al cambio climatico"', ["parques urbanos\nfrente  al cambio climático"]),
        ('"parque urbano"', ["parque urbano"]),
        ("parque", ["parques", "parque"]),
        ("title:leon", ["León"]),
        ("leon OR ciudad", ["Ciudad", "León"]),
        ("-leon", []),
        ("city:leon year:2019", []),
        ("la ciudad", ["Ciudad"]),
        ("nada-de-esto", ["nada"] * 20 + ["nada"] * 20),
        ("", []),
    ],
)
def test_what_was_asked_for_is_marked(query: str, found: list[str]) -> None:
    assert marked(PAGE, query) == found


def test_stop_words_are_marked_only_where_nothing_else_is_asked() -> None:
    assert marked("la ciudad de la red", "de la") == ["la", "de", "la"]
    assert marked("la ciudad de la red", "ciudad de la red") == ["ciudad", "red"]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("socio-educativas y Socio–educativo", '"socio educativo"', ["Socio–educativo"]),
        ("nin\u0303os y ca\u0301lculo", "ninos calculo", ["nin\u0303os", "ca\u0301lculo"]),
        ("educa\u00adción", "educación", ["educa\u00adción"]),
        ("reeducación", "educación", []),
        ("İstanbul y la ciudad", "ciudad", ["ciudad"]),
        ("Straße ﬁn ciudad", "strasse ciudad", ["Straße", "ciudad"]),
        ("año ano", "año", ["año"]),
        ("Ωμέγα ciudad", "ciudades", ["ciudad"]),
    ],
)
def test_marks_keep_to_the_letters_of_the_text(text: str, query: str, found: list[str]) -> None:
    assert marked(text, query) == found


def test_forms_are_those_of_the_texts_language() -> None:
    assert marked("The cities of the city", "city", "en") == ["cities", "city"]
    assert marked("As educações e a educação", "educação", "pt") == ["educações", "educação"]
    assert marked("ciudades y más", "ciudad", "gl") == ["ciudades"]


def test_a_piece_shows_the_phrase_whole_in_about_240_characters() -> None:
    piece = cut_snippet(PAGE, parse_query('"cambio climático" parque'), "es")
    assert piece is not None
    text, marks = piece
    assert [text[start:end] for start, end in marks] == ["parques", "cambio climático"]
    assert "urbanos frente al cambio" in text
    assert 200 <= len(text) <= 250
    assert text.startswith("… ")
    assert text.endswith(" …")


def test_a_word_of_a_phrase_is_marked_with_the_phrase_and_by_itself_elsewhere() -> None:
    assert marked("parques urbanos y parques", '"parques urbanos" parques') == ["parques urbanos", "parques"]


def test_a_piece_with_the_phrase_goes_before_one_with_more_words() -> None:
    text = "agua limpia barrio. " + "Nada más que decir aquí. " * 40 + "Los parques urbanos. " + "Nada más. " * 40
    piece = cut_snippet(text, parse_query('"parques urbanos" agua limpia barrio'), "es")
    assert piece is not None
    assert "parques urbanos" in piece[0]


def test_a_short_text_is_shown_whole() -> None:
    assert cut_snippet("La  ciudad\nnueva.", parse_query("ciudad"), "es") == ("La ciudad nueva.", ((3, 9),))


def test_a_text_without_a_match_gives_nothing() -> None:
    assert cut_snippet(PAGE, parse_query("marte"), "es") is None
    assert cut_snippet("", parse_query("marte"), "es") is None


@given(
    st.lists(st.sampled_from(corpus.WORDS) | st.text(max_size=8), max_size=120), corpus.queries, st.integers(20, 300)
)
def test_pieces_hold_words_of_the_text_and_marks_inside_them(words: list[str], query: object, length: int) -> None:
    text = " ".join(words)
    marks = mark_matches(text, query, "es")  # type: ignore[arg-type]
    assert all(start < end <= len(text) for start, end in marks)
    assert all(before[1] <= after[0] for before, after in pairwise(marks))
    piece = cut_snippet(text, query, "es", length)  # type: ignore[arg-type]
    assert (piece is None) == (not marks)
    if piece is not None:
        shown, inside = piece
        assert inside
        for start, end in inside:
            assert " ".join(shown[start:end].split()) in " ".join(text.split())
