"""Rows in memory that follow a store are those that one would read anew from it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bank.search.meaning.held import HeldVectors
from bank.search.meaning.nearness import NO_ENTRY, VectorRows
from bank.search.meaning.vectors import VectorStore
from tests.search.meaning.making_vectors import LANDMARKS, by_chance, entry


def held(store: VectorStore) -> HeldVectors:
    return HeldVectors(store, "these", LANDMARKS)


def told(rows: VectorRows) -> dict[int, tuple[bytes, bytes, bytes, float]]:
    """Each living entry's vectors, middle, place and the length of that."""
    ends = [*rows.starts.tolist(), len(rows.vectors)][1:]
    each = zip(rows.ids.tolist(), rows.starts.tolist(), ends, strict=True)
    return {
        id: (
            rows.vectors[start:end].tobytes(),
            rows.middles[at].tobytes(),
            rows.placed[at].tobytes(),
            float(rows.lengths[at]),
        )
        for at, (id, start, end) in enumerate(each)
        if id != NO_ENTRY
    }


@contextmanager
def a_store() -> Iterator[VectorStore]:
    with TemporaryDirectory() as folder:
        store = VectorStore(Path(folder) / "vectors.db")
        yield store
        store.close()


@dataclass(frozen=True)
class Put:
    id: int
    seed: int
    coarse: int
    landmarks: str


puts = st.builds(
    Put, st.integers(1, 12), st.integers(1, 50), st.integers(0, 4), st.sampled_from(("these", "these", "others"))
)
writes = st.one_of(puts, puts, st.lists(st.integers(1, 12), max_size=3), st.just("lost"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(writes, max_size=6), max_size=6))
def test_rows_that_were_kept_up_are_those_that_are_read_anew(turns: list[list[Put | list[int] | str]]) -> None:
    with a_store() as store:
        kept_up = held(store)
        for writes in turns:
            for write in writes:
                if isinstance(write, Put):
                    store.put(entry(write.id, write.seed, write.coarse, landmarks=write.landmarks))
                elif isinstance(write, list):
                    store.drop(write)
                else:
                    store.file.throw_away()
            assert told(kept_up.rows()) == told(held(store).rows())
            near, anew = (rows.near(by_chance(3, 1)) for rows in (kept_up.rows(), held(store).rows()))
            assert near.ids.tolist() == anew.ids.tolist() == sorted(told(kept_up.rows()))
            assert np.allclose(near.values, anew.values)


def test_rows_that_were_handed_out_stay_as_they_were(store: VectorStore) -> None:
    kept_up = held(store)
    handed_out = []
    for turn in range(40):
        store.put(entry(1 + turn % 9, seed=turn, coarse=1 + turn % 3))
        rows = kept_up.rows()
        handed_out.append((rows, told(rows)))
    assert all(told(rows) == before for rows, before in handed_out)


def test_unchanged_rows_are_the_same_object(store: VectorStore) -> None:
    kept_up = held(store)
    assert kept_up.rows() is kept_up.rows()
    store.put(entry(1))
    rows = kept_up.rows()
    assert kept_up.rows() is rows


def test_many_dead_rows_are_packed_away(store: VectorStore) -> None:
    kept_up = held(store)
    for number in range(8):
        store.put(entry(number, seed=number))
    for turn in range(50):
        store.put(entry(turn % 8, seed=turn))
        rows = kept_up.rows()
        assert (rows.ids == NO_ENTRY).sum() <= rows.ids.size / 4
    assert len(kept_up.rows().vectors) <= 2 * (8 + 3)


def test_threads_see_whole_rows_while_they_change(store: VectorStore) -> None:
    kept_up, start, torn = held(store), Barrier(4), list[object]()
    asked = by_chance(3, 1)

    def look() -> None:
        start.wait()
        for _ in range(150):
            rows = kept_up.rows()
            near = rows.near(asked)
            whole = len(rows.ids) == len(rows.starts) == len(rows.middles) == len(rows.placed) == len(rows.lengths)
            if not (whole and near.ids.size <= 6 and np.isfinite(near.values).all()):
                torn.append((rows, near))
        store.close()

    threads = [Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    start.wait()
    for turn in count():
        store.put(entry(turn % 6, seed=turn % 40, coarse=1 + turn % 3))
        if not any(thread.is_alive() for thread in threads):
            break
    assert torn == []
    assert told(kept_up.rows()) == told(held(store).rows())


def test_where_the_file_can_not_be_read_the_rows_stay_as_they_were(store: VectorStore) -> None:
    kept_up = held(store)
    store.put(entry(1))
    before = told(kept_up.rows())
    store.close()
    path = store.path
    whole = path.read_bytes()
    path.rename(path.with_suffix(".away"))
    path.write_bytes(b"no database" * 1000)
    assert told(kept_up.rows()) == before
    path.write_bytes(whole)
    assert told(kept_up.rows()) == before


def test_half_a_renewal_is_read_anew(store: VectorStore) -> None:
    kept_up = held(store)
    store.put(entry(1))
    kept_up.rows()
    store.put(entry(2, seed=2))
    store.put(entry(3, seed=3))
    other = sqlite3.connect(store.path)
    (good,) = other.execute("SELECT coarse FROM entry WHERE id = 3").fetchone()
    other.execute("UPDATE entry SET coarse = X'00' WHERE id = 3")
    other.commit()
    try:
        kept_up.rows()
    except ValueError:
        pass
    other.execute("UPDATE entry SET coarse = ? WHERE id = 3", (good,))
    other.commit()
    other.close()
    assert told(kept_up.rows()) == told(held(store).rows())
    assert sorted(told(kept_up.rows())) == [1, 2, 3]
