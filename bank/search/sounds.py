"""How words sound, roughly, to people who write Spanish, Portuguese, Catalan, French and English: many words at once.

What they mix up sounds the same here: s, z, ç, x and soft c; b and v; hard c, qu and k; g before e or i and j; i, y and
ll; ph and f; n and m before p, b, v, f or at the end; a silent h; double letters. A word is a row of letters as small
numbers, padded with zeros; a sound is the number of a letter that stands for it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bank.search.folding import flat

Rows = NDArray[np.uint8]

MOST_LETTERS = 32
ALPHABET = 26
OTHERS = 5
"""Letters of other scripts are told apart only roughly."""
MOST_NUMBERS = ALPHABET + OTHERS
B, C, E, F, G, H, I, J, K, L, M, N, P, Q, S, U, V, X, Y, Z = (ord(letter) - 96 for letter in "bcefghijklmnpqsuvxyz")  # noqa: E741


def table_of(*numbers: int) -> NDArray[np.bool_]:
    table = np.zeros(256, bool)
    table[list(numbers)] = True
    return table


SOFTENING = table_of(E, I, Y)
AT_THE_LIPS = table_of(0, P, B, V, F)
BEFORE_U = table_of(G, Q)
ALONE = np.arange(256, dtype=np.uint8)
ALONE[[C, Z, X, V, Q, Y, H]] = (S, S, S, B, K, I, 0)
"""What a letter sounds like, whatever stands beside it; c as before e."""


def rows_of(words: Sequence[str]) -> Rows:
    """Folded words as rows of letters, cut at 32."""
    width = min(max(map(len, words), default=1) or 1, MOST_LETTERS)
    codes = np.array(words, f"<U{width}").view(np.uint32).reshape(len(words), width)
    latin = (codes >= ord("a")) & (codes <= ord("z"))
    numbers = np.where(latin, codes - 96, ALPHABET + 1 + codes % OTHERS)
    return np.where(codes == 0, 0, numbers).astype(np.uint8)


def heard(word: str) -> str:
    """The folded word, but ç as s: folded alone it would be a hard c."""
    return flat(word.replace("ç", "s"))


def sounds(letters: Rows) -> Rows:
    """The sounds of each row of letters, without gaps."""
    wide = np.pad(letters, ((0, 0), (1, 2)))
    before, after, second = wide[:, :-3], wide[:, 2:-1], wide[:, 3:]
    soft = SOFTENING[after]
    said = ALONE[letters]
    said[(letters == C) & ~soft] = K
    said[(letters == C) & (after == H)] = C
    said[(letters == G) & soft] = J
    said[(letters == P) & (after == H)] = F
    said[(letters == M) & AT_THE_LIPS[after]] = N
    said[(letters == L) & (after == L) & (second != 0)] = I
    said[(letters == L) & (before == L) & (after != 0)] = 0
    said[(letters == U) & BEFORE_U[before] & soft] = 0
    said = together(said)
    said[:, 1:][said[:, 1:] == said[:, :-1]] = 0
    return together(said)


def together(rows: Rows) -> Rows:
    """The rows with their zeros moved to the end."""
    order = np.argsort(rows == 0, axis=1, kind="stable")
    return np.take_along_axis(rows, order, axis=1)
