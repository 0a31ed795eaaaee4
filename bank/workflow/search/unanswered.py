"""Which questions found nothing: counted without persons, for coordinators to see what the bank lacks."""

import logging
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bank.catalogue import audit
from bank.catalogue import unanswered as kept
from bank.clock import day_in_zone, now
from bank.errors import BankError, NotFound
from bank.search.folding import split_words
from bank.search.query import Phrase, Word, parse_query
from bank.workflow.bank import Bank
from bank.workflow.rights import Viewer, require_right
from bank.workflow.unanswered_counts import UnansweredQuestion

log = logging.getLogger("bank.unanswered")

LONGEST_KEPT_QUESTION = 80
"""Characters; a longer question is cut at a blank."""
MOST_KEPT_QUESTIONS = 300
DAYS_KEPT = 365
"""Days after which a question that nobody asked again is deleted."""
DAYS_KEPT_ONCE = 30
"""The same for a question that was asked only once."""
MOST_DIGITS = 4
"""A question with more digits than this may hold a telephone or some other number of a person."""
LONGEST_NUMBER = 4
"""Digits of a number in a question that is kept: a year."""
SHORTEST_CODE = 6
"""Characters from which on letters mixed with digits are taken for a code such as a CURP."""
ADDRESS = re.compile(r"@|\w/\w|https?:|www\.|\w\.[^\W\d_]{2}", re.IGNORECASE)
"""A mail address, a path, or a name of a computer such as example.org."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that found nothing, as coordinators see it."""

    words: str
    language: str
    times: int
    first: date
    last: date


def note_unanswered(bank: Bank, asked: str, language: str) -> None:
    """Counts a question that found nothing; soon after it is written. What may be about a person is left out."""
    words = words_kept(asked)
    if not words or not bank.unanswered.add(UnansweredQuestion(words, language, today(bank))):
        return
    if not bank.errands.later(partial(write_unanswered, bank)):
        bank.unanswered.ask_again()


def words_kept(asked: str) -> str:
    """The words of a question as they are counted; empty for one that may hold data of a person.

    Such are addresses, long numbers, codes of letters and digits, questions with signs of the query language but
    quotation marks, and questions without any word of letters.
    """
    if not all(isinstance(clause, Word | Phrase) for clause in parse_query(asked).clauses):
        return ""
    words = split_words(asked)
    digits = sum(letter.isdigit() for letter in asked)
    if ADDRESS.search(asked) or digits > MOST_DIGITS or any(map(is_code, words)):
        return ""
    if not any(sum(letter.isalpha() for letter in word) > 1 for word in words):
        return ""
    text = " ".join(words)
    return text if len(text) <= LONGEST_KEPT_QUESTION else text[:LONGEST_KEPT_QUESTION].rpartition(" ")[0]


def is_code(word: str) -> bool:
    """True for a number that is no year, and for letters and digits mixed as in a CURP."""
    if word.isdigit():
        return len(word) > LONGEST_NUMBER
    return len(word) >= SHORTEST_CODE and any(map(str.isalpha, word)) and any(map(str.isdigit, word))


def write_unanswered(bank: Bank) -> None:
    """Writes what was counted; where the database does not take it, it is kept in memory for later."""
    counts = bank.unanswered.take()
    if not counts:
        return
    day = today(bank)
    try:
        with bank.database.writing() as session:
            kept.add_unanswered(session, ((one.words, one.language, one.day, times) for one, times in counts.items()))
            kept.trim_unanswered(session, *days_kept(day), MOST_KEPT_QUESTIONS)
    except (BankError, SQLAlchemyError) as error:
        log.warning("questions that found nothing wait to be written: %s", type(error).__name__)
        bank.unanswered.put_back(counts)


def days_kept(day: date) -> tuple[date, date]:
    """The days before which a question must have been asked last to be deleted: any, and one asked only once."""
    return day - timedelta(days=DAYS_KEPT), day - timedelta(days=DAYS_KEPT_ONCE)


def forget_old_questions(bank: Bank) -> None:
    """Deletes the questions that nobody has asked for a year, and those asked once and for a month no more."""
    before = days_kept(today(bank))
    with bank.database.reading() as session:
        if not kept.count_old_unanswered(session, *before):
            return
    with bank.database.writing() as session:
        kept.trim_unanswered(session, *before, MOST_KEPT_QUESTIONS)


def open_questions(bank: Bank, viewer: Viewer | None) -> tuple[OpenQuestion, ...]:
    """The questions that found nothing, the most frequent first. Raises SignInNeeded, NotFound."""
    require_right(viewer, "manage_search")
    write_unanswered(bank)
    since = days_kept(today(bank))
    with bank.database.reading() as session:
        rows = kept.unanswered_rows(session, *since)
        return tuple(OpenQuestion(row.words, row.language, row.times, row.first, row.last) for row in rows)


def forget_question(bank: Bank, viewer: Viewer | None, words: str, language: str) -> None:
    """Deletes a question and its count. Raises SignInNeeded, NotFound."""
    viewer = require_right(viewer, "manage_search")
    with bank.database.writing() as session:
        if not kept.drop_unanswered(session, words, language):
            raise NotFound
        audit.add_audit_row(session, viewer.actor, "forget_question", None, {})


def today(bank: Bank) -> date:
    """The day in the network's time zone."""
    return day_in_zone(now(), bank.settings.zone)
