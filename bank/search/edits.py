"""Finds the words that are a few edits away from another one, among many.

A sieve of one number per word leaves a few candidates; their edits are then counted.
"""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Indel
from rapidfuzz.process import cdist

from bank.search.sounds import MOST_NUMBERS, LetterRows

Signs = NDArray[np.uint64]
"""One number per word: which sounds it has, and which of them twice."""


def signs(rows: LetterRows) -> Signs:
    """One number per row, two bits per sound: it is there; it is there twice.

    An edit changes at most two of the bits, and a swap of neighbours none.
    """
    made = np.zeros(len(rows), np.uint64)
    for number in range(1, MOST_NUMBERS + 1):
        count = (rows == number).sum(axis=1)
        made |= (count > 0).astype(np.uint64) << np.uint64(2 * number)
        made |= (count > 1).astype(np.uint64) << np.uint64(2 * number + 1)
    return made


def rows_within_edits(sign: np.uint64, others: Signs, edits: int) -> NDArray[np.int64]:
    """The numbers of the rows that may be so many edits away; all that are, are among them."""
    return np.flatnonzero(np.bitwise_count(others ^ sign) <= 2 * edits)


def beginning_alike(sign: np.uint64, others: Signs, edits: int) -> NDArray[np.int64]:
    """The numbers of the rows whose beginning may be so many edits away; all whose beginning is, are among them."""
    return np.flatnonzero(np.bitwise_count(sign & ~others) <= edits)


def distances(asked: NDArray[np.uint8], rows: LetterRows, most: int, beginnings: bool = False) -> NDArray[np.uint8]:
    """The edits from `asked` to each row; `most` + 1 where there are more than `most`.

    An edit is a letter put in, left out, changed or swapped with its neighbour. With `beginnings` it is the distance to
    the nearest beginning of each row. It is optimal string alignment: no part of a word is changed twice.
    """
    if not beginnings:
        return prefix_distances(asked, rows, most)
    same = prefix_distances(asked, rows[:, : len(asked)], 2 * most)
    # A beginning that is one letter longer or shorter is at most one edit nearer.
    left, nearest = np.flatnonzero(same <= 2 * most), np.minimum(same, most + 1)
    for longer in (*range(-most, 0), *range(1, most + 1)):
        other = prefix_distances(asked, rows[left, : max(len(asked) + longer, 0)], most)
        nearest[left] = np.minimum(nearest[left], other)
    return nearest


def prefix_distances(asked: NDArray[np.uint8], rows: LetterRows, most: int) -> NDArray[np.uint8]:
    """The distance from `asked` to each row, without the zeros at its end."""
    count, width = rows.shape
    if not count or not width:
        return np.full(count, min(len(asked), most + 1), np.uint8)
    written = np.ascontiguousarray(rows).view(f"S{width}").ravel().tolist()
    found: NDArray[np.uint8] = cdist(
        [asked.tobytes()], written, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8
    )[0]
    return found


def text_likeness(one: str, other: str, least: float = 0.0) -> float:
    """How much two texts are alike, 0 to 1; 0 for less than `least`.

    It is twice the number of letters that both have in the same order, by the number of all their letters.
    """
    return float(Indel.normalized_similarity(one, other, score_cutoff=least))
