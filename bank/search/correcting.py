"""Spelling correction of a query, clause by clause."""

from dataclasses import replace

from bank.languages import UNKNOWN_LANGUAGE
from bank.search.analysis import is_stop_word
from bank.search.query import AnyOf, Clause, InTitle, Phrase, Query, SimpleClause, Word
from bank.search.ranking import ENOUGH_ENTRIES
from bank.search.spelling import FAR_COMMONER, HARDLY, SOUNDS_THE_SAME, TWO_LETTERS, Speller


def correct_query(speller: Speller, query: Query, total: int) -> Query | None:
    """The query with its misspelt words corrected, or None where none is; `total` entries were found.

    A word that no entry has is misspelt, however many entries the other words find. A word in one or two entries is
    corrected where few entries were found and a much commoner word sounds the same. Of several corrections that one is
    taken which stands in an entry with the other words. Exclusions and descriptions stay as they are.
    """
    speller = replace(speller, beside=words_there(speller, query))
    clauses = tuple(correct_clause(speller, clause, total) for clause in query.clauses)
    return Query(clauses) if clauses != query.clauses else None


def words_there(speller: Speller, query: Query) -> tuple[Word, ...]:
    """The words of a query that some entry has, stop words left out."""
    words = (clause for clause in query.clauses if isinstance(clause, Word))
    return tuple(word for word in words if not is_stop_word(word.word, UNKNOWN_LANGUAGE) and speller.having(word))


def correct_clause(speller: Speller, clause: Clause, total: int) -> Clause:
    """The clause corrected; a word becomes a phrase where two words were written as one."""
    if isinstance(clause, AnyOf):
        return AnyOf(tuple(correct_part(speller, part, total) for part in clause.of))
    return correct_part(speller, clause, total) if isinstance(clause, Word | Phrase | InTitle) else clause


def correct_part(speller: Speller, part: SimpleClause, total: int) -> SimpleClause:
    """Corrects a word, a phrase, or either in a title; other clauses stay."""
    if isinstance(part, Word):
        return correct_word(speller, part, total)
    if isinstance(part, Phrase):
        return correct_phrase(speller, part)
    if isinstance(part, InTitle) and isinstance(part.of, Word):
        return InTitle(correct_word(speller, part.of, total))
    if isinstance(part, InTitle) and isinstance(part.of, Phrase):
        return InTitle(correct_phrase(speller, part.of))
    return part


def correct_phrase(speller: Speller, phrase: Phrase) -> Phrase:
    """The phrase with the words corrected that no entry has. A single word in quotes is meant as it is."""
    if len(phrase.words) == 1 or speller.having(phrase):
        return phrase
    found: list[str] = []
    for word in phrase.words:
        put = Word(word) if speller.having(Phrase((word,))) else correct_word(speller, Word(word), 0)
        found += put.words if isinstance(put, Phrase) else (put.word,)
    return Phrase(tuple(found))


def correct_word(speller: Speller, word: Word, total: int) -> Word | Phrase:
    """The word, the one that it may stand for, or the two that were written as one."""
    there = speller.having(word)
    if there:
        return correct_rare_word(speller, word, there, total)
    best = speller.fitting(word)
    if best is not None and best.steps < TWO_LETTERS:
        return Word(best.written)
    return (speller.apart(word) if word.word.isalpha() else None) or (Word(best.written) if best else word)


def correct_rare_word(speller: Speller, word: Word, there: int, total: int) -> Word:
    """Corrects a word that at most two entries have, where fewer than ten entries were found.

    Only a word that sounds the same and stands in at least 50 times as many entries takes its place.
    """
    if there > HARDLY or total >= ENOUGH_ENTRIES:
        return word
    best = next(iter(speller.closest(word, most=SOUNDS_THE_SAME)), None)
    return Word(best.written) if best and best.count >= FAR_COMMONER * there else word
