"""Did you mean: words that sound the same or are a letter or two away, among all words of an index.

Only a sieve of eight bytes per word is stored (see edits); the edits of the few words that it leaves are counted when
asked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log10

import numpy as np
from numpy.typing import NDArray

from bank.languages import UNKNOWN_LANGUAGE
from bank.search.analysis import is_stop_word
from bank.search.edits import Signs, beginning_alike, distances, rows_within_edits, signs
from bank.search.folding import fold_word
from bank.search.query import Phrase, Word
from bank.search.sounds import LetterRows, fold_by_ear, letter_rows, sound_rows
from bank.search.wordlist import WordList

SHORTEST_MISSPELLING, LONGEST_MISSPELLING = 4, 24
"""Letters of words that are corrected or offered."""
SOUNDS_THE_SAME, ONE_LETTER, TWO_LETTERS = 1, 2, 4
"""Steps: two for each wrong letter as written, or one and two for each wrong sound, whichever is less."""
FAR_COMMONER = 50
"""How many times commoner a word that sounds the same must be, to be offered for a rare one."""
HARDLY = 2
"""A word in at most so many entries is rare, and may be a slip of its author."""
LEAST_PART = 3
"""Letters of each half of two words written as one, and sounds of a word or a beginning that is put right."""
LONG, LONGER = 6, 9
"""Letters from which on a word may have two wrong letters, and one step more."""
MOST_FITTING = 4
"""Corrections of which the one is taken that goes with the other words."""
CANDIDATES = 12
"""Neighbours whose number of entries is counted exactly."""
ROWS_AT_A_TIME = 20_000
MOST_BEGINNINGS = 5_000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word near the one asked for: `steps` away, in `count` entries, folded and as it is written."""

    steps: int
    count: int
    folded: str
    written: str

    @property
    def rank(self) -> tuple[float, str]:
        """A sort key, the best first. One letter less outweighs being ten thousand times rarer.

        A word that says nothing by itself counts as one letter further away.
        """
        small = ONE_LETTER if is_stop_word(self.folded, UNKNOWN_LANGUAGE) else 0
        return self.steps + small - log10(max(self.count, 1)) / 2, self.folded


@dataclass(frozen=True, slots=True)
class SpellingTable:
    """The sounds of a word list.

    `kept` are the numbers of the words that may be offered, `signs` their sieve numbers.
    """

    words: WordList
    kept: NDArray[np.int32]
    signs: Signs

    @classmethod
    def of(cls, words: WordList, least: int = 1) -> "SpellingTable":
        """Makes the table; words in fewer than `least` entries are left out.

        Takes about two microseconds and keeps 12 bytes per word.
        """
        fitting = (
            at
            for at, word in enumerate(words.folded)
            if SHORTEST_MISSPELLING <= len(word) <= LONGEST_MISSPELLING and word.isalpha()
        )
        kept = np.fromiter(fitting, np.int32)
        kept = kept[words.counts[kept] >= least] if kept.size else kept
        some = (kept[first : first + ROWS_AT_A_TIME] for first in range(0, kept.size, ROWS_AT_A_TIME))
        made = (signs(sound_rows(letter_rows(heard_words(words, each)))) for each in some)
        return cls(words, kept, np.concatenate([np.empty(0, np.uint64), *made]))

    def neighbours(self, word: str, most: int) -> Iterable[Neighbour]:
        """The words at most `most` steps away, without the word itself."""
        asked, said = fold_word(word), said_as(word)
        if said.size < LEAST_PART:
            return
        edits = most // 2
        found = self.kept[rows_within_edits(signs(said)[0], self.signs, edits)]
        away = distances(said[0], sound_rows(letter_rows(heard_words(self.words, found))), edits)
        found, away = found[away <= edits], away[away <= edits]
        written = distances(
            letter_rows([asked])[0], letter_rows([self.words.folded[at] for at in found.tolist()]), edits
        )
        steps = np.minimum(2 * written, 2 * away + SOUNDS_THE_SAME)
        for at, step in zip(found[steps <= most].tolist(), steps[steps <= most].tolist(), strict=True):
            if step:
                yield self.neighbour(at, step)

    def beginning(self, start: str, edits: int) -> Iterable[Neighbour]:
        """The words whose beginning sounds like `start`, or is at most `edits` sounds away.

        Of more than 5,000 candidates only the commonest are looked at.
        """
        for said in beginnings(start):
            found = self.kept[beginning_alike(signs(said)[0], self.signs, edits)]
            if found.size > MOST_BEGINNINGS:
                found = found[np.argsort(-self.words.counts[found], kind="stable")[:MOST_BEGINNINGS]]
            away = distances(said[0], sound_rows(letter_rows(heard_words(self.words, found))), edits, beginnings=True)
            for at in found[away <= edits].tolist():
                yield self.neighbour(at, SOUNDS_THE_SAME + 2 * edits)

    def neighbour(self, at: int, steps: int) -> Neighbour:
        return Neighbour(steps, int(self.words.counts[at]), self.words.folded[at], self.words.written[at])


def beginnings(start: str) -> list[LetterRows]:
    """The sounds of a typed beginning: several where its last letter sounds differently by what follows.

    None for fewer than three sounds: too many words begin so.
    """
    found = {said_as(f"{start}{vowel}")[:, :-1].tobytes() for vowel in "ae"}
    return [np.frombuffer(said, np.uint8)[None] for said in sorted(found) if len(said) >= LEAST_PART]


def said_as(word: str) -> LetterRows:
    """The sounds of one word, as a row."""
    said = sound_rows(letter_rows([fold_by_ear(word)]))
    return said[:, : np.count_nonzero(said)]


def heard_words(words: WordList, numbers: NDArray[np.int32]) -> list[str]:
    """The words with these numbers, folded as `fold_by_ear` does."""
    every = ((words.folded[at], words.written[at]) for at in numbers.tolist())
    return [fold_by_ear(written) if "ç" in written else folded for folded, written in every]


@dataclass(frozen=True, slots=True)
class Speller:
    """Corrects words by the words of an index.

    `tables` are made when first needed; `having` counts the entries that have a word or phrase, `together` those that
    have several; `beside` are the other words of the query.
    """

    tables: Callable[[], Sequence[SpellingTable]]
    having: Callable[[Word | Phrase], int]
    together: Callable[[Sequence[Word | Phrase]], int] = len
    beside: tuple[Word, ...] = ()

    def fitting(self, word: Word) -> Neighbour | None:
        """The likeliest word that stands in an entry with the other words; the likeliest of all where none does."""
        near = self.closest(word, MOST_FITTING)
        fits = (one for one in near if self.together((Phrase((one.folded,)), *self.beside)))
        return next(fits, None) or next(iter(near), None)

    def closest(self, word: Word, limit: int = 1, most: int = LONGEST_MISSPELLING) -> tuple[Neighbour, ...]:
        """The words that a misspelt one may stand for, the likeliest first, at most `limit`, each in some entry.

        At most `most` steps away. None for a word of fewer than four letters, with digits in it, or for a stop word.
        """
        if not can_be_misspelt(word.word):
            return ()
        near = sorted(self.near(word.word, min(most, allowed_steps(word.word))), key=likeliest)[:CANDIDATES]
        exact = (replace(other, count=self.having(Phrase((other.folded,)))) for other in near)
        return tuple(sorted((other for other in exact if other.count), key=likeliest)[:limit])

    def near(self, word: str, most: int) -> Iterable[Neighbour]:
        """The words at most `most` steps away from one, over all tables."""
        found: dict[str, Neighbour] = {}
        for table in self.tables():
            for other in table.neighbours(word, most):
                before = found.get(other.folded, other)
                count = other.count + (before.count if before is not other else 0)
                found[other.folded] = replace(other, steps=min(other.steps, before.steps), count=count)
        return found.values()

    def apart(self, word: Word) -> Phrase | None:
        """The two words that were written as one, one of them perhaps misspelt, as a phrase.

        None where no entry has them side by side.
        """
        pairs = (self.pair(word.word[:at], word.word[at:]) for at in range(LEAST_PART, len(word.word) - LEAST_PART + 1))
        likely = sorted((pair for pair in pairs if pair), reverse=True)[:CANDIDATES]
        there = ((self.having(Phrase((left, right))), left, right) for _, left, right in likely)
        count, *both = max(there, default=(0,))
        return Phrase(tuple(both)) if count else None

    def pair(self, left: str, right: str) -> tuple[int, str, str] | None:
        """In how many entries the rarer half stands, and both halves; None where neither is a word.

        Where only one half is a word, the other is replaced by a word that sounds the same, where there is one.
        """
        counts = self.count(left), self.count(right)
        if all(counts) or not any(counts):
            return (min(counts), left, right) if all(counts) else None
        if counts[0]:
            best = self.sounding_like(right)
            return (min(counts[0], best.count), left, best.written) if best else None
        best = self.sounding_like(left)
        return (min(counts[1], best.count), best.written, right) if best else None

    def sounding_like(self, word: str) -> Neighbour | None:
        """The commonest word that sounds like `word`, which is none itself."""
        return min(self.near(word, SOUNDS_THE_SAME), key=likeliest, default=None) if can_be_misspelt(word) else None

    def count(self, word: str) -> int:
        return sum(table.words.count(fold_word(word)) for table in self.tables())


def can_be_misspelt(word: str) -> bool:
    """True for a word of 4 to 24 letters, nothing but letters, that is no stop word."""
    folded = fold_word(word)
    return (
        SHORTEST_MISSPELLING <= len(folded) <= LONGEST_MISSPELLING
        and folded.isalpha()
        and not is_stop_word(folded, UNKNOWN_LANGUAGE)
    )


def allowed_steps(word: str) -> int:
    """How many steps away a word may be: one letter in a short one, two in a long one."""
    if len(word) < LONG:
        return ONE_LETTER
    return TWO_LETTERS if len(word) < LONGER else TWO_LETTERS + SOUNDS_THE_SAME


def likeliest(other: Neighbour) -> tuple[float, str]:
    return other.rank
