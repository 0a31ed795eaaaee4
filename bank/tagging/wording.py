"""Scores a document by its cue phrases: less for common ones, double in title and headings."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bank.tagging.examples import Examples
from bank.tagging.phrases import Cue, CueIndex, Stem, build_cue_index
from bank.tagging.values import TAGGED_VOCABULARIES, Scores
from bank.vocabulary import Vocabulary

PROMINENT_COUNT = 2
"""How often a cue in the title or a heading counts."""
USUAL_WORDS = 400
"""Counts of cues in a longer text are scaled down to this many words."""


@dataclass(frozen=True, slots=True)
class CueSignals:
    """`scores`: shape (terms,). `by_text`: shape (texts, terms). `matched`: column -> the phrases found."""

    scores: Scores
    by_text: Scores
    matched: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CueScorer:
    """The cues of both vocabularies.

    `rarity` of a phrase: 1 where no example has it, and less the more examples have it.
    """

    cues: Mapping[str, CueIndex]
    columns: Mapping[tuple[str, str], int]
    rarity: Mapping[str, float]

    def heard(self, texts: Sequence[str], prominent: Sequence[bool]) -> CueSignals:
        """The signals of a document's texts; those marked prominent are title or headings."""
        by_text = np.zeros((len(texts), len(self.columns)))
        counts: dict[int, dict[Cue, float]] = defaultdict(lambda: defaultdict(float))
        for at, (text, twice) in enumerate(zip(texts, prominent, strict=True)):
            for column, cue in self.met(text):
                counts[column][cue] += PROMINENT_COUNT if twice else 1
                by_text[at, column] += self.worth(cue)
        long = min(1.0, USUAL_WORDS / max(sum(len(text.split()) for text in texts), 1))
        scores = np.zeros(len(self.columns))
        for column, found in counts.items():
            scores[column] = sum(self.worth(cue) * saturate_count(count * long) for cue, count in found.items())
        matched = {column: tuple(sorted({cue.phrase for cue in found})) for column, found in counts.items()}
        return CueSignals(scores, by_text, matched)

    def met(self, text: str) -> Iterable[tuple[int, Cue]]:
        """(column, cue) of every cue in a text."""
        for name, cues in self.cues.items():
            yield from ((self.columns[name, met.cue.term], met.cue) for met in cues.met(text))

    def worth(self, cue: Cue) -> float:
        """A cue's weight times its rarity."""
        return cue.weight * self.rarity.get(cue.phrase, 1.0)


def saturate_count(count: float) -> float:
    """1 for a cue found once, nearing 2 the more often it is found."""
    return 2 * count / (count + 1)


def build_cue_scorer(
    vocabulary: Vocabulary, columns: Mapping[tuple[str, str], int], examples: Examples, stem: Stem
) -> CueScorer:
    """The cues of the vocabularies, and how rare each is in the examples."""
    cues = {name: build_cue_index(vocabulary.vocabularies()[name], stem) for name in TAGGED_VOCABULARIES}
    texts = (*examples.passages, *examples.documents)
    often: Counter[str] = Counter()
    for text in texts:
        often.update({met.cue.phrase for found in cues.values() for met in found.met(text)})
    most = math.log(len(texts) + 1)
    return CueScorer(cues, columns, {phrase: 1 - math.log(count + 1) / most for phrase, count in often.items()})
