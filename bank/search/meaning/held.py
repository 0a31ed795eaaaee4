"""Coarse vectors in memory, updated with what the worker wrote since."""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bank.search.meaning.encoder import DIMENSIONS, SmallVectors, Vectors, shrink_vectors
from bank.search.meaning.nearness import NO_ENTRY, VectorRows
from bank.search.meaning.vector_file import NoVectors
from bank.search.meaning.vectors import CoarseVectors, VectorState, VectorStore

log = logging.getLogger("bank.meaning")
MOST_DEAD_SHARE = 0.25
"""When more than this share of the entries in memory is gone, the rows are packed anew."""
ENTRIES_PER_READ = 500
"""Entries that are read from the store at a time."""
UNKNOWN_VECTOR_STATE = VectorState(change=-1)
"""A state that no store has: after it everything is read anew."""


class GrowingRows:
    """An int8 matrix that grows at its end.

    Views given out before stay valid, since rows are only added behind them.
    """

    def __init__(self, width: int, expected: int = 0) -> None:
        self._room = np.empty((expected + expected // 8, width), np.int8)
        self._size = 0

    @property
    def rows(self) -> SmallVectors:
        return self._room[: self._size]

    def add(self, rows: SmallVectors) -> None:
        size = self._size + len(rows)
        if size > len(self._room):
            room = np.empty((size + size // 4, self._room.shape[1]), np.int8)
            room[: self._size] = self.rows
            self._room = room
        self._room[self._size : size] = rows
        self._size = size


class HeldVectors:
    """The rows of a store in memory, brought up to date when asked. Any thread may ask; one of them updates.

    `landmarks` names the landmarks by which entries are placed, `number` is how many they are; an entry that was placed
    by others has no position among them.
    """

    def __init__(self, store: VectorStore, landmarks: str, number: int) -> None:
        self.store = store
        self.landmarks = landmarks
        self.number = number
        self._lock = threading.Lock()
        self._complaint = ""
        self._known = VectorState(), self._begun(0, 0)

    def rows(self) -> VectorRows:
        """The rows as the store has them now, or had them when it could last be read; cheap when nothing changed."""
        try:
            rows, self._complaint = self._newest(), ""
            return rows
        except NoVectors as error:
            if str(error) != self._complaint:
                self._complaint = str(error)
                log.warning("%s", error)
            return self._known[1]

    def _newest(self) -> VectorRows:
        """The rows, updated where the store has changed; unchanged where another thread is updating them."""
        state, rows = self._known
        if self.store.state() == state:
            return rows
        if not self._lock.acquire(blocking=False):
            return rows  # another thread is updating the rows: don't wait for it
        try:
            state, rows = self._known
            # Should this update fail half way, the next one reads everything.
            self._known = UNKNOWN_VECTOR_STATE, rows
            self._known = self._renewed(state, rows)
            return self._known[1]
        finally:
            self._lock.release()

    def _renewed(self, state: VectorState, rows: VectorRows) -> tuple[VectorState, VectorRows]:
        """The newest state, and the rows at that state."""
        with self.store.news(state, self.landmarks) as news:
            if news.state == state:
                return state, rows
            if news.whole:
                rows = self._begun(news.rows, news.entries)
            rows = self._grown(disown_rows(rows, news.gone), news.found)
        if (rows.ids == NO_ENTRY).sum() > MOST_DEAD_SHARE * rows.ids.size:
            rows = self._packed(rows)
        return news.state, rows

    def _begun(self, vectors: int, entries: int) -> VectorRows:
        """Empty rows, with room for so many vectors and entries."""
        self._vectors = GrowingRows(DIMENSIONS, vectors)
        self._middles, self._placed = GrowingRows(DIMENSIONS, entries), GrowingRows(self.number, entries)
        numbers = np.empty(0, np.int64)
        return self._now(numbers, numbers, np.empty(0, np.float32))

    def _now(self, starts: NDArray[np.int64], ids: NDArray[np.int64], lengths: NDArray[np.float32]) -> VectorRows:
        """The rows as they are now."""
        return VectorRows(self._vectors.rows, starts, ids, self._middles.rows, self._placed.rows, lengths)

    def _grown(self, rows: VectorRows, found: Iterator[CoarseVectors]) -> VectorRows:
        """The rows with the entries of `found` added; older rows of the same entries are marked as gone."""
        while some := list(islice(found, ENTRIES_PER_READ)):
            rows = self._joined(disown_rows(rows, [one.id for one in some]), [one for one in some if len(one.coarse)])
        return rows

    def _joined(self, rows: VectorRows, entries: Sequence[CoarseVectors]) -> VectorRows:
        """The rows with those of these entries added."""
        if not entries:
            return rows
        counts = [len(one.coarse) for one in entries]
        starts = np.cumsum([0, *counts[:-1]])
        vectors = np.concatenate([one.coarse for one in entries])
        nowhere = np.zeros((1, self.number), np.int8)
        placed = np.concatenate([nowhere if one.placed is None else one.placed for one in entries])
        starts_there = len(self._vectors.rows) + starts
        self._vectors.add(vectors)
        self._middles.add(shrink_vectors(np.add.reduceat(unit_vectors(vectors), starts)))
        self._placed.add(placed)
        return self._now(
            np.concatenate([rows.starts, starts_there]),
            np.concatenate([rows.ids, [one.id for one in entries]]),
            np.concatenate([rows.lengths, row_lengths(placed)]),
        )

    def _packed(self, rows: VectorRows) -> VectorRows:
        """The rows without those marked as gone."""
        living = rows.ids != NO_ENTRY
        every = np.diff(rows.starts, append=len(rows.vectors))
        counts = every[living]
        self._begun(int(counts.sum()), counts.size)
        self._vectors.add(rows.vectors[np.repeat(living, every)])
        self._middles.add(rows.middles[living])
        self._placed.add(rows.placed[living])
        return self._now(np.cumsum(counts) - counts, rows.ids[living], rows.lengths[living])


def disown_rows(rows: VectorRows, ids: Iterable[int]) -> VectorRows:
    """The rows with the entries `ids` marked as gone (id -1); their vectors stay until the rows are packed."""
    return replace(rows, ids=np.where(np.isin(rows.ids, list(ids)), NO_ENTRY, rows.ids))


def unit_vectors(vectors: SmallVectors) -> Vectors:
    """The vectors as rows of length one."""
    found = vectors.astype(np.float32)
    of_length_one: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return of_length_one


def row_lengths(placed: SmallVectors) -> NDArray[np.float32]:
    """The length of each row."""
    lengths: NDArray[np.float32] = np.sqrt(np.einsum("ij,ij->i", placed, placed, dtype=np.float32))
    return np.maximum(lengths, 1e-9)
