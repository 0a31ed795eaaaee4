"""Turns a document's signals into a score for each term: how likely a careful coordinator would give it that term.

The weights are those of a logistic regression over fifty judged documents in five languages (tests/evaluation/tuned),
both vocabularies together, found by ``bench/suggestions.py``, which also prints what ten-fold cross-validation gives.
"""

from collections.abc import Sequence

import numpy as np

from bank.tagging.features import ReadDocument
from bank.tagging.values import Scores, SimilarEntry

SIGNAL_NAMES = ("document", "sentences", "title", "behind", "cues", "stems", "stems behind")
"""The signals that are weighed. By meaning: the whole document, its best sentences, its title, how far the document's
score is behind that of the vocabulary's best term; by words: the cues, the stems, how far the stems' score is behind
the best."""
WEIGHTS_WITH_MEANING = (27.0, 6.6, 7.6, 6.2, 0.21, 12.6, 3.9)
BASE_WITH_MEANING = -3.02
WEIGHTS_BY_WORDS = (0.0, 0.0, 0.0, 0.0, 0.32, 28.8, 6.4)
BASE_BY_WORDS = -2.55
MENTIONED_LOGIT, ONE_OF_MANY_LOGIT = 3.0, 0.5
"""Least logit of a principle mentioned by number (probability 0.95); 0.62 where more than five are mentioned."""
MANY_MENTIONS = 5
NEIGHBOUR_LOGITS = 3.0
"""The most logits that the nearest entries add to a term."""
NEAREST_TAGGED_ENTRIES = 5
"""How many of the most similar entries with tags of the vocabulary are considered."""
LEAST_SIMILARITY = 0.35
"""Entries of no higher similarity don't count."""
UNTAGGED_NEIGHBOUR_WEIGHT = 0.4
"""The weight of an imaginary neighbour without tags, so that a single distant entry decides nothing."""


def term_signals(read: ReadDocument, columns: slice) -> Scores:
    """The seven signals of `SIGNAL_NAMES` for each term of one vocabulary, shape (terms, 7)."""
    stems, cues = read.stems[columns], read.heard.scores[columns]
    words = [cues, stems, stems - stems.max()]
    if read.meant is None:
        return np.stack([np.zeros(len(stems))] * 4 + words, axis=1)
    whole = read.meant.document[columns]
    meaning = [whole, read.meant.sentences[columns], read.meant.title[columns], whole - whole.max()]
    return np.stack(meaning + words, axis=1)


def term_scores(
    read: ReadDocument, columns: slice, terms: Sequence[str], vocabulary: str, near: Sequence[SimilarEntry]
) -> Scores:
    """The probability of each term of a vocabulary, shape (terms,).

    The less familiar a text is, the more its words decide alone: vectors say nothing of texts about other subjects.
    """
    found = term_signals(read, columns)
    familiarity = read.meant.familiarity if read.meant else 0.0
    by_meaning, by_words = (
        found @ np.array(WEIGHTS_WITH_MEANING) + BASE_WITH_MEANING,
        found @ np.array(WEIGHTS_BY_WORDS) + BASE_BY_WORDS,
    )
    logits = (
        familiarity * by_meaning
        + (1 - familiarity) * by_words
        + NEIGHBOUR_LOGITS * neighbour_shares(terms, vocabulary, near)
    )
    if vocabulary == "principle":
        logits = lift_mentioned(logits, read, terms)
    return np.asarray(1 / (1 + np.exp(-logits)))


def neighbour_shares(terms: Sequence[str], vocabulary: str, near: Sequence[SimilarEntry]) -> Scores:
    """For each term the share of similar entries that have it, weighted by similarity.

    Those are the five nearest entries with tags of the vocabulary; `near` is sorted, the nearest first.
    """
    asked = [neighbour for neighbour in near if neighbour.tags.get(vocabulary)][:NEAREST_TAGGED_ENTRIES]
    pulls = [max(neighbour.similarity - LEAST_SIMILARITY, 0.0) for neighbour in asked]
    carried = [
        sum(pull for pull, neighbour in zip(pulls, asked, strict=True) if term in neighbour.tags[vocabulary])
        for term in terms
    ]
    return np.array(carried) / (sum(pulls) + UNTAGGED_NEIGHBOUR_WEIGHT)


def lift_mentioned(logits: Scores, read: ReadDocument, terms: Sequence[str]) -> Scores:
    """The logits of principles; those mentioned by number are lifted, and keep their order among themselves."""
    named = {mention.term for mention in read.mentions}
    least = MENTIONED_LOGIT if len(named) <= MANY_MENTIONS else ONE_OF_MANY_LOGIT
    return np.where([term in named for term in terms], np.maximum(logits, 0.0) + least, logits)
