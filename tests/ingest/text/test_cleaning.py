"""The rules of clean-up, one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank.ingest.text.cleaning import (
    clean_text,
    index_text,
    mark_joins,
    settle_joins,
    without_private_characters,
    words_of_document,
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("ayunta-\nmiento", "ayuntamiento"),
        ("ayunta-\nmiento aprobó", "ayuntamiento\naprobó"),
        ("ayunta\u2010 \n miento.", "ayuntamiento."),
        ("ayunta\x02miento", "ayuntamiento"),
        ("pro\u00adgrama\u00ad\nción", "programación"),
        ("2024-\n2025", "2024-\n2025"),
        ("2024\x022025", "2024-2025"),
        ("GCT-\nINDECOPI", "GCT-\nINDECOPI"),
        ("a-\nb", "a-\nb"),
        ("uno\r\ndos\rtres\u2028cuatro", "uno\ndos\ntres\ncuatro"),
        ("a\u00a0 \t b\n\n\n\nc ", "a b\n\nc"),
        ("\ud800x\udc00", "\ufffdx\ufffd"),
        ("o\ufb01cina \ufb02or", "oficina flor"),
        ("n.º 1ª ½ m²", "n.º 1ª ½ m²"),
        ("educaci´on ni˜no per´ıodo Educaci´ on ling¨uista", "educación niño período Educación lingüista"),
        ("fran¸cais", "français"),
        ("educacio\u0301n", "educación"),
        ("a\x00b\x07c\u200bd\u202ee\ufefff\ufffeg", "abcdefg"),
    ],
)
def test_text_is_cleaned(raw: str, shown: str) -> None:
    assert clean_text(raw) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Índice\n\ue001\n\ue002 \n\uf8ff\n\nArtículo 1", "Índice\n\nArtículo 1"),
        ("\uf0b7 uno\n\uf0b7 dos", "uno\ndos"),
        ("a\n\nb", "a\n\nb"),
        ("\ue001\ue002\ue003 \ue004 y", "\ue001\ue002\ue003 \ue004 y"),
    ],
)
def test_signs_without_meaning_go_unless_they_are_most_of_the_text(text: str, shown: str) -> None:
    assert without_private_characters(text) == shown


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_becomes_text_that_can_be_kept(raw: str) -> None:
    shown = clean_text(raw)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not any(character < " " and character != "\n" for character in shown)
    assert shown == shown.strip()


def test_a_word_with_a_hyphen_of_its_own_keeps_it() -> None:
    pages = ["El contrato-\nprograma se firma.", "Un contrato de un programa municipal."]
    marked = [mark_joins(page) for page in pages]
    assert settle_joins(marked[0], words_of_document(marked)) == "El contrato-programa\nse firma."
    known_joined = words_of_document([*marked, "contratoprograma"])
    assert settle_joins(marked[0], known_joined) == "El contratoprograma\nse firma."


def test_the_text_for_the_index_has_no_furniture() -> None:
    assert index_text("Ayuntamiento\nHuertos n.º 2\n7", [0, 2]) == "Huertos n.o 2"


@pytest.mark.parametrize(
    ("text", "following", "indexed"),
    [
        ("los parques", "urbanos frente al cambio", "los parques urbanos frente al cambio"),
        ("los ayunta-", "mientos deciden", "los ayuntamientos deciden"),
        ("los parques.", "Otra página", "los parques."),
        ("los parques", "", "los parques"),
        ("a", "1 2 3 4 5 6 7 8 9 10 11 12", "a 1 2 3 4 5 6 7 8 9 10"),
    ],
)
def test_a_sentence_over_the_page_end_is_found_on_the_page_where_it_begins(
    text: str, following: str, indexed: str
) -> None:
    assert index_text(text, (), following) == indexed
