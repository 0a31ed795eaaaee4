"""What a query asks of every entry, the same for every engine.

Words, prefixes and alternatives of them are wanted: an entry should have all, or at least 60 % where fewer than ten
have all. Phrases, fields and what is excluded bind every entry.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bank.search.analysis import ANALYSIS_LANGUAGES, is_stop_word
from bank.search.folding import fold_word, split_words
from bank.search.query import MOST_TERMS, AnyOf, Clause, InTitle, Not, Phrase, Prefix, Query, SimpleClause, Word
from bank.search.ranking import DESCRIPTION_WORDS_PERCENT, MOST_PREFIX_WORDS, MOST_WORDS_PERCENT, words_needed

MOST_STOP_WORDS = 4
"""A query of nothing but stop words asks for so many of them: each is a long way to read."""

WantedClause = Word | Prefix | AnyOf
BindingClause = SimpleClause | AnyOf
ScoredClause = Word | Prefix | Phrase | AnyOf
ClauseType = TypeVar("ClauseType")


@dataclass(frozen=True, slots=True)
class AlikeClause:
    """A word of the query beside words of the index that mean much the same, each with the share it counts."""

    word: Word
    others: tuple[tuple[Word, float], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`wanted` are the words of the 60 % rule; `binding` must match; `excluded` must not."""

    wanted: tuple[WantedClause, ...] = ()
    described: bool = False
    """The wanted are the rarest words of a description, of which a quarter is enough."""
    binding: tuple[BindingClause, ...] = ()
    excluded: tuple[SimpleClause, ...] = ()

    @property
    def scored(self) -> tuple[ScoredClause, ...]:
        """What makes the score and leads to pages: what is wanted, and the phrases that bind."""
        return (*self.wanted, *(clause for clause in self.binding if isinstance(clause, Phrase | AnyOf)))

    def enough(self, words: int) -> int:
        """How many of so many words an entry must have, where few have all."""
        return words_needed(words, DESCRIPTION_WORDS_PERCENT if self.described else MOST_WORDS_PERCENT)

    def counted(self, language: str) -> tuple[bool, ...]:
        """Which of the wanted count in an entry of `language`: all but its stop words; where nothing else is, four."""
        counted = tuple(not is_stop_clause(clause, language) for clause in self.wanted)
        return counted if any(counted) else tuple(at < MOST_STOP_WORDS for at in range(len(counted)))


def plan_query(query: Query, found: Callable[[Word], int]) -> Plan:
    """Sorts the clauses of a query by what they ask; `found` tells about how many entries have a word."""
    if query.description:
        return Plan(wanted=rarest_words(query.description, found), described=True)
    wanted: list[WantedClause] = []
    binding: list[BindingClause] = []
    excluded: list[SimpleClause] = []
    for clause in query.clauses:
        if isinstance(clause, Not):
            excluded.append(clause.of)
        elif isinstance(clause, Word | Prefix) or (isinstance(clause, AnyOf) and has_only_words(clause)):
            wanted.append(clause)
        else:
            binding.append(clause)
    return Plan(wanted=distinct_clauses(wanted), binding=distinct_clauses(binding), excluded=distinct_clauses(excluded))


def widen_clause(
    clause: ScoredClause, alike: Mapping[str, tuple[tuple[str, float], ...]]
) -> ScoredClause | AlikeClause:
    """The clause with the words that mean much the same, where some do: they make the score, not the result."""
    if not isinstance(clause, Word) or not alike.get(clause.word):
        return clause
    return AlikeClause(clause, tuple((Word(other), share) for other, share in alike[clause.word]))


def meaning_text(query: Query) -> str:
    """The text whose meaning a query asks for: its words and phrases in their order, what is excluded left out."""
    if query.description:
        return " ".join(query.description)
    parts = (part for clause in query.clauses if not isinstance(clause, Not) for part in clause_parts(clause))
    return " ".join(filter(None, map(part_words, parts)))


def part_words(part: SimpleClause) -> str:
    """The words of one part, without the signs of the query language; none for tags and years."""
    inner = part.of if isinstance(part, InTitle) else part
    if isinstance(inner, Phrase):
        return " ".join(inner.words)
    if isinstance(inner, Word):
        return inner.word
    return inner.start if isinstance(inner, Prefix) else ""


def telling_words(query: Query) -> tuple[str, ...]:
    """The single words of a query that say something by themselves."""
    words = (clause.word for clause in query.clauses if isinstance(clause, Word))
    return tuple(dict.fromkeys(word for word in words if not is_stop_word(word, ANALYSIS_LANGUAGES[-1])))


def distinct_clauses(clauses: Iterable[ClauseType]) -> tuple[ClauseType, ...]:
    return tuple(dict.fromkeys(clauses))


def words_per_prefix(query: Query) -> int:
    """How many words each prefix of a query may stand for: 200, or a share of 400 where there are more than two."""
    parts = (part for clause in query.clauses for part in clause_parts(clause))
    prefixes = sum(isinstance(part.of if isinstance(part, InTitle) else part, Prefix) for part in parts)
    return MOST_PREFIX_WORDS // max(prefixes, 2)


def clause_parts(clause: Clause) -> tuple[SimpleClause, ...]:
    if isinstance(clause, AnyOf):
        return clause.of
    return (clause.of,) if isinstance(clause, Not) else (clause,)


def rarest_words(description: tuple[str, ...], found: Callable[[Word], int]) -> tuple[Word, ...]:
    """The sixteen rarest words of a description that some entry has, in their order."""
    told = [Word(word) for word in description if len(word) > 1 and not is_stop_word(word, ANALYSIS_LANGUAGES[-1])]
    numbers = {word: number for word in told if (number := found(word))}
    kept = sorted(numbers, key=lambda word: numbers[word])[:MOST_TERMS]
    return tuple(word for word in numbers if word in kept)


def has_only_words(clause: AnyOf) -> bool:
    return all(isinstance(part, Word | Prefix) for part in clause.of)


def is_stop_clause(clause: WantedClause, language: str) -> bool:
    """True for a stop word of `language`, or alternatives that are all stop words."""
    if isinstance(clause, AnyOf):
        return all(isinstance(part, Word) and is_stop_word(part.word, language) for part in clause.of)
    return isinstance(clause, Word) and is_stop_word(clause.word, language)


def slug(value: str) -> str:
    """Words joined by dashes, as vocabulary ids are written: `Medio ambiente` and `medio-ambiente` are one."""
    return "-".join(fold_word(word) for word in split_words(value))


def names_tag(field: str, asked: str, value: str) -> bool:
    """True when what was typed for a tag means the id `value`; a city's id may come without its country."""
    wanted, there = slug(asked), slug(value)
    return there == wanted or (field == "city" and there.partition("-")[2] == wanted)
