"""Snippets: the piece of a text that shows best why it was found, and what to mark in it.

Works on the text as it is shown: it is folded character by character, so that every character keeps its place, and only
words that begin like one of the query's are stemmed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bank.search.analysis import analysis_language, form_share, is_stop_word, keeps_tilde, same_stem
from bank.search.folding import FOLDING_TABLE, HYPHEN, INVISIBLE_CHARACTER, fold_keeping_tilde, fold_word
from bank.search.plan import joined_word, word_apart
from bank.search.query import AnyOf, InTitle, Not, Phrase, Prefix, Query, SimpleClause, Word

SNIPPET_LENGTH = 240
"""Characters."""
MOST_MARKS = 2000
"""Matches of a text that are marked or considered."""
FILLER_CHARACTER = "\0"
"""Stands in folded text for a character that folding removes."""
LETTER_CLASS = r"[^\W_]"
DIGIT_GROUP_MARK = re.compile("[.,'\u2019\\s]")
"""What may stand between the thousands and the hundreds of a number."""
BLANK_RUN = re.compile(r"\s+")
BLANK_CHARACTER = re.compile(r"\s")

Mark = tuple[int, int]


class SameLengthTable(dict[int, str]):
    """A table for str.translate that folds every character to exactly one character."""

    def __missing__(self, code: int) -> str:
        lowered = chr(code).lower()
        folded = FOLDING_TABLE[ord(lowered)] if len(lowered) == 1 else lowered
        hidden = not folded or INVISIBLE_CHARACTER.match(chr(code)) is not None
        self[code] = FILLER_CHARACTER if hidden else folded if len(folded) == 1 else lowered[0]
        return self[code]


SAME_LENGTH_TABLE = SameLengthTable()
USUAL_ACCENTED_LETTERS = (*((letter, fold_word(letter)) for letter in "áéíóúüàèòçãõâêôïîûùëä"), ("º", "o"), ("ª", "a"))
UNTOUCHED_CHARACTERS = "ñ¿¡«»“”‘’–—…•·°€\xa0"


def fold_in_place(text: str) -> str:
    """The text folded, every character in its place; accents written apart become fillers.

    Replacing the usual letters one by one is fifteen times faster than the table, which is used where other characters
    are left.
    """
    folded = text.lower()
    for letter, plain in USUAL_ACCENTED_LETTERS:
        folded = folded.replace(letter, plain)
    rest = folded
    for letter in UNTOUCHED_CHARACTERS:
        rest = rest.replace(letter, " ")
    return folded if rest.isascii() and len(folded) == len(text) else text.translate(SAME_LENGTH_TABLE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A match in a text: character offsets, number of the query's term (phrases are numbered first), weight 0 to 1."""

    start: int
    end: int
    term: int
    share: float = 1.0


class Marker:
    """Finds the terms of one query in texts of one language."""

    def __init__(self, query: Query, language: str) -> None:
        self.language = language
        clauses = sought_clauses(query)
        self.phrases = [clause for clause in clauses if isinstance(clause, Phrase)]
        words = [clause for clause in clauses if not isinstance(clause, Phrase)]
        telling = [clause for clause in words if isinstance(clause, Prefix) or not is_stop_word(clause.word, language)]
        self.words = telling or words
        self.phrase_patterns = [phrase_pattern(phrase) for phrase in self.phrases]
        self.candidates = candidate_pattern(self.words)
        self.known: dict[str, tuple[int, float]] = {}

    def spots(self, text: str) -> list[Spot]:
        """All matches in order; none overlap, a phrase going before the words in it."""
        folded = fold_in_place(text)
        found: list[Spot] = []
        for number, pattern in enumerate(self.phrase_patterns):
            found.extend(Spot(match.start(), match.end(), number) for match in pattern.finditer(folded))
        if self.candidates is not None:
            taken = sorted((spot.start, spot.end) for spot in found)
            found.extend(spot for spot in self.word_spots(folded, self.candidates) if is_spot_free(spot, taken))
        return sorted(found, key=lambda spot: (spot.start, -spot.end))

    def occurs(self, text: str) -> bool:
        """True when a text has any match."""
        folded = fold_in_place(text)
        if any(pattern.search(folded) for pattern in self.phrase_patterns):
            return True
        return self.candidates is not None and any(True for _ in self.word_spots(folded, self.candidates))

    def word_spots(self, folded: str, candidates: re.Pattern[str]) -> Iterator[Spot]:
        """The matches of words and prefixes in folded text; of words with hyphens inside also as one word."""
        taken = 0
        for match in candidates.finditer(folded):
            word, start = match[0], match.start()
            if start < taken or (start and is_letter(folded[start - 1])):
                continue
            ends = [(word + HYPHEN.sub("", match[1]), match.end(1)), (word, match.end())]
            for written, end in ends if match[1] else ends[1:]:
                if written not in self.known:
                    self.known[written] = self.term_of(written)
                if self.known[written][1]:
                    yield Spot(start, end, *self.known[written])
                    taken = end
                    break

    def term_of(self, folded: str) -> tuple[int, float]:
        """The number of the term that a folded word is a form of, and the weight of that form; weight 0 for no term."""
        word = folded.replace(FILLER_CHARACTER, "")
        word = DIGIT_GROUP_MARK.sub("", word) if word[:1].isdecimal() else word
        for number, clause in enumerate(self.words, len(self.phrases)):
            if isinstance(clause, Prefix):
                if fold_word(word).startswith(fold_word(clause.start)) and keeps_tilde(clause.start, word):
                    return number, 1.0
            elif same_stem(clause.word, word, self.language):
                return number, form_share(clause.word, word, self.language)
        return 0, 0.0


def is_letter(character: str) -> bool:
    """True for letters, digits and fillers."""
    return character.isalnum() or character == FILLER_CHARACTER


def sought_clauses(query: Query) -> list[Word | Prefix | Phrase]:
    """The words, prefixes and phrases that a query looks for, each once."""
    found: dict[Word | Prefix | Phrase, None] = dict.fromkeys(Word(word) for word in query.description)
    for clause in query.clauses:
        parts: tuple[SimpleClause | Not, ...] = clause.of if isinstance(clause, AnyOf) else (clause,)
        for part in parts:
            inner = part.of if isinstance(part, InTitle) else part
            if isinstance(inner, Word | Prefix | Phrase):
                found[inner] = None
    joined = (joined_word(left, right) for left, right in pairwise(query.clauses))
    apart = (word_apart(clause) for clause in query.clauses)
    return list(dict.fromkeys((*found, *filter(None, joined), *filter(None, apart))))


def word_pattern(word: str) -> str:
    """A pattern for a folded word, in which n also finds ñ, accents may be written apart, and thousands set apart."""
    if word.isdecimal() and len(word) > 3:
        return grouped_number_pattern(word)
    each = ("[nñ]" if letter == "n" else re.escape(letter) for letter in fold_keeping_tilde(word))
    return rf"{FILLER_CHARACTER}*".join(each)


def grouped_number_pattern(number: str) -> str:
    """A pattern for a number of four or more digits, its thousands set apart or not."""
    first = len(number) % 3 or 3
    groups = [number[:first], *(number[at : at + 3] for at in range(first, len(number), 3))]
    return f"{DIGIT_GROUP_MARK.pattern}?".join(groups)


def phrase_pattern(phrase: Phrase) -> re.Pattern[str]:
    """A pattern for a phrase in folded text."""
    inner = r"[\W_]+".join(word_pattern(word) for word in phrase.words)
    return re.compile(rf"(?<!{LETTER_CLASS}){inner}{FILLER_CHARACTER}*(?!{LETTER_CLASS})")


def candidate_pattern(clauses: list[Word | Prefix]) -> re.Pattern[str] | None:
    """A pattern for every word that begins like one of these words or prefixes; None without clauses.

    Stems keep the first two letters of a word, so no form of it is missed. Group 1 is what follows with hyphens.
    """
    sought = [fold_word(clause.start if isinstance(clause, Prefix) else clause.word) for clause in clauses]
    starts = [*sorted({word_pattern(word) for word in sought if word.isdecimal()}, key=len, reverse=True)]
    starts += sorted({word_pattern(word[:2]) for word in sought})
    letters = rf"(?:{LETTER_CLASS}|{FILLER_CHARACTER})"
    pattern = rf"(?:{'|'.join(starts)}){letters}*(?=((?:{HYPHEN.pattern}{letters}+)*))"
    return re.compile(pattern) if starts else None


def is_spot_free(spot: Spot, taken: list[Mark]) -> bool:
    """True when a spot overlaps none of the ascending spans `taken`."""
    at = bisect_left(taken, (spot.end,)) - 1
    return at < 0 or taken[at][1] <= spot.start


@lru_cache(maxsize=512)
def cached_marker(query: Query, language: str) -> Marker:
    """The marker of a query and language, kept from call to call."""
    return Marker(query, analysis_language(language))


def mark_matches(text: str, query: Query, language: str) -> tuple[Mark, ...]:
    """The (start, end) offsets of everything in a text of `language` that the query looks for, in order."""
    return tuple((spot.start, spot.end) for spot in cached_marker(query, language).spots(text)[:MOST_MARKS])


def has_match(text: str, query: Query, language: str) -> bool:
    """True when a text of `language` has anything that the query looks for."""
    return cached_marker(query, language).occurs(text)


def cut_snippet(
    text: str, query: Query, language: str, length: int = SNIPPET_LENGTH
) -> tuple[str, tuple[Mark, ...]] | None:
    """About `length` characters around the best matches of the query, and the marks in them; None without a match.

    Words are kept whole; runs of blanks become one space; an ellipsis stands where text was left out.
    """
    found = cached_marker(query, language)
    spots = found.spots(text)[:MOST_MARKS]
    if not spots:
        return None
    first, last = best_window(spots, len(found.phrases), length)
    start, end = widen_window(text, spots[first].start, spots[last].end, length)
    inside = [spot for spot in spots[first:] if spot.end <= end]
    return tidy_snippet(text, start, end, [(spot.start, spot.end) for spot in inside])


def best_window(spots: list[Spot], phrases: int, length: int) -> tuple[int, int]:
    """The first and last spot of the best window of `length` characters.

    Best has the most different phrases, then the most different terms, then the highest sum of weights.
    """
    best, chosen = (-1, -1, 0.0), (0, 0)
    for first, spot in enumerate(spots):
        last = first
        while last + 1 < len(spots) and spots[last + 1].end <= spot.start + length:
            last += 1
        terms = {each.term for each in spots[first : last + 1]}
        counting = sum(each.share for each in spots[first : last + 1])
        value = (sum(term < phrases for term in terms), len(terms), counting)
        if value > best:
            best, chosen = value, (first, last)
    return chosen


def widen_window(text: str, start: int, end: int, length: int) -> Mark:
    """The window widened on both sides to about `length` characters, to the bounds of words."""
    spare = max(length - (end - start), 0)
    left = max(start - spare // 3, 0)
    right = min(left + max(length, end - start), len(text))
    left = max(min(left, right - length), 0)
    if left:
        blank = BLANK_CHARACTER.search(text, left - 1, start)
        left = blank.end() if blank else start
    if right < len(text):
        blanks = [match.start() for match in BLANK_CHARACTER.finditer(text, end, right + 1)]
        right = blanks[-1] if blanks else end
    return left, right


def tidy_snippet(text: str, start: int, end: int, marks: list[Mark]) -> tuple[str, tuple[Mark, ...]]:
    """The piece with single blanks and ellipses, and where the marks are in it."""
    written = "… " if text[:start].strip() else ""
    moved: list[Mark] = []
    at = start
    for first, last in marks:
        before = BLANK_RUN.sub(" ", text[at:first])
        written += before.lstrip() if written in ("", "… ") else before
        marked = BLANK_RUN.sub(" ", text[first:last])
        moved.append((len(written), len(written) + len(marked)))
        written += marked
        at = last
    written = (written + BLANK_RUN.sub(" ", text[at:end])).rstrip()
    return written + (" …" if text[end:].strip() else ""), tuple(moved)
