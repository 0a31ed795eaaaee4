"""How well an entry answers: BM25 over words weighted by where they stand.

Source: Robertson, Zaragoza, Taylor, Simple BM25 Extension to Multiple Weighted Fields (2004): frequencies are weighted
and added before saturation. The inverse document frequency is Lucene's, which never falls below zero.
"""

from math import log

K1 = 1.2
B = 0.6
ENOUGH = 10
"""Entries with all the words; where there are fewer, those with most of the words come too."""
MOST_PREFIX_WORDS = 400
"""How many words all prefixes of a query may stand for; one alone for half of them."""
MOST_PAGES = 5


def rarity(found: int, documents: int) -> float:
    """The weight of a clause that `found` of all documents match."""
    return log(1 + (documents - found + 0.5) / (found + 0.5))


def score(frequency: float, length: float, mean_length: float, rarity: float) -> float:
    """One clause's share of an entry's score. Also takes numpy arrays for `frequency` and `length`."""
    return rarity * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / mean_length))


def share_needed(words: int) -> int:
    """How many of the words are at least 60 % of them."""
    return -(-words * 3 // 5)
