"""Scores of entries: BM25 over words weighted by where they stand, and how words and meaning are put together.

Source: Robertson, Zaragoza, Taylor, Simple BM25 Extension to Multiple Weighted Fields (2004): frequencies are weighted
and added before saturation. The inverse document frequency is Lucene's, which never falls below zero.
"""

from math import inf, log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

BM25_K1 = 1.2
BM25_B = 0.6
ENOUGH_ENTRIES = 10
"""Where fewer entries than this have all the words, those with most of the words are found too."""
MOST_WEIGHT_PERCENT, DESCRIPTION_WORDS_PERCENT = 60, 25
"""The percentage that is enough: of the weight of a query's words, and of a description's rarest words."""
MOST_PREFIX_WORDS = 400
"""How many words all prefixes of a query together are expanded to; a single one to at most half of them."""
MOST_HIT_PAGES = 5
"""Pages that are given with a hit."""

WORDS_SHARE = 0.3
"""What words add to nearness, for an entry that matches the query's words as well as possible."""
ALL_WORDS_BONUS, ALL_STEMS_BONUS = 0.35, 0.2
"""What is added to the score of an entry with all the words, or with words of their stems, in a search with meaning."""
LEAST_SCORE_BY_MEANING = 0.16
"""Least score (nearness, and what similar words add) for an entry to be found by meaning alone ..."""
LEAST_SHARE_OF_BEST = 0.3
"""... and least share of the best score."""
BELOW_THE_NEAREST = 0.2
"""By how much others may lie below what the nearest entry has to reach."""
SMALLEST_STEP = 1e-6
"""Scores are rounded to it."""
MOST_BY_MEANING = 40
"""At most so many entries are found by meaning alone."""


def clause_rarity(found: int, documents: int) -> float:
    """Inverse document frequency (Lucene's) of a clause that matches `found` of `documents`."""
    return log(1 + (documents - found + 0.5) / (found + 0.5))


def bm25_score(frequency: float, length: float, mean_length: float, rarity: float) -> float:
    """What one clause adds to an entry's score. Also takes numpy arrays for `frequency` and `length`."""
    return rarity * frequency * (BM25_K1 + 1) / (frequency + BM25_K1 * (1 - BM25_B + BM25_B * length / mean_length))


def score_with_meaning(words: Number, near: Number) -> Number:
    """An entry's score by words and meaning together. Also takes numpy arrays.

    `words` is its score by words as a share (0 to 1) of the highest that any entry could reach, so that a poor match
    counts as poor. `near` is its nearness to the query's meaning: the cosine with its nearest passages, plus 0.6 times
    the cosine of the positions of both among the landmarks.
    """
    return words * WORDS_SHARE + near


def lower_said_otherwise(
    scores: NDArray[np.float64],
    have: NDArray[np.bool_],
    otherwise: NDArray[np.bool_],
    rest: NDArray[np.bool_],
    ids: NDArray[np.int64],
) -> NDArray[np.float64]:
    """The scores, those of entries that say it in other words below those that `have` the words, the `rest` below both.

    Whatever stands too high comes just below. The order among each stays.
    """
    if not otherwise.any():
        return scores
    lowered, least = scores.copy(), scores[have].min(initial=inf)
    for lower in (otherwise, rest):
        tier = np.flatnonzero(lower)
        tier = tier[np.lexsort((ids[tier], -scores[tier]))]
        lowered[tier] = np.minimum(scores[tier], least - SMALLEST_STEP * np.arange(1, tier.size + 1))
        least = lowered[tier].min(initial=least)
    return np.round(lowered, 6)


def least_score_by_meaning(asked: float, nearest: float, best: float) -> float:
    """The score from which on an entry is found by meaning alone.

    `asked` is the nearness that the question asks for: where the `nearest` entry that words did not find lies below it,
    none is found, else those whose score is not much below it either. `best` is the best score of all entries.
    """
    if nearest < round(asked, 6):
        return inf
    return round(max(LEAST_SCORE_BY_MEANING, asked - BELOW_THE_NEAREST, LEAST_SHARE_OF_BEST * best), 6)
