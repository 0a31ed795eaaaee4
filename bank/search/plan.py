"""What a query asks of every entry, the same for every engine.

Words, prefixes and alternatives are wanted: an entry should have all of them. Where fewer than ten entries do, 60 % of
their weight is enough, and a word weighs as much as it is rare; of the rarest words of a description 25 % are.
Phrases, fields and exclusions bind every entry.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeVar

from bank.search.analysis import ANALYSIS_LANGUAGES, is_stop_word
from bank.search.folding import fold_word, split_words
from bank.search.query import MOST_TERMS, AnyOf, Clause, InTitle, Not, Phrase, Prefix, Query, SimpleClause, Word
from bank.search.ranking import DESCRIPTION_WORDS_PERCENT, MOST_PREFIX_WORDS, MOST_WEIGHT_PERCENT

LETTERS_AND_DIGITS = re.compile(r"(?<![^\W_])([^\W\d_]{2,})([0-9]{1,4})")
"""A word such as covid19 or ods4."""
THREE_WORDS = 3
SYNONYM_SHARE = 0.5
"""Weight of what means the same as a word, in scores."""
NO_SYNONYMS: Mapping[str, tuple[Word | Phrase, ...]] = MappingProxyType({})
ROUNDING = 1e-9
MOST_STOP_WORDS = 4
"""Of a query of nothing but stop words so many are searched: the postings of each are long."""


@dataclass(frozen=True, slots=True)
class SynonymClause:
    """A word of the query, in all its ways of writing, or what means the same: one of these is enough."""

    word: Word | AnyOf
    others: tuple[Word | Phrase, ...]

    @property
    def of(self) -> tuple[Word | Phrase | AnyOf, ...]:
        """The word and what means the same."""
        return (self.word, *self.others)

    def text(self) -> str:
        return self.word.text()


TypedClause = Word | Prefix | AnyOf
WantedClause = TypedClause | SynonymClause
BindingClause = SimpleClause | AnyOf
ScoredClause = Word | Prefix | Phrase | AnyOf | SynonymClause
ClauseType = TypeVar("ClauseType")


@dataclass(frozen=True, slots=True)
class AlikeClause:
    """A word of the query together with others of similar or the same meaning, each with its weight from 0 to 1."""

    word: Word | AnyOf
    others: tuple[tuple[Word | Phrase, float], ...]


SoughtClause = SimpleClause | AnyOf | AlikeClause | SynonymClause


@dataclass(frozen=True, slots=True)
class Plan:
    """The clauses of a query by what they ask.

    `wanted` fall under the 60 % rule, `binding` must match, `excluded` must not.
    """

    wanted: tuple[WantedClause, ...] = ()
    described: bool = False
    """The wanted clauses are the rarest words of a description, of which a quarter is enough."""
    binding: tuple[BindingClause, ...] = ()
    excluded: tuple[SimpleClause, ...] = ()

    @property
    def scored(self) -> tuple[ScoredClause, ...]:
        """The clauses that make the score and lead to pages: those wanted, and phrases and alternatives that bind."""
        return (*self.wanted, *(clause for clause in self.binding if isinstance(clause, Phrase | AnyOf)))

    def enough(self, have: Any, want: Any, weight: Any, whole: Any) -> Any:
        """Whether an entry has enough of the wanted clauses, where fewer than ten entries have all. Also takes arrays.

        `have` of the `want` clauses that count, and of their weight `whole` so much. Of three and more it takes two.
        Of a description's words a quarter is enough, whatever they weigh.
        """
        if self.described:
            return (have > 0) & (have >= DESCRIPTION_WORDS_PERCENT / 100 * want)
        return (
            (have > 0) & ((have > 1) | (want < THREE_WORDS)) & (weight >= MOST_WEIGHT_PERCENT / 100 * whole - ROUNDING)
        )

    def counted(self, language: str) -> tuple[bool, ...]:
        """For each wanted clause, whether it counts in an entry of `language`: stop words don't.

        Where all of them are stop words, the first four count.
        """
        counted = tuple(not is_stop_clause(clause, language) for clause in self.wanted)
        return counted if any(counted) else tuple(at < MOST_STOP_WORDS for at in range(len(counted)))


def plan_query(
    query: Query,
    found: Callable[[Word], int],
    having: Callable[[Word], int],
    synonyms: Mapping[str, tuple[Word | Phrase, ...]] = NO_SYNONYMS,
) -> Plan:
    """Sorts the clauses of a query into a plan.

    `found` estimates how many entries have a word, `having` counts them. `synonyms` are what is enough for a word.
    """
    if query.description:
        return Plan(wanted=rarest_words(query.description, found), described=True)
    typed: list[TypedClause] = []
    binding: list[BindingClause] = []
    excluded: list[SimpleClause] = []
    for clause in query.clauses:
        if isinstance(clause, Not):
            excluded.append(clause.of)
        elif isinstance(clause, Word | Prefix) or (isinstance(clause, AnyOf) and has_only_words(clause)):
            typed.append(clause)
        else:
            binding.append(clause)
    ways = zip(typed, written_as_one(typed, having), strict=True)
    wanted = [with_synonyms(clause, synonyms.get(word.text(), ())) for word, clause in ways]
    return Plan(wanted=distinct_clauses(wanted), binding=distinct_clauses(binding), excluded=distinct_clauses(excluded))


def written_as_one(wanted: list[TypedClause], having: Callable[[Word], int]) -> list[TypedClause]:
    """The clauses, neighbouring words each with the word that both make, where some entry has that.

    So socio-cultural finds sociocultural and covid 19 finds covid19; covid19 also finds covid 19.
    """
    pairs = (joined_word(left, right) for left, right in pairwise(wanted))
    joined = [None, *(word if word and having(word) else None for word in pairs), None]
    return [
        with_ways_of_writing(clause, [word for word in joined[at : at + 2] if word]) for at, clause in enumerate(wanted)
    ]


def joined_word(left: Clause, right: Clause) -> Word | None:
    """Two neighbouring words written as one; None for a stop word, and for mere numbers."""
    if not (isinstance(left, Word) and isinstance(right, Word)) or (left.word + right.word).isdecimal():
        return None
    small = any(is_stop_word(one.word, ANALYSIS_LANGUAGES[-1]) for one in (left, right))
    return None if small else Word(left.word + right.word)


def with_ways_of_writing(clause: TypedClause, joined: list[Word]) -> TypedClause:
    """The clause with the words that it is part of, and with its letters and its number apart, as alternatives."""
    apart = word_apart(clause)
    if not isinstance(clause, Word) or not (joined or apart):
        return clause
    return AnyOf((clause, *joined, *([apart] if apart else [])))


def own_words(clause: WantedClause) -> TypedClause:
    """A wanted clause without what means the same."""
    return clause.word if isinstance(clause, SynonymClause) else clause


def with_synonyms(clause: TypedClause, others: tuple[Word | Phrase, ...]) -> WantedClause:
    """The clause together with what means the same; unchanged where nothing does."""
    return SynonymClause(clause, others) if others and isinstance(clause, Word | AnyOf) else clause


def as_typed(clause: WantedClause, query: Query) -> str:
    """A wanted clause as the query has it, without the other ways of writing it and without synonyms."""
    if isinstance(clause, SynonymClause):
        return as_typed(clause.word, query)
    if isinstance(clause, AnyOf) and clause not in query.clauses:
        return clause.of[0].text()
    return clause.text()


def word_apart(clause: Clause) -> Phrase | None:
    """Letters and number of a word such as covid19, side by side; None for other clauses."""
    parts = LETTERS_AND_DIGITS.fullmatch(clause.word) if isinstance(clause, Word) else None
    return Phrase((parts[1], parts[2])) if parts else None


def widen_clause(
    clause: ScoredClause, alike: Mapping[str, tuple[tuple[str, float], ...]]
) -> ScoredClause | AlikeClause:
    """The clause together with words of similar meaning and with synonyms, where there are any, for its score.

    Words of similar meaning raise scores and find no further entries.
    """
    others = tuple((other, SYNONYM_SHARE) for other in clause.others) if isinstance(clause, SynonymClause) else ()
    own = clause.word if isinstance(clause, SynonymClause) else clause
    near = alike.get(own.word, ()) if isinstance(own, Word) else ()
    others += tuple((Word(other), share) for other, share in near)
    return AlikeClause(own, others) if others and isinstance(own, Word | AnyOf) else clause


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
    """The single words of a query that are no stop words in any language, without repeats."""
    words = (clause.word for clause in query.clauses if isinstance(clause, Word))
    return tuple(dict.fromkeys(word for word in words if not is_stop_word(word, ANALYSIS_LANGUAGES[-1])))


def distinct_clauses(clauses: Iterable[ClauseType]) -> tuple[ClauseType, ...]:
    """The clauses without repeats."""
    return tuple(dict.fromkeys(clauses))


def words_per_prefix(query: Query) -> int:
    """How many words each prefix of a query is expanded to: 400 shared by all, at most 200 each."""
    parts = (part for clause in query.clauses for part in clause_parts(clause))
    prefixes = sum(isinstance(part.of if isinstance(part, InTitle) else part, Prefix) for part in parts)
    return MOST_PREFIX_WORDS // max(prefixes, 2)


def clause_parts(clause: Clause) -> tuple[SimpleClause, ...]:
    """The simple clauses in a clause."""
    if isinstance(clause, AnyOf):
        return clause.of
    return (clause.of,) if isinstance(clause, Not) else (clause,)


def rarest_words(description: tuple[str, ...], found: Callable[[Word], int]) -> tuple[Word, ...]:
    """The sixteen rarest words of a description that some entry has, in the order of the text."""
    told = [Word(word) for word in description if len(word) > 1 and not is_stop_word(word, ANALYSIS_LANGUAGES[-1])]
    numbers = {word: number for word in told if (number := found(word))}
    kept = sorted(numbers, key=lambda word: numbers[word])[:MOST_TERMS]
    return tuple(word for word in numbers if word in kept)


def has_only_words(clause: AnyOf) -> bool:
    """True when alternatives are words and prefixes only."""
    return all(isinstance(part, Word | Prefix) for part in clause.of)


def is_stop_clause(clause: WantedClause, language: str) -> bool:
    """True for a stop word of `language`, or alternatives that are all stop words."""
    if isinstance(clause, SynonymClause):
        return is_stop_clause(clause.word, language)
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
