"""The file of vectors: what is put is there, for other processes too, and what is dropped is gone from the file."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bank.search.meaning.encoder import shrink_vectors
from bank.search.meaning.vector_file import DamagedVectors, NoVectors
from bank.search.meaning.vectors import EntryVectors, VectorState, VectorStore
from tests.search.meaning.making_vectors import by_chance, entry


def same(one: EntryVectors | None, other: EntryVectors) -> bool:
    assert one is not None
    alike = (one.id, one.version, one.landmarks) == (other.id, other.version, other.landmarks)
    return (
        alike
        and np.array_equal(one.placed, other.placed)
        and all(
            np.array_equal(a.places, b.places) and a.digests == b.digests and np.array_equal(a.vectors, b.vectors)
            for a, b in ((one.coarse, other.coarse), (one.fine, other.fine))
        )
    )


def found(store: VectorStore, before: VectorState) -> tuple[bool, list[int], Sequence[int]]:
    with store.news(before, "these") as news:
        return news.whole, [one.id for one in news.found], news.gone


def test_where_nothing_was_written_there_is_no_file_and_nothing_in_it(store: VectorStore) -> None:
    assert store.state() == VectorState()
    assert (dict(store.versions()), store.get(1), dict(store.fine([1]))) == ({}, None, {})
    assert found(store, VectorState()) == (True, [], ())
    assert store.words() == ()
    assert store.landmarks("these") is None
    assert not store.path.exists()


def test_what_is_put_is_there_and_what_is_put_later_takes_its_place(store: VectorStore) -> None:
    store.put(entry(7, seed=1))
    store.put(entry(9, seed=2, coarse=0))
    assert same(store.get(7), entry(7, seed=1))
    assert same(store.get(9), entry(9, seed=2, coarse=0))
    later = entry(7, seed=3, coarse=4, version=2, landmarks="others")
    store.put(later)
    assert same(store.get(7), later)
    assert dict(store.versions()) == {7: 2, 9: 1}
    assert store.misplaced("these") == (7,)
    assert np.array_equal(store.fine([7, 8])[7].vectors, later.fine.vectors)
    assert set(store.fine(range(2000))) == {7, 9}


def test_news_are_what_was_written_since(store: VectorStore) -> None:
    store.put(entry(1))
    store.put(entry(2))
    before = store.state()
    assert found(store, before) == (False, [], ())
    store.put(entry(1, version=2))
    store.put(entry(3))
    store.drop([2, 99])
    assert found(store, before) == (False, [1, 3], (2,))
    store.put(entry(2))
    assert found(store, before) == (False, [1, 3, 2], ())
    assert found(store, VectorState()) == (True, [1, 3, 2], ())
    assert store.state().file == before.file
    assert store.state().change > before.change


def test_an_entry_placed_by_other_landmarks_stands_nowhere(store: VectorStore) -> None:
    store.put(entry(1, landmarks="others"))
    with store.news(VectorState(), "these") as news:
        assert [one.placed for one in news.found] == [None]


def test_nothing_of_a_dropped_entry_is_left_in_any_file(store: VectorStore) -> None:
    kept, dropped = entry(1, seed=1, coarse=30), entry(2, seed=2, coarse=30)
    store.put(kept)
    store.put(dropped)
    store.put_words(["villaverde", "lisonja"], shrink_vectors(by_chance(5, 2)))

    def traces(vectors: EntryVectors) -> int:
        bytes_there = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
        pieces = [row.tobytes()[:64] for row in (*vectors.coarse.vectors, *vectors.fine.vectors)]
        pieces += [vectors.coarse.digest(0), vectors.fine.digest(5), vectors.placed.tobytes()]
        return sum(piece in bytes_there for piece in pieces)

    assert traces(dropped) > 0
    store.drop([2])
    store.drop_words(["lisonja"])
    assert traces(dropped) == 0
    assert traces(kept) > 0
    assert b"lisonja" not in b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert store.words() == ("villaverde",)


def test_who_reads_while_an_entry_is_dropped_hinders_the_emptying_and_a_later_one_does_it(store: VectorStore) -> None:
    dropped = entry(2, seed=2, coarse=30)
    store.put(dropped)
    piece = dropped.coarse.vectors[0].tobytes()[:64]
    reader = sqlite3.connect(store.path)
    try:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM entry").fetchall()
        store.drop([2])
        assert store.file.has_journal
        assert any(piece in path.read_bytes() for path in store.path.parent.iterdir())
    finally:
        reader.close()
    store.file.empty_journal()
    assert not store.file.has_journal
    assert not any(piece in path.read_bytes() for path in store.path.parent.iterdir())


def test_where_there_is_no_file_there_is_no_journal_and_none_is_made(store: VectorStore) -> None:
    store.file.empty_journal()
    assert not store.file.has_journal
    assert not store.path.exists()


def test_landmarks_are_kept_by_name_in_place_of_others(store: VectorStore) -> None:
    store.keep_landmarks("these", by_chance(1, 3))
    assert np.array_equal(store.landmarks("these"), by_chance(1, 3))  # type: ignore[arg-type]
    store.keep_landmarks("others", by_chance(2, 4))
    assert store.landmarks("these") is None


@pytest.mark.parametrize("made", ["use-multilingual-3/3", "another-model/4"])
def test_what_another_model_or_layout_made_is_thrown_away(store: VectorStore, made: str) -> None:
    store.put(entry(1))
    store.put_words(["agua"], shrink_vectors(by_chance(5, 1)))
    before = store.state()
    store.close()
    other = sqlite3.connect(store.path)
    other.execute("UPDATE info SET value = ? WHERE key = 'made by'", (made,))
    other.execute("ALTER TABLE entry DROP COLUMN placed")
    other.commit()
    other.close()
    assert dict(store.versions()) == {}
    assert store.words() == ()
    assert found(store, before) == (True, [], ())
    store.put(entry(2))
    assert same(store.get(2), entry(2))


def test_a_file_that_was_deleted_or_exchanged_while_it_was_open_is_noticed(store: VectorStore, tmp_path: Path) -> None:
    store.put(entry(1))
    before = store.state()
    elsewhere = VectorStore(tmp_path / "elsewhere.db")
    elsewhere.put(entry(5))
    elsewhere.close()
    for path in store.path.parent.glob("vectors.db*"):
        path.unlink()
    assert store.state() == VectorState()
    assert dict(store.versions()) == {}
    shutil.move(elsewhere.path, store.path)
    assert found(store, before) == (True, [5], ())
    store.put(entry(6))
    assert dict(store.versions()) == {5: 1, 6: 1}


def test_a_damaged_file_is_told_and_can_be_thrown_away(store: VectorStore) -> None:
    store.path.write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedVectors):
        store.versions()
    with pytest.raises(DamagedVectors):
        store.put(entry(1))
    store.file.throw_away()
    store.put(entry(1))
    assert dict(store.versions()) == {1: 1}


def test_a_failure_of_the_system_is_not_taken_for_damage(tmp_path: Path) -> None:
    (tmp_path / "vectors.db").mkdir()
    with pytest.raises(NoVectors) as failed:
        VectorStore(tmp_path / "vectors.db").put(entry(1))
    assert not isinstance(failed.value, DamagedVectors)


def test_a_write_that_fails_half_way_leaves_what_was_there(store: VectorStore) -> None:
    store.put_words(["agua"], shrink_vectors(by_chance(5, 1)))
    with pytest.raises(ValueError, match="zip"):
        store.put_words(["luz", "río"], shrink_vectors(by_chance(5, 1)))
    assert store.words() == ("agua",)


WRITER = """
import sys
from pathlib import Path
from bank.search.meaning.vectors import VectorStore
from tests.search.meaning.making_vectors import entry
store = VectorStore(Path(sys.argv[1]))
for turn in range(60):
    store.put(entry(1, seed=turn, coarse=1 + turn % 5, version=turn))
    store.put(entry(2, seed=turn, coarse=1 + turn % 5, version=turn))
    if turn % 7 == 0:
        store.drop([2])
    if turn == 0:
        sys.stdin.readline()
"""


def test_one_process_writes_while_another_reads_whole_entries(store: VectorStore) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(store.path)], stdin=subprocess.PIPE)
    assert writer.stdin is not None
    while (one := store.get(1)) is None:
        assert writer.poll() is None
    writer.stdin.close()  # it goes on once its first version was read
    running = True
    while running:
        running = writer.poll() is None
        one = store.get(1)
        assert one is not None
        assert same(one, entry(1, seed=one.version, coarse=1 + one.version % 5, version=one.version))
    assert one.version == 59
    assert writer.returncode == 0
    assert dict(store.versions()) == {1: 59, 2: 59}


def test_a_journal_that_was_left_behind_is_not_taken_for_the_new_files(store: VectorStore) -> None:
    store.put(entry(1, coarse=50))
    store.path.unlink()
    store.put(entry(2))
    store.close()
    assert dict(store.versions()) == {2: 1}
    assert same(store.get(2), entry(2))


def test_many_who_look_while_the_file_is_made_hinder_nobody(tmp_path: Path) -> None:
    for turn in range(20):
        path = tmp_path / str(turn) / "vectors.db"
        path.parent.mkdir()
        met, over = threading.Barrier(4), threading.Event()

        def look(path: Path = path, met: threading.Barrier = met, over: threading.Event = over) -> None:
            store = VectorStore(path)
            met.wait()
            while store.get(1) is None and not over.is_set():
                pass
            store.close()

        with ThreadPoolExecutor(3) as pool:
            looks = [pool.submit(look) for _ in range(3)]
            met.wait()
            writer = VectorStore(path)
            try:
                writer.put(entry(1))
            finally:
                over.set()
            for one in looks:
                one.result()
            writer.close()
        assert sorted(file.name for file in path.parent.iterdir()) == ["vectors.db"]


def test_vectors_that_were_altered_are_named_and_those_without_a_checksum_are_left_alone(store: VectorStore) -> None:
    for id in (7, 8, 9):
        store.put(entry(id, seed=id))
    assert store.damaged() == []
    assert not store.is_broken()
    with store.file.writing() as connection:
        connection.execute("UPDATE entry SET fine = zeroblob(length(fine)) WHERE id = 7")
        connection.execute("UPDATE entry SET landmarks = CAST(x'ff41' AS TEXT) WHERE id = 8")
        connection.execute("UPDATE entry SET version = 2 WHERE id = 9")
        connection.execute("DELETE FROM checksum WHERE id = 9")
    assert store.damaged() == [7, 8]
    store.drop([7, 8])
    assert store.damaged() == []
    assert dict(store.versions()) == {9: 2}


def test_a_file_of_vectors_from_before_there_were_checksums_keeps_its_vectors(store: VectorStore) -> None:
    store.put(entry(7, seed=1))
    with store.file.writing() as connection:
        connection.execute("DROP TABLE checksum")
    store.close()
    assert same(store.get(7), entry(7, seed=1))
    assert store.damaged() == []
    store.put(entry(7, seed=2))
    assert store.damaged() == []


def test_a_file_of_vectors_with_a_torn_page_is_broken(store: VectorStore) -> None:
    for id in range(20):
        store.put(entry(id, seed=id))
    store.file.empty_journal()
    store.close()
    content = bytearray(store.path.read_bytes())
    content[8192:8292] = bytes(100)
    store.path.write_bytes(content)
    try:
        broken = store.is_broken()
    except DamagedVectors:
        broken = True
    assert broken
