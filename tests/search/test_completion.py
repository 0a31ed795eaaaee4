"""What is proposed while somebody types: words that say something, in the reader's language where there are some."""

from pathlib import Path

import pytest

from bank.search.document import SearchDocument
from bank.search.engine import Engine
from bank.search.engines.memory import MemoryEngine
from bank.search.engines.whoosh_engine import WhooshEngine

ENTRIES = [
    SearchDocument(
        id=1,
        version=1,
        language="es",
        kind="experience",
        titles={"es": "Plan de lectura con los barrios", "pt": "Plano de leitura com os bairros"},
        fields=(
            "Participación, participaciones, bibliotecas y biblioteca; parques, parque y para 2019 con 20 plazas.",
        ),
    ),
    SearchDocument(
        id=2,
        version=1,
        language="es",
        kind="report",
        titles={"es": "Planes"},
        fields=("Parques, participación y biblioteca en la ciudad educadora.",),
    ),
    *(
        SearchDocument(
            id=number,
            version=1,
            language="pt",
            kind="report",
            titles={"pt": "Plano de bairro"},
            fields=("Participação, parcerias e bibliotecas; parque da cidade educadora com projetos.",),
        )
        for number in range(3, 8)
    ),
    SearchDocument(id=8, version=1, language="en", kind="report", titles={"en": "Planning with parks"}),
]


@pytest.fixture(params=["plain", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    made: Engine = MemoryEngine() if request.param == "plain" else WhooshEngine.create(tmp_path / "0001")
    made.put(ENTRIES)
    return made


def words(engine: Engine, typed: str, language: str | None = None) -> list[str]:
    return [one.text for one in engine.complete(typed, 8, language) if one.kind == "word"]


def titles(engine: Engine, typed: str, language: str | None = None) -> list[str]:
    return [one.text for one in engine.complete(typed, 8, language) if one.kind == "title"]


def test_words_of_the_readers_language_come_first_and_then_the_others(engine: Engine) -> None:
    assert words(engine, "par", "es") == ["parques", "participación", "parcerias", "participação", "parks"]
    assert words(engine, "par", "pt") == ["parcerias", "parque", "participação", "participación", "parks"]
    assert words(engine, "par", "en")[0] == "parks"


def test_without_a_language_the_commonest_word_comes_first(engine: Engine) -> None:
    assert words(engine, "par")[:2] == ["parque", "parcerias"]


def test_articles_and_figures_are_never_proposed(engine: Engine) -> None:
    for typed in ("co", "con", "pa", "para", "20", "201", "de", "l"):
        proposed = words(engine, typed, "es")
        assert not {"con", "com", "para", "20", "2019", "de", "los"} & set(proposed)
    assert engine.complete("20", 8, "es") == ()


def test_a_word_is_proposed_in_one_number_only(engine: Engine) -> None:
    assert words(engine, "biblio", "es") == ["biblioteca"]
    assert words(engine, "biblio", "pt") == ["bibliotecas"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("PARTICIPACIO", "participación"),
        ("viblio", "bibliotecas"),
        ("bibilo", "bibliotecas"),
        ("partisi", "participación"),
        ("vivliote", "bibliotecas"),
        ("partic", "participación"),
        ("edukad", "educadora"),
        ("la viblio", "la bibliotecas"),
    ],
)
def test_beginnings_without_accents_or_misspelt_go_on(engine: Engine, typed: str, first: str) -> None:
    assert words(engine, typed, "es")[0] == first


@pytest.mark.parametrize("typed", ["xqzw", "hhhhh", "bib lio", "zzzzzzzzz", "socio-bibl", "·····", "-", "parque"])
def test_what_begins_like_nothing_has_no_proposal(engine: Engine, typed: str) -> None:
    assert not [word for word in words(engine, typed, "es") if "biblio" in word or "particip" in word]


def test_a_word_that_no_entry_has_any_more_is_not_proposed(engine: Engine) -> None:
    engine.drop([1, 2])
    assert "participación" not in words(engine, "par", "es") + words(engine, "partisi", "es")


def test_titles_of_the_readers_language_hide_the_others(engine: Engine) -> None:
    assert titles(engine, "plan", "es") == ["Plan de lectura con los barrios", "Planes"]
    assert titles(engine, "plan", "pt") == ["Plano de bairro", "Plano de leitura com os bairros"]
    assert titles(engine, "plan", "en") == ["Planning with parks"]


def test_where_no_title_is_of_the_readers_language_all_are_proposed(engine: Engine) -> None:
    assert titles(engine, "plano", "es") == ["Plano de bairro", "Plano de leitura com os bairros"]
    assert len(titles(engine, "plan", "ca")) == 4
