"""Which entries a search finds, how many, in what order: the rules of design 5, on every engine."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bank.search.document import SearchDocument, SearchPage
from bank.search.engine import Engine
from bank.search.engines.memory import MemoryEngine
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.query import parse_query
from bank.search.request import Filters, SearchRequest
from bank.search.results import PageHit, Results

NETWORKS = SearchDocument(
    id=1,
    version=1,
    language="es",
    kind="experience",
    titles={"es": "Redes de Mujeres sin Violencia", "en": "Networks of Women"},
    summaries={"es": "Una red de vecinas."},
    names=("León", "León, Gto.", "GA2024-18"),
    year=2019,
    cities=("mx-leon",),
    countries=("MX",),
    principles=("8", "20"),
    themes=("igualdad",),
    pages=(
        SearchPage(1, 1, "Las redes se formaron en la ciudad."),
        SearchPage(1, 2, "Los parques urbanos frente al cambio climático son de las mujeres y las redes"),
        SearchPage(1, 3, "de las ciudades educadoras. Educación para jóvenes y niños."),
        SearchPage(2, 1, "Mujeres, mujeres, mujeres."),
    ),
)
PARKS = SearchDocument(
    id=2,
    version=1,
    language="es",
    kind="bulletin",
    titles={"es": "Boletín 1: Ábaco de la ciudad"},
    year=2021,
    cities=("mx-merida", "mx-leon"),
    countries=("MX",),
    principles=("8",),
    themes=("medio-ambiente",),
    fields=("Parques urbanos al cambio frente climático, agua.",),
)
CITY = SearchDocument(
    id=3, version=1, language="en", kind="experience", titles={"en": "Zoo of the city"}, countries=("GB",), year=None
)


@pytest.fixture(params=["plain", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    made: Engine = MemoryEngine() if request.param == "plain" else WhooshEngine.create(tmp_path / "0001")
    made.put([NETWORKS, PARKS, CITY])
    return made


def ask(engine: Engine, text: str, filters: Filters | None = None, **how: object) -> Results:
    return engine.search(replace(SearchRequest(parse_query(text), filters or Filters()), **how))  # type: ignore[arg-type]


def found(engine: Engine, text: str, filters: Filters | None = None, **how: object) -> list[int]:
    return [hit.id for hit in ask(engine, text, filters, **how).hits]


def many(count: int, text: str, first: int = 100) -> list[SearchDocument]:
    return [
        SearchDocument(id=first + turn, version=1, language="es", kind="report", titles={"es": text}, year=2000 + turn)
        for turn in range(count)
    ]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Redes de Mujeres sin violencia", [1]),
        ("red mujer", [1]),
        ("educacion", [1]),
        ("ciudades", [1, 2]),
        ("ciudad", [1, 2]),
        ("joven", [1]),
        ("jóvenes", [1]),
        ("ninos", [1]),
        ('"parques urbanos frente al cambio climático"', [1]),
        ('"PARQUES URBANOS FRENTE AL CAMBIO CLIMATICO"', [1]),
        ('"parque urbano"', []),
        ('"violencia networks"', []),
        ('"y las redes de las ciudades"', [1]),
        ('"niños mujeres"', []),
        ('"parques urbanos" -agua', [1]),
        ("parques -ciudades", []),
        ("violencia OR ábaco", [1, 2]),
        ("the city", [3]),
        ("la ciudad", [1, 2]),
        ("educ*", [1]),
        ("title:redes", [1]),
        ("title:parques", []),
        ('title:"de mujeres"', [1]),
        ("title:muj*", [1]),
        ("city:leon", [1, 2]),
        ("city:mx-leon", [1, 2]),
        ('city:"León, Gto."', [1]),
        ("principle:20", [1]),
        ('theme:"Medio ambiente"', [2]),
        ("-theme:igualdad", [2, 3]),
        ("year:2018-2020", [1]),
        ("GA2024-18", [1]),
        ("leones", []),
        ("Boletín 1: Ábaco", [2]),
        ("nada", []),
        ("de", [1, 2]),
    ],
)
def test_a_query_finds_its_entries(engine: Engine, text: str, ids: list[int]) -> None:
    assert sorted(found(engine, text)) == ids


def test_an_entry_is_found_by_words_in_different_fields(engine: Engine) -> None:
    assert found(engine, "violencia vecinas educadoras GA2024") == [1]


def test_where_few_have_all_words_those_with_three_of_five_come_after_them(engine: Engine) -> None:
    engine.put(many(5, "violencia"))
    results = ask(engine, "parques urbanos cambio climático violencia")
    assert [(hit.id, hit.reason) for hit in results.hits] == [(1, "all"), (2, "some")]
    assert found(engine, "parques violencia vecinas jóvenes niños") == [1]


def test_where_ten_have_all_words_nothing_else_comes(engine: Engine) -> None:
    engine.put(many(10, "agua limpia siempre") + many(5, "agua limpia", 200) + many(9, "siempre", 300))
    assert ask(engine, "agua limpia siempre").total == 10
    engine.drop([100])
    assert ask(engine, "agua limpia siempre").total == 14


def test_few_is_decided_before_filters_so_that_a_count_is_what_its_choice_finds(engine: Engine) -> None:
    engine.put(many(10, "agua limpia siempre") + many(5, "agua limpia", 200) + many(9, "siempre", 300))
    results = ask(engine, "agua limpia siempre")
    assert len(results.facets["year"]) == 10
    for count in results.facets["year"]:
        year = int(count.value)
        chosen = ask(engine, "agua limpia siempre", Filters(year_from=year, year_to=year))
        assert chosen.total == count.count


def test_phrases_fields_and_what_is_excluded_bind_those_with_some_words_too(engine: Engine) -> None:
    engine.put(many(5, "violencia"))
    assert found(engine, 'parques urbanos violencia "cambio frente"') == [2]
    assert found(engine, "parques urbanos violencia year:2021") == [2]
    assert found(engine, "parques urbanos violencia -agua") == [1]


def test_withdrawn_entries_leave_total_hits_and_facets(engine: Engine) -> None:
    results = ask(engine, "", withdrawn=frozenset([1]))
    assert results.total == 2
    assert [hit.id for hit in results.hits] == [2, 3]
    assert [(count.value, count.count) for count in results.facets["principle"]] == [("8", 1)]


def test_without_a_query_everything_comes_newest_first(engine: Engine) -> None:
    assert found(engine, "") == [2, 1, 3]


@pytest.mark.parametrize(("sort", "ids"), [("newest", [2, 1, 3]), ("oldest", [1, 2, 3]), ("title", [2, 1, 3])])
def test_orders_put_entries_without_a_year_last_and_titles_as_in_a_catalogue(
    engine: Engine, sort: str, ids: list[int]
) -> None:
    assert found(engine, "", sort=sort) == ids


def test_equal_entries_come_in_order_of_their_ids(engine: Engine) -> None:
    engine.put(many(4, "uno y mismo")[::-1])
    engine.put([replace(document, year=2000) for document in many(4, "uno y mismo", 300)])
    assert found(engine, "mismo", size=3) == [100, 101, 102]
    assert found(engine, "mismo", sort="title", offset=2, size=4) == [102, 103, 300, 301]


def test_values_inside_a_facet_are_alternatives_and_facets_bind_together(engine: Engine) -> None:
    assert found(engine, "", Filters(theme=("igualdad", "medio-ambiente"))) == [2, 1]
    assert found(engine, "", Filters(theme=("igualdad", "medio-ambiente"), kind=("bulletin",))) == [2]
    assert found(engine, "", Filters(city=("mx-leon",), principle=("20",))) == [1]
    assert found(engine, "", Filters(year_from=2020)) == [2]
    assert found(engine, "", Filters(year_to=2020)) == [1]


def counts(results: Results, facet: str) -> list[tuple[str, int]]:
    return [(count.value, count.count) for count in results.facets[facet]]


def test_a_facets_counts_ignore_its_own_choice_only(engine: Engine) -> None:
    results = ask(engine, "", Filters(theme=("igualdad",), year_from=2019, year_to=2019))
    assert results.total == 1
    assert counts(results, "theme") == [("igualdad", 1)]
    assert counts(results, "year") == [("2019", 1)]
    results = ask(engine, "", Filters(theme=("igualdad",)))
    assert counts(results, "theme") == [("igualdad", 1), ("medio-ambiente", 1)]
    assert counts(results, "kind") == [("experience", 1)]
    assert counts(results, "city") == [("mx-leon", 1)]


def test_counts_are_over_the_whole_result_however_few_hits_are_shown(engine: Engine) -> None:
    results = ask(engine, "", size=1)
    assert results.total == 3
    assert counts(results, "country") == [("MX", 2), ("GB", 1)]
    assert counts(results, "language") == [("es", 2), ("en", 1)]


def test_a_hit_knows_its_pages_best_first(engine: Engine) -> None:
    assert ask(engine, "redes mujeres").hits[0].pages == (PageHit(1, 2), PageHit(2, 1), PageHit(1, 1))
    assert ask(engine, '"y las redes de las ciudades"').hits[0].pages == (PageHit(1, 2),)
    assert ask(engine, "violencia").hits[0].pages == ()


def test_a_hit_tells_at_most_five_pages(engine: Engine) -> None:
    pages = tuple(SearchPage(1, number, "agua") for number in range(1, 9))
    engine.put([replace(CITY, id=9, language="es", pages=pages)])
    hits = {hit.id: hit for hit in ask(engine, "agua").hits}
    assert [page.page for page in hits[9].pages] == [1, 2, 3, 4, 5]


def test_alternatives_of_which_one_is_a_stop_word_are_still_asked_for(engine: Engine) -> None:
    engine.put([replace(CITY, id=9, language="es", titles={"es": "Caminos"})])
    engine.put([replace(CITY, id=10, language="es", titles={"es": "Caminos de violetas"})])
    assert found(engine, "caminos violetas OR la")[0] == 10


def test_a_word_in_a_short_entry_counts_more_than_one_in_a_long_one(engine: Engine) -> None:
    short = replace(CITY, id=10, language="es", titles={"es": "Uno"}, fields=("agua y nada más",))
    engine.put([replace(short, id=9, fields=("agua " + "palabra " * 200,)), short])
    hits = found(engine, "agua")
    assert hits.index(10) < hits.index(9)


def test_a_rare_word_counts_more_than_a_common_one(engine: Engine) -> None:
    engine.put(many(8, "común"))
    bare = replace(CITY, language="es")
    engine.put([replace(bare, id=9, titles={"es": "común fuente"}), replace(bare, id=10, titles={"es": "rara fuente"})])
    assert found(engine, "común rara fuente")[0] == 10


def test_a_word_in_the_title_counts_more_than_one_on_a_page(engine: Engine) -> None:
    blank = SearchDocument(id=10, version=1, language="es", kind="report", titles={"es": "Agua buena"})
    engine.put([blank, replace(blank, id=9, titles={"es": "Cosa buena"}, fields=("agua",))])
    assert found(engine, "agua buena")[:2] == [10, 9]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("educasion", "educación"),
        ("educaion", "educación"),
        ("violencai mujeres", "violencia mujeres"),
        ("jovenez", "jóvenes"),
        ("educacion", None),
        ("xyzzyxy", None),
        ("", None),
        ('"educasion"', None),
    ],
)
def test_a_misspelt_word_is_put_right(engine: Engine, text: str, meant: str | None) -> None:
    assert ask(engine, text).did_you_mean == meant


def test_a_word_that_hardly_anybody_has_is_put_right_where_one_that_sounds_so_is_fifty_times_commoner(
    engine: Engine,
) -> None:
    engine.put([*many(49, "vaca"), replace(CITY, id=9, language="es", titles={"es": "baca"})])
    assert ask(engine, "baca").did_you_mean is None
    engine.put(many(1, "vaca", 300))
    assert ask(engine, "baca").did_you_mean == "vaca"


def test_what_would_find_nothing_is_not_proposed(engine: Engine) -> None:
    assert ask(engine, "educasion year:2021").did_you_mean is None
    engine.drop([1])
    assert ask(engine, "educasion").did_you_mean is None


def test_words_and_titles_are_completed(engine: Engine) -> None:
    def texts(typed: str, limit: int = 8) -> Sequence[str]:
        return [completion.text for completion in engine.complete(typed, limit)]

    assert texts("educ") == ["educación", "educadoras"]
    assert texts("Redes de muj") == ["Redes de mujeres", "Redes de Mujeres sin Violencia"]
    assert texts("bol") == ["boletín", "Boletín 1: Ábaco de la ciudad"]
    assert texts("x") == []
    assert texts("") == []
    engine.drop([1])
    assert "educación" not in texts("educ")


def test_a_long_text_finds_by_its_rarest_words(engine: Engine) -> None:
    text = "Buscamos de la ciudad algo sobre parques urbanos y agua frente al cambio climático en los barrios. " * 4
    results = ask(engine, text)
    assert [(hit.id, hit.reason) for hit in results.hits] == [(2, "all"), (1, "some")]


def test_an_older_version_never_replaces_a_newer_one(engine: Engine) -> None:
    engine.put([replace(CITY, version=3, titles={"en": "Third"})])
    engine.put([replace(CITY, version=2, titles={"en": "Second"})])
    assert engine.versions() == {1: 1, 2: 1, 3: 3}
    assert found(engine, "third") == [3]
    assert found(engine, "second") == []
    assert found(engine, "zoo") == []


def test_the_same_entry_twice_in_one_go_stays_one(engine: Engine) -> None:
    engine.put([replace(CITY, version=2, titles={"en": "Second"}), replace(CITY, version=3, titles={"en": "Third"})])
    assert found(engine, "third") == [3]
    assert found(engine, "second") == []
    assert engine.state().documents == 3


def test_dropping_and_emptying_take_entries_out(engine: Engine) -> None:
    engine.drop([1, 99])
    assert engine.versions() == {2: 1, 3: 1}
    engine.empty()
    assert ask(engine, "").total == 0
    assert engine.state().documents == 0


def test_the_generation_changes_with_what_can_be_found_and_the_position_is_kept(engine: Engine) -> None:
    before = engine.state()
    engine.put([replace(CITY, id=7)], position=41)
    engine.put([], position=42)
    assert engine.state().position == 42
    assert engine.state().generation > before.generation
    engine.drop([7], position=43)
    assert engine.state().position == 43
