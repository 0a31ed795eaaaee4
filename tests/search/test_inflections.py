"""A word in any inflection stands above words that only share its stem; rare words weigh more than common ones."""

from pathlib import Path

import pytest

from bank.search.analysis import form_share, same_stem
from bank.search.document import SearchDocument
from bank.search.engine import Engine
from bank.search.engines.memory import MemoryEngine
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.query import parse_query
from bank.search.request import SearchRequest
from bank.search.results import Results

INFLECTED = {
    "es": """ciudad/ciudades joven/jóvenes niño/niña niños/niñas educadora/educador educativo/educativas
público/públicas género/géneros libro/libros casa/casas caso/casos comunidad/comunidades participar/participan
participar/participaron generar/generada vecinas/vecino alumna/alumnos municipal/municipales país/países
enseñar/enseñan aprender/aprendió luz/luces hija/hijo""",
    "pt": "cidade/cidades educação/educações educadora/educadores participar/participam escola/escolas",
    "ca": "escola/escoles ciutat/ciutats projecte/projectes ciutadà/ciutadans",
    "fr": "école/écoles national/nationaux citoyen/citoyenne ville/villes jeune/jeunes",
    "en": "city/cities school/schools learn/learning garden/gardens educate/educated community/communities",
}
ONLY_OF_ONE_STEM = {
    "es": """género/generar género/generada comunidad/comunicación casa/caso casas/casos libro/libre libros/libres
público/publicación participar/participación educación/educadora""",
    "pt": "comunidade/comunicação",
    "en": "general/generate",
}


def pairs(told: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(language, *pair.split("/")) for language, some in told.items() for pair in some.split()]  # type: ignore[misc]


@pytest.mark.parametrize(("language", "asked", "word"), pairs(INFLECTED))
def test_an_inflection_counts_wholly(language: str, asked: str, word: str) -> None:
    assert form_share(asked, word, language) == 1.0


@pytest.mark.parametrize(("language", "asked", "word"), pairs(ONLY_OF_ONE_STEM))
def test_what_only_shares_a_stem_counts_less(language: str, asked: str, word: str) -> None:
    assert form_share(asked, word, language) < 1.0


@pytest.fixture(params=["plain", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return MemoryEngine() if request.param == "plain" else WhooshEngine.create(tmp_path / "0001")


def put(engine: Engine, first: int, count: int, text: str, language: str = "es") -> None:
    engine.put(
        SearchDocument(id=number, version=1, language=language, kind="report", titles={language: text})
        for number in range(first, first + count)
    )


def ask(engine: Engine, text: str) -> Results:
    return engine.search(SearchRequest(parse_query(text), size=100))


def test_an_entry_with_the_word_stands_above_one_with_its_stem_however_often(engine: Engine) -> None:
    assert same_stem("género", "generada", "es")
    put(engine, 1, 2, "generada generada generar generando generada")
    put(engine, 10, 1, "Un plan largo y con muchas otras palabras que habla de perspectivas y de los géneros")
    assert [hit.id for hit in ask(engine, "género").hits] == [10, 1, 2]


def test_where_ten_have_the_word_those_with_its_stem_are_left_out(engine: Engine) -> None:
    put(engine, 1, 9, "la comunidad")
    put(engine, 50, 5, "la comunicación")
    assert ask(engine, "comunidad").total == 14
    put(engine, 20, 1, "las comunidades")
    assert {hit.id for hit in ask(engine, "comunidad").hits} == {*range(1, 10), 20}


def test_a_rare_word_alone_is_enough_beside_a_common_one_and_not_the_other_way_round(engine: Engine) -> None:
    put(engine, 1, 30, "proyecto de barrio")
    put(engine, 50, 1, "huertos en las azoteas")
    found = ask(engine, "proyecto huertos")
    assert [(hit.id, hit.reason, hit.lacks) for hit in found.hits] == [(50, "some", ("proyecto",))]
    assert (found.complete, found.lacking) == (0, ("proyecto",))


def test_of_three_words_two_are_needed_however_rare_one_is(engine: Engine) -> None:
    put(engine, 1, 30, "proyecto de barrio con jóvenes")
    put(engine, 50, 1, "huertos en las azoteas")
    put(engine, 60, 1, "huertos y proyecto")
    assert [(hit.id, hit.lacks) for hit in ask(engine, "huertos proyecto jóvenes").hits] == [(60, ("jóvenes",))]


def test_a_word_that_no_entry_has_weighs_nothing(engine: Engine) -> None:
    put(engine, 1, 3, "huertos de barrio")
    assert [(hit.id, hit.lacks) for hit in ask(engine, "huertos zeppelin").hits] == [
        (1, ("zeppelin",)), (2, ("zeppelin",)), (3, ("zeppelin",)),
    ]  # fmt: skip


def test_rarity_is_that_in_the_entrys_language(engine: Engine) -> None:
    put(engine, 1, 20, "social", "pt")
    put(engine, 30, 1, "inclusión social", "es")
    put(engine, 40, 10, "inclusión de todos", "es")
    assert ask(engine, "inclusión social").hits[0].id == 30
    assert not {hit.id for hit in ask(engine, "inclusión social").hits} & set(range(1, 21))


def test_of_several_corrections_the_one_that_goes_with_the_other_words_is_taken(engine: Engine) -> None:
    put(engine, 1, 9, "la pesca en el lago")
    put(engine, 20, 2, "el huerto y la pera")
    assert ask(engine, "perca").did_you_mean == "pesca"
    assert ask(engine, "huerto pesra").did_you_mean == "huerto pera"


def test_a_word_is_rather_put_right_into_one_that_says_something(engine: Engine) -> None:
    put(engine, 1, 9, "para todo el barrio")
    put(engine, 20, 2, "la pera del huerto")
    assert ask(engine, "pira").did_you_mean == "pera"
