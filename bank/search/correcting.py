"""The query that may have been meant: its misspelt words put right, clause for clause."""

from bank.search.query import AnyOf, Clause, InTitle, Phrase, Plain, Query, Word
from bank.search.ranking import ENOUGH
from bank.search.spelling import FAR_COMMONER, HARDLY, SOUNDS_THE_SAME, TWO_LETTERS, Speller


def corrected(speller: Speller, query: Query, total: int) -> Query | None:
    """The query with its misspelt words put right, or None where none is; `total` entries were found.

    A word that no entry has is misspelt, however much the others find; so is one that hardly any has while many have
    one that sounds the same, where little was found. What must not be there, and a description, stay as they are.
    """
    clauses = tuple(mended(speller, clause, total) for clause in query.clauses)
    return Query(clauses) if clauses != query.clauses else None


def mended(speller: Speller, clause: Clause, total: int) -> Clause:
    """A clause put right; a phrase where two words were written as one."""
    if isinstance(clause, AnyOf):
        return AnyOf(tuple(mended_part(speller, part, total) for part in clause.of))
    return mended_part(speller, clause, total) if isinstance(clause, Word | Phrase | InTitle) else clause


def mended_part(speller: Speller, part: Plain, total: int) -> Plain:
    if isinstance(part, Word):
        return put_right(speller, part, total)
    if isinstance(part, Phrase):
        return mended_phrase(speller, part)
    if isinstance(part, InTitle) and isinstance(part.of, Word):
        return InTitle(put_right(speller, part.of, total))
    if isinstance(part, InTitle) and isinstance(part.of, Phrase):
        return InTitle(mended_phrase(speller, part.of))
    return part


def mended_phrase(speller: Speller, phrase: Phrase) -> Phrase:
    """A phrase with the words that no entry has put right. A single word in quotes is meant as it is."""
    if len(phrase.words) == 1 or speller.having(phrase):
        return phrase
    found: list[str] = []
    for word in phrase.words:
        put = Word(word) if speller.having(Phrase((word,))) else put_right(speller, Word(word), 0)
        found += put.words if isinstance(put, Phrase) else (put.word,)
    return Phrase(tuple(found))


def put_right(speller: Speller, word: Word, total: int) -> Word | Phrase:
    """The word, the one that it may stand for, or the two that were written as one."""
    there = speller.having(word)
    if there:
        return put_right_though_there(speller, word, there, total)
    best = next(iter(speller.closest(word)), None)
    if best is not None and best.steps < TWO_LETTERS:
        return Word(best.written)
    return speller.apart(word) or (Word(best.written) if best else word)


def put_right_though_there(speller: Speller, word: Word, there: int, total: int) -> Word:
    """A slip that made it into an entry or two: a word that many have sounds the same."""
    if there > HARDLY or total >= ENOUGH:
        return word
    best = next(iter(speller.closest(word, most=SOUNDS_THE_SAME)), None)
    return Word(best.written) if best and best.count >= FAR_COMMONER * there else word
