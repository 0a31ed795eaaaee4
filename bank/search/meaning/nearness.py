"""How near every entry stands to a text: all coarse vectors compared, one by one, in one sweep.

Exact, in memory, a byte a number. On two cores 2 to 5 ms for 80,000 vectors (10,000 entries of 1,700 words, 41 MB) and
14 to 27 ms for 400,000 (50,000 entries, 205 MB); at 60 ms, some 120,000 entries, an approximate index would be due.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import simsimd
from numpy.typing import NDArray

from bank.search.meaning.encoder import SmallVectors, Vectors, shrink_vectors
from bank.search.request import Nearness

COMPARING_THREADS = 2
ONE_THREAD_ROWS = 150_000
"""So many rows are compared by one thread: waiting for a second processor that is busy costs up to 8 ms."""
LEAST_ROW_LENGTH = 1e-6
NO_ENTRY = -1
"""Stands for the id of an entry that is there no more, or has other rows."""


NOTHING_NEAR = Nearness(np.empty(0, np.int64), np.empty(0, np.float32))


@dataclass(frozen=True, eq=False)
class VectorRows:
    """Coarse vectors of all entries, those of one side by side. `starts[i]` is the first row of entry `ids[i]`.

    `middles` (entries, 512) are the directions in which each entry's vectors lie on the whole; `placed` (entries,
    landmarks) tells where each stands to the landmarks, and `lengths` how long its rows are.
    """

    vectors: SmallVectors
    starts: NDArray[np.int64]
    ids: NDArray[np.int64]
    middles: SmallVectors
    placed: SmallVectors
    lengths: NDArray[np.float32]

    def near(self, vectors: Vectors) -> Nearness:
        """Each entry's nearest passage to any of these vectors."""
        if not self.ids.size:
            return NOTHING_NEAR
        found = cosines(vectors, self.vectors).max(axis=0)
        return self.ordered(np.maximum.reduceat(found, self.starts))

    def by_landmarks(self, landmarks: NDArray[np.int64], shares: NDArray[np.float32]) -> NDArray[np.float32]:
        """How each entry, in the order of `near`, stands to these landmarks: a cosine."""
        chosen = self.placed[:, landmarks].astype(np.float32) @ shares / self.lengths
        return self.in_order(chosen)

    def alike(self, id: int) -> Nearness:
        """How near the entries are to one of them on the whole, itself at -1; nothing where it has no rows.

        The mean of two cosines: of their middles, and of how they stand to the landmarks; where one of the two stands
        nowhere among them, that of their middles.
        """
        at = np.flatnonzero(self.ids == id)
        if not at.size:
            return NOTHING_NEAR
        found = [cosines(rows[at].astype(np.float32), rows)[0] for rows in (self.middles, self.placed)]
        known = (self.lengths > LEAST_ROW_LENGTH) & (self.lengths[at] > LEAST_ROW_LENGTH)
        near = np.where(known, (found[0] + found[1]) / 2, found[0])
        near[at] = -1
        return self.ordered(near)

    def middle(self, id: int) -> Vectors:
        """The direction of one entry on the whole, shape (1, 512); shape (0, 512) where it has no rows."""
        return self.middles[np.flatnonzero(self.ids == id)].astype(np.float32)

    def ordered(self, values: NDArray[np.float32]) -> Nearness:
        return Nearness(self.in_order(self.ids), self.in_order(values))

    def in_order(self, values: NDArray[Any]) -> NDArray[Any]:
        """The values of the living entries, by ascending id."""
        return values[self.order]

    @cached_property
    def order(self) -> NDArray[np.int64]:
        living = np.flatnonzero(self.ids != NO_ENTRY)
        return living[np.argsort(self.ids[living], kind="stable")]


def cosines(asked: Vectors, rows: SmallVectors) -> NDArray[np.float32]:
    """Cosines of each asked vector with each row, shape (asked, rows)."""
    threads = COMPARING_THREADS if len(rows) > ONE_THREAD_ROWS else 1
    distances = simsimd.cdist(shrink_vectors(asked), np.ascontiguousarray(rows), "cosine", threads=threads)
    return (1 - np.asarray(distances)).astype(np.float32).reshape(len(asked), len(rows))
