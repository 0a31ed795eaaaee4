"""Did you mean: words one letter away, found through what is left of them when a letter is taken out.

Source: Garbe, SymSpell (symmetric delete spelling correction). The deletions of every word are kept as 64-bit hashes
in one sorted array, worked out for all words of a length at once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bank.search.analysis import LANGUAGES, is_stop_word, stem
from bank.search.folding import flat
from bank.search.query import Phrase, Query, Word
from bank.search.ranking import ENOUGH
from bank.search.wordlist import WordList

SHORTEST, LONGEST = 4, 24
BASE = np.uint64(1099511628211)
FAR_COMMONER = 50
"""How many times commoner a neighbour must be to be offered for a word that is there."""
LONG = 6
"""From so many letters on, two of them may be wrong."""
CANDIDATES = 12

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word near the one asked for: how many letters away, in how many entries, as it is written."""

    distance: int
    count: int
    folded: str
    written: str


@dataclass(frozen=True, slots=True)
class SpellingTable:
    """The deletions of a list's words: hashes ascending, and the number of the word that each comes from."""

    words: WordList
    hashes: Hashes
    owners: NDArray[np.int32]

    @classmethod
    def of(cls, words: WordList, least: int = 1) -> "SpellingTable":
        """`least`: words in fewer entries are left out. Takes about a microsecond per word."""
        fitting = (at for at, word in enumerate(words.folded) if SHORTEST <= len(word) <= LONGEST and word.isalpha())
        kept = np.fromiter(fitting, np.int64)
        kept = kept[words.counts[kept] >= least] if kept.size else kept
        hashes, owners = deletions([words.folded[at] for at in kept.tolist()], kept)
        order = np.argsort(hashes, kind="stable")
        return cls(words, hashes[order], owners[order].astype(np.int32))

    def near(self, folded: str) -> set[int]:
        """Numbers of words whose deletions meet those of `folded`: all at distance one, some at two."""
        probes = [folded, *(folded[:at] + folded[at + 1 :] for at in range(len(folded)))]
        asked = np.array([hash_of(probe) for probe in probes], np.uint64)
        first = np.searchsorted(self.hashes, asked, "left")
        last = np.searchsorted(self.hashes, asked, "right")
        return {int(owner) for low, high in zip(first, last, strict=True) for owner in self.owners[low:high]}

    def neighbours(self, folded: str) -> Iterable[Neighbour]:
        """The words at most two letters away that can be found, but the word itself."""
        for at in self.near(folded):
            word = self.words.folded[at]
            away = distance(folded, word)
            if 0 < away <= 2:
                yield Neighbour(away, int(self.words.counts[at]), word, self.words.written[at])


def hash_of(word: str) -> int:
    """A polynomial hash, modulo 2**64."""
    total = 0
    for letter in word:
        total = (total * int(BASE) + ord(letter)) & 0xFFFFFFFFFFFFFFFF
    return total


def deletions(words: Sequence[str], owners: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
    """The hashes of all words and of each with one letter taken out, and whose they are."""
    lengths = np.fromiter((len(word) for word in words), np.int64, len(words))
    hashes: list[Hashes] = [np.empty(0, np.uint64)]
    owned: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for length in np.unique(lengths).tolist():
        chosen = np.flatnonzero(lengths == length)
        letters = (
            np.array([words[at] for at in chosen.tolist()], f"<U{length}").view(np.uint32).reshape(len(chosen), length)
        )
        found = without_one(letters.astype(np.uint64))
        hashes.extend(found)
        owned.extend([owners[chosen]] * len(found))
    return np.concatenate(hashes), np.concatenate(owned)


def without_one(letters: NDArray[np.uint64]) -> list[Hashes]:
    """Hashes of the words (rows of code points) whole, then without each of their letters."""
    rows, length = letters.shape
    before = np.zeros((length + 1, rows), np.uint64)
    for at in range(length):
        before[at + 1] = before[at] * BASE + letters[:, at]
    found = [before[length]]
    after, power = np.zeros(rows, np.uint64), np.ones(1, np.uint64)
    for at in range(length - 1, -1, -1):
        found.append(before[at] * power + after)
        after = after + letters[:, at] * power
        power = power * BASE
    return found


def distance(first: str, second: str) -> int:
    """Letters put in, left out, changed or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


@dataclass(frozen=True, slots=True)
class Speller:
    """Knows the words of an index. `tables` are made when first needed; `having` tells how many entries have a word."""

    tables: Callable[[], Sequence[SpellingTable]]
    having: Callable[[Word | Phrase], int]

    def corrected(self, query: Query, total: int) -> Query | None:
        """The query with its misspelt words put right, or None where none is; `total` entries were found.

        A word that no entry has is misspelt; so is a rare one with a far commoner neighbour, where little was found.
        """
        changed = tuple(
            self.put_right(clause, total) if isinstance(clause, Word) else clause for clause in query.clauses
        )
        return Query(changed) if changed != query.clauses else None

    def put_right(self, word: Word, total: int) -> Word:
        folded = flat(word.word)
        if not SHORTEST <= len(folded) <= LONGEST or not folded.isalpha() or is_stop_word(folded, LANGUAGES[-1]):
            return word
        there = self.having(word)
        if there and total >= ENOUGH:
            return word
        near = sorted(self.near(folded).values(), key=preference)[:CANDIDATES]
        if there:
            near = [other for other in near if is_better(folded, other)]
        exact = (replace(other, count=self.having(Phrase((other.folded,)))) for other in near)
        best = min((other for other in exact if other.count), key=preference, default=None)
        if best is None or best.count < FAR_COMMONER * there:
            return word
        return Word(best.written)

    def near(self, folded: str) -> dict[str, Neighbour]:
        """The words near one: a short word must be one letter away."""
        found: dict[str, Neighbour] = {}
        limit = 1 if len(folded) < LONG else 2
        for table in self.tables():
            for other in table.neighbours(folded):
                if other.distance <= limit:
                    before = found.get(other.folded)
                    count = other.count + (before.count if before else 0)
                    found[other.folded] = replace(other, count=count)
        return found


def is_better(folded: str, other: Neighbour) -> bool:
    """True for a word that may be offered for one that is there: one letter away, and no other form of it."""
    return other.distance == 1 and all(stem(folded, each) != stem(other.folded, each) for each in LANGUAGES)


def preference(other: Neighbour) -> tuple[int, int, str]:
    return other.distance, -other.count, other.folded
