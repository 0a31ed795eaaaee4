"""Every engine gives what the plain one gives: the same entries, totals, facets, orders, pages and scores."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bank.search.document import SearchDocument
from bank.search.engine import Engine
from bank.search.engines.memory import MemoryEngine
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.folding import fold_word
from bank.search.query import Word, parse_query
from bank.search.request import Filters, SearchRequest
from bank.search.results import Results
from tests.search import corpus

Made = Callable[[Path], Engine]


def by_blocks(folder: Path) -> Engine:
    return WhooshEngine.create(folder)


def by_steps(folder: Path) -> Engine:
    WhooshEngine.create(folder).close()
    return WhooshEngine(folder, blocks=False)


ENGINES = pytest.mark.parametrize("made", [by_blocks, by_steps])
FEW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)

steps = st.lists(
    st.lists(corpus.documents, min_size=1, max_size=12) | st.frozensets(st.integers(1, 14), max_size=3),
    min_size=1,
    max_size=3,
)


def by_id(document: SearchDocument) -> int:
    return document.id


def tell(engine: Engine, step: list[SearchDocument] | frozenset[int]) -> None:
    if isinstance(step, frozenset):
        engine.drop(step)
    else:
        engine.put(step)


def compare(engine: Engine, plain: Engine, request: SearchRequest) -> None:
    """How a proposed word is written may differ where entries were replaced: which way is commoner is estimated."""
    found, expected = engine.search(request), plain.search(request)
    assert replace(found, did_you_mean=None, respelt=None) == replace(expected, did_you_mean=None, respelt=None)
    assert fold_word(found.did_you_mean or "") == fold_word(expected.did_you_mean or "")
    assert respelt(found) == respelt(expected)


def respelt(results: Results) -> str:
    return fold_word(results.respelt.text()) if results.respelt else ""


@ENGINES
@FEW
@given(steps=steps, requests=st.lists(corpus.requests, min_size=1, max_size=6))
def test_an_engine_answers_as_the_plain_one(
    made: Made, steps: list[list[SearchDocument] | frozenset[int]], requests: list[SearchRequest]
) -> None:
    plain = MemoryEngine()
    with TemporaryDirectory() as folder:
        engine = made(Path(folder) / "0001")
        for step in steps:
            tell(plain, step)
            tell(engine, step)
            assert engine.versions() == plain.versions()
        for request in requests:
            compare(engine, plain, request)


@ENGINES
@settings(FEW, max_examples=5)
@given(documents=st.lists(corpus.documents, min_size=30, max_size=40), requests=st.lists(corpus.requests, min_size=9))
def test_an_engine_whose_segments_were_merged_answers_as_the_plain_one(
    made: Made, documents: list[SearchDocument], requests: list[SearchRequest]
) -> None:
    plain = MemoryEngine()
    with TemporaryDirectory() as folder:
        engine = made(Path(folder) / "0001")
        for document in documents:
            plain.put([document])
            engine.put([document])
        for request in requests:
            compare(engine, plain, request)


@ENGINES
@FEW
@given(
    documents=st.lists(corpus.documents, min_size=1, max_size=12, unique_by=by_id),
    typed=corpus.texts,
    limit=st.integers(1, 9),
    language=st.none() | st.sampled_from(corpus.LANGUAGES),
)
def test_an_engine_completes_as_the_plain_one(
    made: Made, documents: list[SearchDocument], typed: str, limit: int, language: str | None
) -> None:
    plain = MemoryEngine()
    with TemporaryDirectory() as folder:
        engine = made(Path(folder) / "0001")
        plain.put(documents)
        engine.put(documents)
        for length in (2, 3, 5, len(typed)):
            assert engine.complete(typed[:length], limit, language) == plain.complete(typed[:length], limit, language)


@pytest.mark.parametrize("make", [lambda folder: MemoryEngine(), by_blocks, by_steps])
def test_what_lasted_several_years_is_found_and_counted_in_each_of_them(make: Made, tmp_path: Path) -> None:
    engine = make(tmp_path / "0001")
    spans: dict[int, tuple[int | None, int | None]] = {
        1: (2021, 2023), 2: (2022, None), 3: (2022, 2021), 4: (None, 2023), 5: (1900, 9999),
    }  # fmt: skip
    engine.put(
        [
            SearchDocument(number, 1, "es", "experience", {"es": f"Huerto {number}"}, year=first, last_year=last)
            for number, (first, last) in spans.items()
        ]
    )

    def found(query: str = "huerto", year_from: int | None = None, year_to: int | None = None) -> set[int]:
        filters = Filters(year_from=year_from, year_to=year_to)
        return {hit.id for hit in engine.search(SearchRequest(parse_query(query), filters)).hits}

    assert found(year_from=2023, year_to=2023) == {1}
    assert found(year_from=2022, year_to=2022) == {1, 2, 3}
    assert found(year_to=2020) == {5}
    assert found(year_from=2024) == set()
    assert found("huerto year:2023") == {1}
    assert found("huerto -year:2022") == {4, 5}
    counts = {one.value: one.count for one in engine.search(SearchRequest(parse_query("huerto"))).facets["year"]}
    assert {year: counts[year] for year in ("2021", "2022", "2023")} == {"2021": 1, "2022": 3, "2023": 1}
    assert set(counts) == {"2021", "2022", "2023", *map(str, range(1900, 1950))}
    engine.close()


MADE_BY_EACH = pytest.mark.parametrize("make", [lambda folder: MemoryEngine(), by_blocks, by_steps])
TEACHING = {"educación": (Word("enseñanza"),)}


def titled(titles: list[str]) -> list[SearchDocument]:
    return [SearchDocument(at, 1, "es", "experience", {"es": title}) for at, title in enumerate(titles, 1)]


def found_ids(engine: Engine, request: SearchRequest) -> list[int]:
    return [hit.id for hit in engine.search(request).hits]


@MADE_BY_EACH
@pytest.mark.parametrize(
    ("q", "own", "other"),
    [
        ("educación", "Una educadora", "La enseñanza"),
        ("educación parques", "Una educadora", "Los parques y la enseñanza"),
        ("educación parques jardines", "Educación y parques", "Los parques, la enseñanza y los jardines"),
        ("educación", "La educación", "La enseñanza"),
    ],
)
def test_what_means_the_same_takes_no_entry_away(make: Made, tmp_path: Path, q: str, own: str, other: str) -> None:
    engine = make(tmp_path / "0001")
    engine.put(titled([own, *[other] * 12]))
    request = SearchRequest(parse_query(q), meaning=corpus.nearness({1: 0.9}))
    for asked in (request, replace(request, meaning=None)):
        before = set(found_ids(engine, asked))
        assert 1 in before
        assert before <= set(found_ids(engine, replace(asked, synonyms=TEACHING)))
    engine.close()


@MADE_BY_EACH
def test_what_means_the_same_is_found_beside_ten_that_have_the_word(make: Made, tmp_path: Path) -> None:
    engine = make(tmp_path / "0001")
    engine.put(titled([*["La educación"] * 11, "Una educadora", "La enseñanza"]))
    request = SearchRequest(parse_query("educación"))
    assert sorted(found_ids(engine, request)) == list(range(1, 12))
    assert found_ids(engine, replace(request, synonyms=TEACHING)) == [*range(1, 12), 13]
    engine.close()


@MADE_BY_EACH
def test_what_means_the_same_stands_between_the_words_and_the_rest(make: Made, tmp_path: Path) -> None:
    engine = make(tmp_path / "0001")
    engine.put(titled(["La educación", "La enseñanza", "Los alumnos", "Más enseñanza y enseñanza", "La escuela"]))
    near = corpus.nearness({1: 0.2, 2: 0.8, 3: 0.9, 4: 0.1, 5: 0.95})
    request = SearchRequest(parse_query("educación"), synonyms=TEACHING, meaning=near)
    assert found_ids(engine, request) == [1, 2, 4, 5, 3]
    without = [document for document in titled(["", "La enseñanza", "Los alumnos"]) if document.id > 1]
    engine.empty()
    engine.put(without)
    assert found_ids(engine, replace(request, meaning=corpus.nearness({2: 0.1, 3: 0.9}))) == [2, 3]
    scores = [hit.score for hit in engine.search(request).hits]
    assert scores == sorted(scores, reverse=True)
    engine.close()


@MADE_BY_EACH
def test_what_means_the_same_stands_above_what_has_some_of_the_words(make: Made, tmp_path: Path) -> None:
    engine = make(tmp_path / "0001")
    engine.put(titled(["Educación y parques", "Enseñanza y parques", "Educación, educación y nada más", "Otra cosa"]))
    near = corpus.nearness({1: 0.1, 2: 0.1, 3: 0.95, 4: 0.0})
    request = SearchRequest(parse_query("educación parques"), synonyms=TEACHING, meaning=near)
    assert found_ids(engine, request)[:2] == [1, 2]
    engine.close()
