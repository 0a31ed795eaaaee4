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
from bank.search.query import parse_query
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
