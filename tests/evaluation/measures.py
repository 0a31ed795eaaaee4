"""What is measured: nDCG, recall, precision, F1, each with an interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

DEPTH = 10
ROUNDS = 2000


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain at `depth`, gain 2^grade - 1 (Burges et al., 2005)."""
    gained = sum((2.0 ** grades.get(one, 0) - 1) / log2(place + 2) for place, one in enumerate(found[:depth]))
    ideal = sorted(grades.values(), reverse=True)[:depth]
    return gained / sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(ideal))


def recall(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """The share of the relevant that stands among the first, of those that could."""
    return sum(one in grades for one in found[:depth]) / min(len(grades), depth)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the 95 % of the means of samples drawn again from the same values (percentile bootstrap)."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.2f} [{self.low:.2f}-{self.high:.2f}]"


def interval(values: Sequence[float], rounds: int = ROUNDS) -> Interval:
    """The mean of some values with its interval; the draws are the same at every run."""
    if not values:
        return Interval(0.0, 0.0, 0.0)
    drawn = np.random.default_rng(7).choice(np.array(values, float), (rounds, len(values))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(np.mean(values)), float(low), float(high))


@dataclass(frozen=True, slots=True)
class Tagged:
    """Suggestions for one document against its true tags, the first three of them."""

    first: bool
    among_three: bool
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def tagged(suggested: Sequence[object], gold: Sequence[object]) -> Tagged:
    """How good the first three suggestions are; `gold[0]` is the primary term."""
    three = list(suggested[:3])
    right = sum(one in gold for one in three)
    return Tagged(
        first=three[:1] == [gold[0]],
        among_three=gold[0] in three,
        precision=right / len(three) if three else 0.0,
        recall=right / len(gold),
    )
