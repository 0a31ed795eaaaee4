"""Relaxes a query that no entry matches wholly: the query without its rarest word."""

from collections.abc import Callable
from dataclasses import replace

from bank.languages import UNKNOWN_LANGUAGE
from bank.search.analysis import is_stop_word
from bank.search.query import AnyOf, Clause, InTitle, Phrase, Prefix, Query, Word


def without_rarest(query: Query, found: Callable[[Word], int]) -> tuple[Query, Word] | None:
    """The query without the word that fewest entries have, and that word; of equally rare ones the last.

    Phrases, fields, alternatives and exclusions stay. None where the query has no word but stop words, or where no
    word, phrase, prefix, title or alternatives would be left: tags and years alone are another question. `found` tells
    how many entries have a word.
    """
    telling = [clause for clause in query.clauses if isinstance(clause, Word) and is_telling_clause(clause)]
    if not telling:
        return None
    rarest = min(reversed(telling), key=found)
    left = tuple(clause for clause in query.clauses if clause != rarest)
    return (replace(query, clauses=left), rarest) if any(map(is_telling_clause, left)) else None


def is_telling_clause(clause: Clause) -> bool:
    """True for a clause worth searching alone: a word that is no stop word, a phrase, prefix, title or alternatives."""
    if isinstance(clause, Word):
        return not is_stop_word(clause.word, UNKNOWN_LANGUAGE)
    return isinstance(clause, Phrase | Prefix | InTitle | AnyOf)
