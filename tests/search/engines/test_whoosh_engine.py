"""What is Whoosh's own: private names that may go, files that may be damaged, work that must stay small."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.reading import SegmentReader

from bank.search.document import SearchDocument, SearchPage
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.engines.whoosh_engine.finding import PostingsCache, SegmentMatches
from bank.search.engines.whoosh_engine.lexicon import lexicon_path, load_lexicon
from bank.search.engines.whoosh_engine.merging import LARGEST_MERGED_ORDER, SEGMENTS_PER_MERGE, BlockReader
from bank.search.engines.whoosh_engine.pool import ArrayPostingPool
from bank.search.engines.whoosh_engine.postings import postings_by_block, postings_by_step
from bank.search.engines.whoosh_engine.schema import NUL, WORDS_FIELD
from bank.search.query import Word, parse_query
from bank.search.request import SearchRequest


def entry(number: int, text: str = "agua de la ciudad") -> SearchDocument:
    pages = (SearchPage(1, 1, f"{text} {number}"),)
    return SearchDocument(id=number, version=1, language="es", kind="report", titles={"es": "Agua"}, pages=pages)


def test_the_version_that_was_measured_is_the_one_installed() -> None:
    assert version("whoosh-reloaded") == "2.7.5"


def test_blocks_and_steps_read_the_same_postings(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "1")
    engine.put(entry(number, "agua " * (number % 5 + 1)) for number in range(1, 301))
    (segment,) = engine.reading.snapshot().segments
    term = NUL.join(("es", "agu", "agua")).encode()
    blocks, steps = (
        postings_by_block(segment.reader, WORDS_FIELD, term),
        postings_by_step(segment.reader, WORDS_FIELD, term),
    )
    assert len(blocks[0]) == 300
    assert [list(column) for column in blocks] == [list(column) for column in steps]


def test_where_a_private_name_is_gone_postings_are_read_step_by_step(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "1")
    engine.put(entry(number) for number in range(1, 21))
    (segment,) = engine.reading.snapshot().segments
    hidden = segment.reader._terms

    class Without:
        """The reader's terms without the block reader's way in."""

        def matcher(self, *asked: object, **how: object) -> object:
            made = hidden.matcher(*asked, **how)
            if not how:
                del made._atend
            return made

        def __getattr__(self, name: str) -> object:
            return getattr(hidden, name)

    segment.reader._terms = Without()
    with pytest.raises(AttributeError):
        postings_by_block(segment.reader, WORDS_FIELD, NUL.join(("es", "agu", "agua")).encode())
    assert engine.search(SearchRequest(parse_query("agua ciudades"))).total == 20
    segment.reader._terms = hidden


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 9), st.binary(max_size=9)), max_size=60))
def test_a_pool_gives_back_what_it_took_in_order_however_often_it_spills(rows: list[tuple[str, int, bytes]]) -> None:
    items = [("f", term.encode(), number, float(weight), value) for number, (term, weight, value) in enumerate(rows)]
    for limit in (1, 900, 1 << 30):
        pool = ArrayPostingPool(Path("/tmp"), limit)
        for item in items:
            pool.add(item)
        assert list(pool.iter_postings()) == sorted(items)
        pool.cleanup()


def test_a_large_segment_keeps_its_lexicon_and_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "1")
    engine.put(entry(number) for number in range(1, 101))
    (segment,) = engine.reading.snapshot().segments
    path = lexicon_path(tmp_path / "1", segment.name)
    assert load_lexicon(path) is not None
    before = engine.complete("ciu")
    assert before
    for damage in (b"", b"PK\3\4 no archive", path.read_bytes()[:200]):
        path.write_bytes(damage)
        assert load_lexicon(path) is None
        assert WhooshEngine(tmp_path / "1").complete("ciu") == before


def test_many_small_additions_leave_few_segments_and_no_files_behind(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "1")
    for number in range(1, 71):
        engine.put([entry(number)])
    snapshot = engine.reading.snapshot()
    assert snapshot.documents == 70
    assert len(snapshot.segments) < SEGMENTS_PER_MERGE * 2
    names = {path.name.partition(".")[0] for path in (tmp_path / "1").glob("bank_*.*")}
    assert names - {"bank_WRITELOCK"} == {segment.name for segment in snapshot.segments}


def test_a_merge_reads_the_same_postings_either_way(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "1")
    engine.put(entry(number) for number in range(1, 201))
    engine.drop([5, 7])
    opened = engine.reading.index.reader()
    reader = BlockReader(opened.storage(), opened.schema, opened.segment())
    assert list(reader.by_block()) == list(SegmentReader.iter_postings(reader))
    reader.close()
    opened.close()


def test_an_addition_reads_the_new_segment_only(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "1")
    engine.put(entry(number) for number in range(1, 8 ** (LARGEST_MERGED_ORDER + 1) + 100))
    large = engine.reading.snapshot().segments[0]
    assert engine.complete("agu")
    for number in range(1000, 1020):
        engine.put([entry(number)])
        assert large in engine.reading.snapshot().segments
    assert "lexicon" in vars(large)


def test_what_was_decoded_is_kept_up_to_a_number_of_bytes() -> None:
    part = SegmentMatches(np.zeros(100, np.int32), np.zeros(100), ())
    memory = PostingsCache(limit=part.size * 5)
    for number in range(20):
        memory.keep(("segment", 1, Word(str(number))), part)
    assert memory.held <= memory.limit
    assert memory.get(("segment", 1, Word("19"))) is part
    assert memory.get(("segment", 1, Word("0"))) is None


def test_the_stemmer_is_in_no_file_of_the_index(tmp_path: Path) -> None:
    WhooshEngine.create(tmp_path / "1").put([entry(1)])
    written = list((tmp_path / "1").iterdir())
    assert written
    assert not any(b"Stemmer" in path.read_bytes() for path in written)


def test_only_one_package_knows_whoosh() -> None:
    code = (
        "import sys, bank.search.query, bank.search.snippets, bank.search.engines.memory\n"
        "sys.exit('whoosh' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
