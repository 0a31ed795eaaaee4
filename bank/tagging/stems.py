"""Trains a model on the profiles that tells which stems of each language speak for which term: ridge regression.

It needs no vectors, so it carries the suggestions where search by meaning is off, and helps them where it is on.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bank.languages import ANALYSED_LANGUAGES
from bank.tagging.examples import Examples
from bank.tagging.phrases import Stem, split_folded_words
from bank.tagging.values import Scores

STEM_RIDGE_PENALTY = 3.0
FEWEST_STEM_EXAMPLES = 2
"""Examples that must have a stem for it to be used; one in a single example teaches nothing."""
BELIEVED_ROW_LENGTH = 25.0
"""The length of a text's row from which its scores count wholly: some forty words of its subject."""
SHORTEST_STEMMED_WORD = 3
"""Letters of the shortest word that counts."""

LanguageStem = tuple[str, str]
"""(language, stem)."""


@dataclass(frozen=True, slots=True)
class StemModel:
    """`places`: stem -> its row. `rarity` and `centre`: shape (stems,). `weights`: shape (stems, terms)."""

    places: Mapping[LanguageStem, int]
    rarity: Scores
    centre: Scores
    weights: Scores
    stem: Stem

    def of(self, text: str) -> Scores:
        """How strongly a text speaks for each term; it is read in all five languages, which finds cognates too.

        The fewer of its stems are known, the nearer to 0.
        """
        words = split_folded_words(text)
        row = stem_row(
            [count_stems(words, language, self.stem) for language in ANALYSED_LANGUAGES], self.places, self.rarity
        )
        length = float(np.linalg.norm(row))
        return np.asarray((row / max(length, 1e-9) - self.centre) @ self.weights) * min(
            1.0, length / BELIEVED_ROW_LENGTH
        )


def count_stems(words: Sequence[str], language: str, stem: Stem) -> Mapping[LanguageStem, int]:
    """(language, stem) -> how often it is among the words."""
    return Counter((language, stem(word, language)) for word in words if len(word) >= SHORTEST_STEMMED_WORD)


def stem_row(
    counts: Sequence[Mapping[LanguageStem, int]], places: Mapping[LanguageStem, int], rarity: Scores
) -> Scores:
    """The row of a text: for each stem 1 + log of its count, times the stem's rarity."""
    row = np.zeros(len(places))
    for each in counts:
        for key, count in each.items():
            if key in places:
                row[places[key]] = (1 + math.log(count)) * rarity[places[key]]
    return row


def learn_stem_model(examples: Examples, stem: Stem) -> StemModel:
    """Trains the model on the examples by ridge regression."""
    texts = zip((*examples.passages, *examples.documents), examples.languages, strict=True)
    counts = [count_stems(split_folded_words(text), language, stem) for text, language in texts]
    having = Counter(key for count in counts for key in count)
    places = {key: at for at, key in enumerate(key for key, number in having.items() if number >= FEWEST_STEM_EXAMPLES)}
    texts_in = Counter(examples.languages)
    rarity = np.array([math.log(texts_in[language] / having[language, word]) for language, word in places])
    rows = np.array([stem_row([count], places, rarity) for count in counts])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    centre = rows.mean(axis=0)
    rows -= centre
    targets = examples.targets - examples.targets.mean(axis=0)
    solved = np.linalg.solve(rows @ rows.T + STEM_RIDGE_PENALTY * np.eye(len(rows)), targets)
    return StemModel(places, rarity, centre, rows.T @ solved, stem)
