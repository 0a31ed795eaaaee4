"""Turns what was read into a score for each term: how likely it is that a careful coordinator would give it.

The weights are those of a logistic regression over fifty judged documents in five languages (tests/evaluation/tuned),
both vocabularies together, found by ``bench/suggestions.py``, which also prints what ten-fold cross-validation gives.
"""

from collections.abc import Sequence

import numpy as np

from bank.tagging.features import Read
from bank.tagging.values import Neighbour, Scores

NAMES = ("document", "sentences", "title", "behind", "cues", "stems", "stems behind")
"""What is weighed, by meaning: the whole document, its best sentences, its title, how far the document lies behind the
best term of the vocabulary; by words: the cues, the stems, how far the stems lie behind."""
WITH_MEANING = (27.0, 6.6, 7.6, 6.2, 0.21, 12.6, 3.9)
BASE = -3.02
WORDS_ALONE = (0.0, 0.0, 0.0, 0.0, 0.32, 28.8, 6.4)
BASE_ALONE = -2.55
MENTIONED, ONE_OF_MANY = 3.0, 0.5
"""The least logit of a principle that is named by its number, 0.95 as a score; and where very many are named, 0.62."""
MANY = 5
NEIGHBOURS = 3.0
"""Logits that a term gets when all of the nearest entries carry it."""
NEAREST = 5
"""So many entries with tags of the vocabulary are asked."""
NEAR = 0.35
"""Similarity from which an entry resembles the document at all."""
DOUBT = 0.4
"""Weight of an imagined neighbour without tags, so that a single distant one decides nothing."""


def signals(read: Read, columns: slice) -> Scores:
    """What was read about the terms of one vocabulary, shape (terms, 7), in the order of the names."""
    stems, cues = read.stems[columns], read.heard.scores[columns]
    words = [cues, stems, stems - stems.max()]
    if read.meant is None:
        return np.stack([np.zeros(len(stems))] * 4 + words, axis=1)
    whole = read.meant.document[columns]
    meaning = [whole, read.meant.sentences[columns], read.meant.title[columns], whole - whole.max()]
    return np.stack(meaning + words, axis=1)


def scores(read: Read, columns: slice, terms: Sequence[str], vocabulary: str, near: Sequence[Neighbour]) -> Scores:
    """The probability of each term of a vocabulary, shape (terms,).

    The less familiar a text is, the more its words alone decide: of a text about anything else vectors say nothing.
    """
    found = signals(read, columns)
    familiarity = read.meant.familiarity if read.meant else 0.0
    by_meaning, by_words = found @ np.array(WITH_MEANING) + BASE, found @ np.array(WORDS_ALONE) + BASE_ALONE
    logits = familiarity * by_meaning + (1 - familiarity) * by_words + NEIGHBOURS * shares(terms, vocabulary, near)
    if vocabulary == "principle":
        logits = lifted(logits, read, terms)
    return np.asarray(1 / (1 + np.exp(-logits)))


def shares(terms: Sequence[str], vocabulary: str, near: Sequence[Neighbour]) -> Scores:
    """Which share of the five most resembling entries with tags of the vocabulary carries each term, by nearness.

    `near` begins with the nearest.
    """
    asked = [neighbour for neighbour in near if neighbour.tags.get(vocabulary)][:NEAREST]
    pulls = [max(neighbour.similarity - NEAR, 0.0) for neighbour in asked]
    carried = [
        sum(pull for pull, neighbour in zip(pulls, asked, strict=True) if term in neighbour.tags[vocabulary])
        for term in terms
    ]
    return np.array(carried) / (sum(pulls) + DOUBT)


def lifted(logits: Scores, read: Read, terms: Sequence[str]) -> Scores:
    """The logits of principles, those that the text names by number lifted above the rest, in their own order."""
    named = {mention.term for mention in read.mentions}
    least = MENTIONED if len(named) <= MANY else ONE_OF_MANY
    return np.where([term in named for term in terms], np.maximum(logits, 0.0) + least, logits)
