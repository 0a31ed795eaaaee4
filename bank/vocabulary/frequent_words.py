"""The usual words of Spanish, Portuguese, Catalan, French and English, with how common each is.

The list was made of the word frequencies of wordfreq 3.1.1 (Robyn Speer; CC BY-SA 4.0, as is the list): the words of
letters alone from a Zipf frequency of 2.5 on (one in three million), folded.
"""

import lzma
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_lowercase

LISTED_LANGUAGES = ("es", "pt", "ca", "fr", "en")
"""The languages of the list, in its order."""
UNLISTED = (0,) * len(LISTED_LANGUAGES)
SHORTEST_SLIP, LONGEST_SLIP = 5, 24
"""Letters of a word that may be a slip for a usual one."""
LEAST_MEANT = 3
"""The Zipf frequency of a word that another may be a slip for."""
SLIP_LETTERS = ascii_lowercase + "ñ"


@cache
def listed_words() -> bytes:
    """The list: a line for each word, in the order of its bytes: the word, a blank, a digit for each language."""
    return lzma.decompress(files("bank.vocabulary").joinpath("data/words.txt.xz").read_bytes())


def zipf_frequencies(word: str) -> tuple[int, ...]:
    """The Zipf frequency of a folded word in each listed language, rounded down; 0 where it is no usual word.

    The Zipf frequency is the decimal logarithm of how often a word stands among a thousand million words.
    """
    text, asked = listed_words(), word.encode()
    first, end = 0, len(text)
    while first < end:
        start = text.rfind(b"\n", first, (first + end) // 2) + 1 or first
        stop = text.index(b"\n", start)
        found, _, digits = text[start:stop].partition(b" ")
        if found == asked:
            return tuple(digit - ord("0") for digit in digits)
        first, end = (stop + 1, end) if found < asked else (first, start)
    return UNLISTED


@lru_cache(1024)
def usual_word_near(word: str) -> str | None:
    """The commonest listed word that a folded one is a slip of one letter for; None where there is none."""
    if not SHORTEST_SLIP <= len(word) <= LONGEST_SLIP:
        return None
    near = {one: max(zipf_frequencies(one)) for one in slips(word)}
    best = max(near, key=lambda one: (near[one], one))
    return best if near[best] >= LEAST_MEANT else None


def slips(word: str) -> Iterator[str]:
    """What a word becomes with one letter left out, added, replaced, or two side by side exchanged."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in SLIP_LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]
