"""How words sound, roughly, to people who write Spanish, Portuguese, Catalan, French and English: many words at once.

What they confuse counts as the same sound: s, z, ç, x and soft c; b and v; hard c, qu and k; g before e or i and j; i,
y and ll; ph and f; n and m before p, b, v, f or at the end; a silent h; double letters. A word is a row of letters as
small numbers, padded with zeros; a sound is the number of a letter that stands for it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bank.search.folding import fold_word

LetterRows = NDArray[np.uint8]

MOST_SOUNDED_LETTERS = 32
ALPHABET = 26
OTHER_LETTERS = 5
"""How many groups letters of other scripts are sorted into."""
MOST_NUMBERS = ALPHABET + OTHER_LETTERS
B, C, E, F, G, H, I, J, K, L, M, N, P, Q, S, U, V, X, Y, Z = (ord(letter) - 96 for letter in "bcefghijklmnpqsuvxyz")  # noqa: E741


def letter_table(*numbers: int) -> NDArray[np.bool_]:
    """A table of 256 that is True at these letter numbers."""
    table = np.zeros(256, bool)
    table[list(numbers)] = True
    return table


SOFTENING_LETTERS = letter_table(E, I, Y)
LIP_LETTERS = letter_table(0, P, B, V, F)
LETTERS_BEFORE_U = letter_table(G, Q)
LONE_SOUNDS = np.arange(256, dtype=np.uint8)
"""The sound of each letter where its neighbours don't change it; c sounds as before e."""
LONE_SOUNDS[[C, Z, X, V, Q, Y, H]] = (S, S, S, B, K, I, 0)
"""What a letter sounds like, whatever stands beside it; c as before e."""


def letter_rows(words: Sequence[str]) -> LetterRows:
    """Folded words as rows of letter numbers, cut at 32 letters."""
    width = min(max(map(len, words), default=1) or 1, MOST_SOUNDED_LETTERS)
    codes = np.array(words, f"<U{width}").view(np.uint32).reshape(len(words), width)
    latin = (codes >= ord("a")) & (codes <= ord("z"))
    numbers = np.where(latin, codes - 96, ALPHABET + 1 + codes % OTHER_LETTERS)
    return np.where(codes == 0, 0, numbers).astype(np.uint8)


def fold_by_ear(word: str) -> str:
    """The folded word with ç as s (folding makes it c, which sounds hard before a, o, u)."""
    return fold_word(word.replace("ç", "s"))


def sound_rows(letters: LetterRows) -> LetterRows:
    """The sounds of each row of letters, zeros at the end."""
    wide = np.pad(letters, ((0, 0), (1, 2)))
    before, after, second = wide[:, :-3], wide[:, 2:-1], wide[:, 3:]
    soft = SOFTENING_LETTERS[after]
    said = LONE_SOUNDS[letters]
    said[(letters == C) & ~soft] = K
    said[(letters == C) & (after == H)] = C
    said[(letters == G) & soft] = J
    said[(letters == P) & (after == H)] = F
    said[(letters == M) & LIP_LETTERS[after]] = N
    said[(letters == L) & (after == L) & (second != 0)] = I
    said[(letters == L) & (before == L) & (after != 0)] = 0
    said[(letters == U) & LETTERS_BEFORE_U[before] & soft] = 0
    said = close_gaps(said)
    said[:, 1:][said[:, 1:] == said[:, :-1]] = 0
    return close_gaps(said)


def close_gaps(rows: LetterRows) -> LetterRows:
    """The rows with their zeros moved to the end."""
    order = np.argsort(rows == 0, axis=1, kind="stable")
    return np.take_along_axis(rows, order, axis=1)
