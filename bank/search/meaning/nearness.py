"""How near every entry is to a text: the text is compared with all coarse vectors in one sweep.

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
"""Up to this many rows one thread compares; a second one costs up to 8 ms when the processor is busy."""
LEAST_ROW_LENGTH = 1e-6
NO_ENTRY = -1
"""Stands in `VectorRows.ids` for an entry that is gone, or has other rows by now."""


NOTHING_NEAR = Nearness(np.empty(0, np.int64), np.empty(0, np.float32))


@dataclass(frozen=True, eq=False)
class VectorRows:
    """Coarse vectors of all entries, those of one entry side by side. `starts[i]` is the first row of entry `ids[i]`.

    `middles` (entries, 512) are the mean directions of each entry's vectors; `placed` (entries, landmarks) are the
    positions among the landmarks, and `lengths` the lengths of its rows.
    """

    vectors: SmallVectors
    starts: NDArray[np.int64]
    ids: NDArray[np.int64]
    middles: SmallVectors
    placed: SmallVectors
    lengths: NDArray[np.float32]

    def near(self, vectors: Vectors) -> Nearness:
        """Each entry's highest cosine with any of these vectors."""
        if not self.ids.size:
            return NOTHING_NEAR
        found = cosines(vectors, self.vectors).max(axis=0)
        return self.ordered(np.maximum.reduceat(found, self.starts))

    def by_landmarks(self, landmarks: NDArray[np.int64], shares: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of each entry's position with that of a text among the landmarks, in the order of `near`.

        The text is given by its nearest landmarks and their weights.
        """
        chosen = self.placed[:, landmarks].astype(np.float32) @ shares / self.lengths
        return self.in_order(chosen)

    def alike(self, id: int) -> Nearness:
        """How near all entries are to the entry `id`, which itself gets -1; empty where it has no rows.

        It is the mean of two cosines: of the middles, and of the positions among the landmarks; where one of the two
        entries has no position, that of the middles.
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
        """The mean direction of an entry's vectors, shape (1, 512); shape (0, 512) where it has no rows."""
        return self.middles[np.flatnonzero(self.ids == id)].astype(np.float32)

    def ordered(self, values: NDArray[np.float32]) -> Nearness:
        """Nearness of the entries that are not gone, by ascending id, from one value per entry."""
        return Nearness(self.in_order(self.ids), self.in_order(values))

    def in_order(self, values: NDArray[Any]) -> NDArray[Any]:
        """The values of the entries that are not gone, by ascending id."""
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
