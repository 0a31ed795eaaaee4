"""What a query asks of every entry, the same for every engine.

Words, prefixes and alternatives of them are wanted: an entry should have all, or at least 60 % where fewer than ten
have all. Phrases, fields and what is excluded bind every entry.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bank.search.analysis import LANGUAGES, is_stop_word
from bank.search.folding import flat, words
from bank.search.query import MOST_TERMS, AnyOf, Clause, InTitle, Not, Phrase, Plain, Prefix, Query, Word
from bank.search.ranking import DESCRIBED_SHARE, MOST_PREFIX_WORDS, MOST_SHARE, share_needed

MOST_STOP_WORDS = 4
"""A query of nothing but stop words asks for so many of them: each is a long way to read."""

Wanted = Word | Prefix | AnyOf
Binding = Plain | AnyOf
Scored = Word | Prefix | Phrase | AnyOf
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Alike:
    """A word of the query beside words of the index that mean much the same, each with the share it counts."""

    word: Word
    others: tuple[tuple[Word, float], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`wanted` are the words of the 60 % rule; `binding` must match; `excluded` must not."""

    wanted: tuple[Wanted, ...] = ()
    described: bool = False
    """The wanted are the rarest words of a description, of which a quarter is enough."""
    binding: tuple[Binding, ...] = ()
    excluded: tuple[Plain, ...] = ()

    @property
    def scored(self) -> tuple[Scored, ...]:
        """What makes the score and leads to pages: what is wanted, and the phrases that bind."""
        return (*self.wanted, *(clause for clause in self.binding if isinstance(clause, Phrase | AnyOf)))

    def enough(self, words: int) -> int:
        """How many of so many words an entry must have, where few have all."""
        return share_needed(words, DESCRIBED_SHARE if self.described else MOST_SHARE)

    def counted(self, language: str) -> tuple[bool, ...]:
        """Which of the wanted count in an entry of `language`: all but its stop words; where nothing else is, four."""
        counted = tuple(not is_silent(clause, language) for clause in self.wanted)
        return counted if any(counted) else tuple(at < MOST_STOP_WORDS for at in range(len(counted)))


def plan(query: Query, found: Callable[[Word], int]) -> Plan:
    """Sorts the clauses of a query by what they ask; `found` tells about how many entries have a word."""
    if query.description:
        return Plan(wanted=rarest(query.description, found), described=True)
    wanted: list[Wanted] = []
    binding: list[Binding] = []
    excluded: list[Plain] = []
    for clause in query.clauses:
        if isinstance(clause, Not):
            excluded.append(clause.of)
        elif isinstance(clause, Word | Prefix) or (isinstance(clause, AnyOf) and all_words(clause)):
            wanted.append(clause)
        else:
            binding.append(clause)
    return Plan(wanted=distinct(wanted), binding=distinct(binding), excluded=distinct(excluded))


def widened(clause: Scored, alike: Mapping[str, tuple[tuple[str, float], ...]]) -> Scored | Alike:
    """The clause with the words that mean much the same, where some do: they make the score, not the result."""
    if not isinstance(clause, Word) or not alike.get(clause.word):
        return clause
    return Alike(clause, tuple((Word(other), share) for other, share in alike[clause.word]))


def meaning_text(query: Query) -> str:
    """The text whose meaning a query asks for: its words and phrases in their order, what is excluded left out."""
    if query.description:
        return " ".join(query.description)
    parts = (part for clause in query.clauses if not isinstance(clause, Not) for part in parts_of(clause))
    return " ".join(filter(None, map(spoken, parts)))


def spoken(part: Plain) -> str:
    """The words of one part, without the signs of the query language; none for tags and years."""
    inner = part.of if isinstance(part, InTitle) else part
    if isinstance(inner, Phrase):
        return " ".join(inner.words)
    if isinstance(inner, Word):
        return inner.word
    return inner.start if isinstance(inner, Prefix) else ""


def words_meant(query: Query) -> tuple[str, ...]:
    """The single words of a query that say something by themselves."""
    words = (clause.word for clause in query.clauses if isinstance(clause, Word))
    return tuple(dict.fromkeys(word for word in words if not is_stop_word(word, LANGUAGES[-1])))


def distinct(clauses: Iterable[Kind]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(clauses))


def words_of_a_prefix(query: Query) -> int:
    """How many words each prefix of a query may stand for: 200, or a share of 400 where there are more than two."""
    parts = (part for clause in query.clauses for part in parts_of(clause))
    prefixes = sum(isinstance(part.of if isinstance(part, InTitle) else part, Prefix) for part in parts)
    return MOST_PREFIX_WORDS // max(prefixes, 2)


def parts_of(clause: Clause) -> tuple[Plain, ...]:
    if isinstance(clause, AnyOf):
        return clause.of
    return (clause.of,) if isinstance(clause, Not) else (clause,)


def rarest(description: tuple[str, ...], found: Callable[[Word], int]) -> tuple[Word, ...]:
    """The sixteen rarest words of a description that some entry has, in their order."""
    told = [Word(word) for word in description if len(word) > 1 and not is_stop_word(word, LANGUAGES[-1])]
    numbers = {word: number for word in told if (number := found(word))}
    kept = sorted(numbers, key=lambda word: numbers[word])[:MOST_TERMS]
    return tuple(word for word in numbers if word in kept)


def all_words(clause: AnyOf) -> bool:
    return all(isinstance(part, Word | Prefix) for part in clause.of)


def is_silent(clause: Wanted, language: str) -> bool:
    """True for a stop word of `language`, or alternatives that are all stop words."""
    if isinstance(clause, AnyOf):
        return all(isinstance(part, Word) and is_stop_word(part.word, language) for part in clause.of)
    return isinstance(clause, Word) and is_stop_word(clause.word, language)


def slug(value: str) -> str:
    """Words joined by dashes, as vocabulary ids are written: `Medio ambiente` and `medio-ambiente` are one."""
    return "-".join(flat(word) for word in words(value))


def names_tag(field: str, asked: str, value: str) -> bool:
    """True when what was typed for a tag means the id `value`; a city's id may come without its country."""
    wanted, there = slug(asked), slug(value)
    return there == wanted or (field == "city" and there.partition("-")[2] == wanted)
