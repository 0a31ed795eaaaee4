"""How well an entry answers: BM25 over words weighted by where they stand.

Source: Robertson, Zaragoza, Taylor, Simple BM25 Extension to Multiple Weighted Fields (2004): frequencies are weighted
and added before saturation. The inverse document frequency is Lucene's, which never falls below zero.
"""

from math import log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

BM25_K1 = 1.2
BM25_B = 0.6
ENOUGH_ENTRIES = 10
"""Entries with all the words; where there are fewer, those with most of the words come too."""
MOST_WORDS_PERCENT, DESCRIPTION_WORDS_PERCENT = 60, 25
"""Percent of the words that are most of them; of the rarest words of a description."""
MOST_PREFIX_WORDS = 400
"""How many words all prefixes of a query may stand for; one alone for half of them."""
MOST_HIT_PAGES = 5

WORDS_SHARE = 0.3
"""What words count beside nearness, where an entry answers the query as well as one could."""
ALL_WORDS_BONUS = 0.35
"""What an entry with all the words is ahead of one that is only near."""
LEAST_SCORE_BY_MEANING = 0.16
"""Entries below this are not found by meaning: nearness, and what words that mean much the same add to it."""
LEAST_SHARE_OF_BEST = 0.3
"""Neither are those below this share of the best."""
MOST_BY_MEANING = 40


def clause_rarity(found: int, documents: int) -> float:
    """The weight of a clause that `found` of all documents match."""
    return log(1 + (documents - found + 0.5) / (found + 0.5))


def bm25_score(frequency: float, length: float, mean_length: float, rarity: float) -> float:
    """One clause's share of an entry's score. Also takes numpy arrays for `frequency` and `length`."""
    return rarity * frequency * (BM25_K1 + 1) / (frequency + BM25_K1 * (1 - BM25_B + BM25_B * length / mean_length))


def words_needed(words: int, percent: int) -> int:
    """How many of the words are at least so many percent of them."""
    return -(-words * percent // 100)


def score_with_meaning(words: Number, near: Number) -> Number:
    """How well an entry answers in words and in meaning together. Also takes numpy arrays.

    `words` is its score as a share (0 to 1) of what an entry could reach that has every word all over, so that a poor
    match counts as poor; `near` is its nearness to the query's meaning: the cosine with its nearest passages, and 0.6
    times that of how both stand to the landmarks.
    """
    return words * WORDS_SHARE + near
