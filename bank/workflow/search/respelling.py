"""Which corrections of a question's words stand: none of a word that is spelt right in some language."""

import re
from collections.abc import Iterator, Set

from bank.search.meaning.meaning import Meaning
from bank.search.plan import meaning_text
from bank.search.query import AnyOf, Clause, InTitle, Not, Phrase, Prefix, Query, SimpleClause, Word
from bank.workflow.search.meant_words import is_spelt_right


def respelt_words(query: Query, respelt: Query) -> Iterator[str]:
    """The words of `query` that `respelt` corrects, also those of phrases, titles and alternatives."""
    for before, after in zip(query.clauses, respelt.clauses, strict=True):
        yield from slips_of(before, after)


def slips_of(before: Clause, after: Clause) -> Iterator[str]:
    """The words of a clause that the corrected one has no longer."""
    kept = set(words_of_clause(after))
    return (word for word in words_of_clause(before) if word not in kept)


def words_of_clause(clause: Clause) -> Iterator[str]:
    """The words of a clause that may be corrected; none of exclusions, tags, years and prefixes."""
    if isinstance(clause, AnyOf):
        for part in clause.of:
            yield from words_of_clause(part)
    elif isinstance(clause, InTitle):
        yield from words_of_clause(clause.of)
    elif isinstance(clause, Phrase):
        yield from clause.words
    elif isinstance(clause, Word):
        yield clause.word


def words_spelt_right(meaning: Meaning | None, query: Query, respelt: Query) -> frozenset[str]:
    """The words that `respelt` corrects though they are words: of the other words' language, or of the vocabulary.

    Alternatives may be of different languages: each is asked for by itself.
    """
    every = [word for clause in query.clauses if not isinstance(clause, AnyOf) for word in words_of_clause(clause)]
    found: set[str] = set()
    for before, after in zip(query.clauses, respelt.clauses, strict=True):
        for word in slips_of(before, after):
            others = [] if isinstance(before, AnyOf) else [other for other in every if other != word]
            if is_spelt_right(meaning, word, others):
                found.add(word)
    return frozenset(found)


def put_back(before: Clause, after: Clause, known: Set[str]) -> Clause:
    """The corrected clause with the `known` words as they were."""
    if isinstance(before, AnyOf) and isinstance(after, AnyOf):
        return AnyOf(tuple(put_back_part(old, new, known) for old, new in zip(before.of, after.of, strict=True)))
    if isinstance(before, AnyOf | Not) or isinstance(after, AnyOf | Not):
        return after
    return put_back_part(before, after, known)


def put_back_part(before: SimpleClause, after: SimpleClause, known: Set[str]) -> SimpleClause:
    """The same for a simple clause."""
    if isinstance(before, InTitle) and isinstance(after, InTitle):
        return InTitle(put_back_words(before.of, after.of, known))
    if isinstance(before, Word | Phrase) and isinstance(after, Word | Phrase):
        return put_back_words(before, after, known)
    return after


def put_back_words(
    before: Word | Phrase | Prefix, after: Word | Phrase | Prefix, known: Set[str]
) -> Word | Phrase | Prefix:
    """The same for a word or a phrase; where the number of words changed, all of it as it was."""
    if isinstance(before, Phrase) and isinstance(after, Phrase) and len(before.words) == len(after.words):
        pairs = zip(before.words, after.words, strict=True)
        return Phrase(tuple(old if old in known else new for old, new in pairs))
    return after if known.isdisjoint(words_of_clause(before)) else before


def respelt_text(text: str, asked: Query, respelt: Query) -> str:
    """A text with what `respelt` corrects in `asked` put right."""
    for before, after in zip(asked.clauses, respelt.clauses, strict=True):
        if before != after:
            slip, right = (meaning_text(Query((clause,))) for clause in (before, after))
            text = re.sub(rf"(?<!\w){re.escape(slip)}(?!\w)", right.replace("\\", r"\\"), text)
    return text
