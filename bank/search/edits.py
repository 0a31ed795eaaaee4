"""Which of many words are a few edits away from one: a sieve of one number per word, then the edits of what is left."""

import numpy as np
from numpy.typing import NDArray

from bank.search.sounds import MOST_NUMBERS, Rows

Signs = NDArray[np.uint64]
FAR = 9
"""Stands for all distances from here on."""
BAND = 3
"""Longer detours than this are not followed."""


def signs(rows: Rows) -> Signs:
    """One number per row, two bits per sound: it is there; it is there twice.

    An edit changes at most two of the bits, and a swap of neighbours none.
    """
    made = np.zeros(len(rows), np.uint64)
    for number in range(1, MOST_NUMBERS + 1):
        count = (rows == number).sum(axis=1)
        made |= (count > 0).astype(np.uint64) << np.uint64(2 * number)
        made |= (count > 1).astype(np.uint64) << np.uint64(2 * number + 1)
    return made


def alike(sign: np.uint64, others: Signs, edits: int) -> NDArray[np.int64]:
    """The numbers of the rows that may be so many edits away; all that are, are among them."""
    return np.flatnonzero(np.bitwise_count(others ^ sign) <= 2 * edits)


def beginning_alike(sign: np.uint64, others: Signs, edits: int) -> NDArray[np.int64]:
    """The numbers of the rows that may begin with something so many edits away."""
    return np.flatnonzero(np.bitwise_count(sign & ~others) <= edits)


def distances(asked: NDArray[np.uint8], rows: Rows, beginnings: bool = False) -> NDArray[np.uint8]:
    """Letters put in, left out, changed or swapped with their neighbour, from `asked` to each row; 9 for many.

    `beginnings`: to the beginning of the row that is nearest. Source: optimal string alignment, worked out for all
    rows side by side, within three places of the diagonal.
    """
    count, width = rows.shape
    columns = np.ascontiguousarray(rows.T)
    earlier = before = np.full((width + 1, count), FAR, np.uint8)
    row = before.copy()
    row[: BAND + 1] = np.arange(min(BAND, width) + 1, dtype=np.uint8)[:, None]
    for i, letter in enumerate(asked.tolist(), 1):
        earlier, before, row = before, row, np.full((width + 1, count), FAR, np.uint8)
        if i <= BAND:
            row[0] = i
        for j in range(max(1, i - BAND), min(width, i + BAND) + 1):
            changed = before[j - 1] + (columns[j - 1] != letter)
            best = np.minimum(changed, np.minimum(before[j], row[j - 1]) + 1)
            if i > 1 and j > 1:
                swapped = (columns[j - 2] == letter) & (columns[j - 1] == asked[i - 2])
                best = np.where(swapped, np.minimum(best, earlier[j - 2] + 1), best)
            row[j] = np.minimum(best, FAR)
    if beginnings:
        nearest: NDArray[np.uint8] = row.min(axis=0)
        return nearest
    ends: NDArray[np.uint8] = row[(rows != 0).sum(axis=1), np.arange(count)]
    return ends
