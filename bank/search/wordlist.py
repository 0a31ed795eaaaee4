"""The words of an index in order, for prefixes, completion and spelling."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bank.search.folding import fold_word

LAST_CHARACTER = "\U0010ffff"
"""The highest character: a prefix followed by it comes after all words with that prefix."""


@dataclass(frozen=True, slots=True)
class WordList:
    """Words by their folded form, ascending; `counts[i]` tells in about how many entries `folded[i]` stands.

    `written[i]` is the commonest way in which the word is written.
    """

    folded: Sequence[str]
    written: Sequence[str]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, words: Iterable[tuple[str, int]]) -> "WordList":
        """Makes the list from (word as written, count) pairs; counts of repeated words are added."""
        every: dict[str, int] = {}
        for word, count in words:
            every[word] = every.get(word, 0) + count
        totals: dict[str, int] = {}
        best: dict[str, str] = {}
        for word, count in every.items():
            key = fold_word(word)
            totals[key] = totals.get(key, 0) + count
            before = best.get(key)
            if before is None or (count, word) > (every[before], before):
                best[key] = word
        order = sorted(totals)
        counts = np.fromiter((totals[key] for key in order), np.int64, len(order))
        return cls(order, [best[key] for key in order], counts)

    def starting(self, prefix: str) -> slice:
        """The slice of the words that begin with a folded prefix."""
        first = bisect_left(self.folded, prefix)
        return slice(first, bisect_left(self.folded, prefix + LAST_CHARACTER, first))

    def count(self, folded: str) -> int:
        """In about how many entries a folded word stands; 0 for one that is not in the list."""
        at = bisect_left(self.folded, folded)
        return int(self.counts[at]) if at < len(self.folded) and self.folded[at] == folded else 0

    def within(self, part: "WordList") -> "WordList":
        """This list's words with the counts of `part` (0 where it lacks a word)."""
        counts = np.fromiter(map(part.count, self.folded), np.int64, len(self.folded))
        return WordList(self.folded, self.written, counts)


def most_frequent(lists: Iterable[WordList], prefix: str, size: int) -> dict[str, tuple[int, str]]:
    """folded -> (count, as written) of the commonest words that begin with a folded prefix, over several lists."""
    found: dict[str, tuple[int, str]] = {}
    for words in lists:
        span = words.starting(prefix)
        counts = words.counts[span]
        best = np.argsort(-counts, kind="stable")[: size * 4]
        best = best[counts[best] > 0]
        for at in (best + span.start).tolist():
            folded, count = words.folded[at], int(words.counts[at])
            before = found.get(folded)
            found[folded] = (count, words.written[at]) if before is None else (before[0] + count, before[1])
    order = sorted(found, key=lambda folded: (-found[folded][0], folded))[:size]
    return {folded: found[folded] for folded in order}


def commonest_way(lists: Iterable[WordList], word: str) -> str:
    """A word as the list in which it is commonest mostly writes it; the word itself where no list has it."""
    folded = fold_word(word)
    found = [
        (words.count(folded), words.written[bisect_left(words.folded, folded)])
        for words in lists
        if words.count(folded)
    ]
    return max(found, default=(0, word))[1]
