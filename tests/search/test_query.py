"""What the query language reads, and how it says it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank.search.query import AnyOf, HasTag, InTitle, Not, Phrase, Prefix, Query, Word, Years, parse_query


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Redes de Mujeres", (Word("redes"), Word("de"), Word("mujeres"))),
        ('"Cambio climático" agua', (Phrase(("cambio", "climático")), Word("agua"))),
        ("«Cambio climático»", (Phrase(("cambio", "climático")),)),
        ("-agua", (Not(Word("agua")),)),
        ('-"el agua"', (Not(Phrase(("el", "agua"))),)),
        ("-socio-educativo", (Not(Phrase(("socio", "educativo"))),)),
        ("agua OR fuego OR aire tierra", (AnyOf((Word("agua"), Word("fuego"), Word("aire"))), Word("tierra"))),
        ('agua OR "el mar"', (AnyOf((Word("agua"), Phrase(("el", "mar")))),)),
        ("agua or fuego", (Word("agua"), Word("or"), Word("fuego"))),
        ("OR agua OR", (Word("agua"),)),
        ("agua OR -fuego", (Word("agua"), Not(Word("fuego")))),
        ("educ*", (Prefix("educ"),)),
        ("ed*", (Word("ed"),)),
        ("*ción", (Word("ción"),)),
        ("title:agua", (InTitle(Word("agua")),)),
        ('title:"el agua"', (InTitle(Phrase(("el", "agua"))),)),
        ("title:edu*", (InTitle(Prefix("edu")),)),
        ("title: agua", (Word("title"), Word("agua"))),
        ("city:mx-leon", (HasTag("city", "mx-leon"),)),
        ('city:"San Luis  Potosí"', (HasTag("city", "San Luis Potosí"),)),
        ("principle:8 theme:medio-ambiente", (HasTag("principle", "8"), HasTag("theme", "medio-ambiente"))),
        ("-theme:cultura", (Not(HasTag("theme", "cultura")),)),
        ("year:2018-2020", (Years(2018, 2020),)),
        ("year:2020-2018", (Years(2018, 2020),)),
        ("year:2018", (Years(2018, 2018),)),
        ("year:2018-", (Word("year"), Word("2018"))),
        ("year:[2018", (Word("year"), Word("2018"))),
        ("Boletín 1: la ciudad", (Word("boletín"), Word("1"), Word("la"), Word("ciudad"))),
        ("foo:bar", (Word("foo"), Word("bar"))),
        ("https://example.org/a?b=c", tuple(Word(word) for word in "https example org a b c".split())),
        ('"agua', (Word("agua"),)),
        ("- * : ( ) && || ~2 ^3 \0", (Word("2"), Word("3"))),
        ("", ()),
    ],
)
def test_a_text_is_read(text: str, clauses: tuple[object, ...]) -> None:
    assert parse_query(text).clauses == clauses


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("ciudad:león", "city:león"),
        ('cidade:"São Luís"', 'city:"São Luís"'),
        ("año:2018-2020", "year:2018-2020"),
        ("anio:2018", "year:2018"),
        ("ano:2018", "year:2018"),
        ("principio:8 princípio:9", "principle:8 principle:9"),
        ("tema:cultura", "theme:cultura"),
        ("-tema:cultura", "-theme:cultura"),
        ('título:"el agua" titulo:edu*', 'title:"el agua" title:edu*'),
        ("Ciudad:león AÑO:2018 OR Tema:cultura", "city:león year:2018 OR theme:cultura"),
        ("año:pasado", "año pasado"),
        ("tema: cultura", "tema cultura"),
        ("lema:cultura", "lema cultura"),
    ],
)
def test_fields_have_spanish_and_portuguese_names_with_and_without_accents(text: str, canonical: str) -> None:
    assert parse_query(text).text() == canonical
    assert parse_query(canonical) == parse_query(text)


def test_sixteen_terms_are_read() -> None:
    assert len(parse_query(" ".join("abcdefghijklmnopqrst")).clauses) == 16
    assert parse_query('"' + " ".join("abcdefghijklmnopqrst") + '"').clauses == (Phrase(tuple("abcdefghijklmnop")),)


def test_a_long_text_is_a_description_of_which_5000_characters_are_read() -> None:
    query = parse_query("agua limpia " * 30)
    assert query == Query(description=("agua", "limpia"))
    assert "w4999" not in parse_query(" ".join(f"w{number}" for number in range(5000))).description


def test_a_query_says_how_it_was_read() -> None:
    assert parse_query('Agua  "el MAR" -fuego edu* city:"San Luis" year:2018 a OR b').text() == (
        'agua "el mar" -fuego edu* city:"San Luis" year:2018 a OR b'
    )


@given(st.text(max_size=400))
def test_any_text_can_be_read_and_reads_the_same_when_said_back(text: str) -> None:
    query = parse_query(text)
    if not query.description and len(query.text()) <= 256:
        assert parse_query(query.text()) == query
