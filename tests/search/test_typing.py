"""What people type and paste: hidden characters, numbers with thousands set apart, hyphens, ñ; on every engine."""

from pathlib import Path

import pytest

from bank.search.document import SearchDocument, SearchPage
from bank.search.engine import Engine
from bank.search.engines.memory import MemoryEngine
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.folding import compounds_as_one, split_words, title_key
from bank.search.query import parse_query
from bank.search.request import SearchRequest
from bank.search.snippets import mark_matches
from bank.web.parameters import clean_query_text

TEXTS = {
    1: "Participaron 1,200 personas en la feria",
    2: "Llegaron 1200 libros",
    3: "Con 1.200 euros, tras la COVID-19",
    4: "Un plan sociocultural contra el covid19",
    5: "Animación socio-cultural para niños",
    6: "La covid 19 y los ninos",
    7: "Sumaron 12,000 firmas en 2018, 200 de ellas de fuera",
}


@pytest.fixture(params=["plain", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    made: Engine = MemoryEngine() if request.param == "plain" else WhooshEngine.create(tmp_path / "0001")
    made.put(
        SearchDocument(
            id=number,
            version=1,
            language="es",
            kind="experience",
            titles={"es": f"Ficha {chr(96 + number)}"},
            pages=(SearchPage(1, 1, text),),
        )
        for number, text in TEXTS.items()
    )
    return made


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("1200", [1, 2, 3]),
        ("1,200", [1, 2, 3]),
        ("1.200", [1, 2, 3]),
        ("12000", [7]),
        ("200", [7]),
        ("covid19", [3, 4, 6]),
        ("COVID-19", [3, 4, 6]),
        ("covid 19", [3, 4, 6]),
        ("sociocultural", [4, 5]),
        ("socio-cultural", [4, 5]),
        ('"sociocultural"', [4, 5]),
        ("niños", [5]),
        ("ninos", [5, 6]),
        ("socio\u00adcultural", [4, 5]),
        ("ni\u200bños", [5]),
        ("\u202aferia\u202c", [1]),
        ("li\u2060bros\ufeff", [2]),
    ],
)
def test_what_is_typed_in_one_way_finds_what_is_written_in_others(engine: Engine, typed: str, ids: list[int]) -> None:
    assert sorted(hit.id for hit in engine.search(SearchRequest(parse_query(typed))).hits) == ids


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Eran 1,200 o 1200 o 1.200", "1200", ["1,200", "1200", "1.200"]),
        ("Eran 21,200 y 12,000", "1200", []),
        ("Eran 1,200 personas", '"1200 personas"', ["1,200 personas"]),
        ("lo socio-cultural y sociocultural", "sociocultural", ["socio-cultural", "sociocultural"]),
        ("lo socio-cultural y sociocultural", "socio-cultural", ["socio-cultural", "sociocultural"]),
        ("la COVID-19, covid19 y covid 19", "covid19", ["COVID-19", "covid19", "covid 19"]),
        ("un plan-piloto", "plan", ["plan"]),
    ],
)
def test_every_way_of_writing_is_marked(text: str, typed: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in mark_matches(text, parse_query(typed), "es")] == marked


def test_thousands_are_joined_and_other_numbers_are_not() -> None:
    assert split_words("1,862 personas (1.014 mujeres y 848 hombres), 2\u00a0345\u00a0678 en total, 12'500") == (
        "1862 personas 1014 mujeres y 848 hombres 2345678 en total 12500".split()
    )
    assert split_words("0,125 2018,200 3,14 1,2345 1.862,50") == "0 125 2018 200 3 14 1 2345 1862 50".split()


def test_a_compound_stands_where_its_first_part_stands() -> None:
    assert compounds_as_one("Un plan socio-cultural, 2018-2019: enseñanza‐aprendizaje") == [
        (2, "sociocultural"),
        (6, "enseñanzaaprendizaje"),
    ]


def test_titles_are_sorted_with_numbers_as_numbers(engine: Engine) -> None:
    titles = ["Boletín 10", "Boletín 2", "Boletín 1", "Boletín 1,200"]
    assert sorted(titles, key=title_key) == ["Boletín 1", "Boletín 2", "Boletín 10", "Boletín 1,200"]
    engine.empty()
    engine.put(
        SearchDocument(id=at, version=1, language="es", kind="bulletin", titles={"es": title})
        for at, title in enumerate(titles)
    )
    assert [hit.id for hit in engine.search(SearchRequest(sort="title")).hits] == [2, 1, 0, 3]


def test_a_pasted_word_is_cleaned_without_being_cut() -> None:
    assert clean_query_text("ni\u200bños\u00ad \u202emar\x00azul") == "niños mar azul"
