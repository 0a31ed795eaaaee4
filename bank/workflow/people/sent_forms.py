"""Forms that were sent: the same one sent twice by the same person does its act once, and is answered alike.

Nothing that is remembered is a secret: a key that only who has the page's token can compute, where the answer led, and
the digest of a session. An act that failed is not remembered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from bank.catalogue import form_acts, people
from bank.catalogue.tables import FormAct
from bank.clock import now
from bank.errors import WrongState
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.people.runs import has_ended, this_run
from bank.workflow.people.sessions import LONGEST_IDLE, token_digest
from bank.workflow.people.signing_in import write_sign_in

FORM_ACT_KEPT = timedelta(minutes=10)
"""How long the answer to a form is remembered."""
SHOWN_ONCE_KEPT = timedelta(seconds=30)
"""How long, where the answer was a page: what it shows this one time is made anew for who sends its form again."""
LONGEST_FORM_ACT = timedelta(minutes=2)
"""After this time an act without an answer is one that was interrupted, where nobody can tell if its process lives."""
BROKEN_OFF = "broken off"
"""Stands in the place of its run in an act that was broken off after it had written something."""

FormClaim = Literal["ours", "under_way", "unguarded"]


class InterruptedForm(WrongState):
    """The bank stopped while it did the form's act, after some of it was written."""

    code = "interrupted"
    sentence = N_(
        "The bank was interrupted while it did this, and can't tell whether all of it was done. Look whether it was "
        "before you send it again."
    )


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """How a form was answered. `place` is its Location, `session` the digest of a session that it began."""

    status: int
    place: str = ""
    session: str = ""


def claim_form(bank: Bank, key: str, user_id: int | None) -> FormAnswer | FormClaim:
    """How the form was answered when it was sent before; else whose its act is.

    "ours": the caller's, who tells `end_form` how it ended; "under_way": somebody else is doing it at this moment;
    "unguarded": another person sent it, so what is remembered counts for nothing. Raises InterruptedForm, once.
    """
    moment = now()
    with bank.database.reading() as session:
        found = session.get(FormAct, key)
        if found is not None and is_remembered(found, moment) and (told := told_of_form(found, user_id)):
            return told
    with bank.database.writing() as session:
        interrupted = write_claim(session, key, user_id, moment)
    if interrupted is None:
        return "under_way"
    if interrupted:
        raise InterruptedForm
    return "ours"


def is_remembered(found: FormAct, moment: datetime) -> bool:
    """Whether the row counts still; one of a moment to come was written before the clock was set back."""
    answered = FORM_ACT_KEPT if found.place else SHOWN_ONCE_KEPT
    kept = longest_wait(found) if found.status is None else answered
    return moment - kept < found.moment < moment + FORM_ACT_KEPT


def longest_wait(found: FormAct) -> timedelta:
    """How long an act without an answer counts as being done: as long as its process lives, where that can be told."""
    if found.place == BROKEN_OFF:
        return timedelta()
    ended = has_ended(found.place)
    if ended is None:
        return LONGEST_FORM_ACT
    return timedelta() if ended else FORM_ACT_KEPT


def told_of_form(found: FormAct, user_id: int | None) -> FormAnswer | FormClaim:
    """What a row that counts says to a person who sends the form again."""
    if found.status is None:
        return "under_way"
    if found.user_id != user_id and not found.session:
        return "unguarded"
    return FormAnswer(found.status, found.place, found.session)


def write_claim(session: Session, key: str, user_id: int | None, moment: datetime) -> bool | None:
    """Writes that the act is being done; None where it is, or was, meanwhile.

    True where an earlier try was interrupted after it had written something: its row goes, and the act is not done.
    """
    found = session.get(FormAct, key)
    if found is not None:
        if is_remembered(found, moment):
            return None
        session.delete(found)
        session.flush()
        if found.status is None and found.writes:
            return True
    session.add(FormAct(key=key, user_id=user_id, moment=moment, place=this_run()))
    return False


@contextmanager
def doing_form(key: str) -> Iterator[None]:
    """Counts what is written within, in this thread and those that it calls, for the act of that key."""
    held = form_acts.FORM_ACT_KEY.set(key)
    try:
        yield
    finally:
        form_acts.FORM_ACT_KEY.reset(held)


def end_form(bank: Bank, key: str, answer: FormAnswer | None) -> None:
    """Remembers how the form was answered; None where its act failed: sent again, it is done anew."""
    with bank.database.writing() as session:
        found = session.get(FormAct, key)
        if found is None:
            return
        if answer is None:
            session.delete(found)
        else:
            found.status, found.place, found.session = answer.status, answer.place, answer.session


def break_off_form(bank: Bank, key: str) -> None:
    """Remembers that the act was broken off, so that who sends it again is told so; nothing where it wrote nothing."""
    with bank.database.writing() as session:
        found = session.get(FormAct, key)
        if found is not None and found.writes:
            found.place = BROKEN_OFF
        elif found is not None:
            session.delete(found)


def renew_form_session(bank: Bank, key: str, answer: FormAnswer, source: str) -> str | None:
    """A session in place of the one that the form began, whose token went with the first answer; the new token.

    The old one ends. None where it has ended already, or its person has no access any more.
    """
    moment = now()
    with bank.database.writing() as session:
        found = people.find_user_session(session, answer.session, moment, moment - LONGEST_IDLE)
        row = session.get(FormAct, key)
        if found is None or row is None:
            return None
        user, stay = found
        people.end_session(session, stay.digest, moment)
        token = write_sign_in(session, user, source, "", moment)
        row.session = token_digest(token)
        return token


def forget_old_forms(bank: Bank) -> None:
    """Deletes what is not remembered any more."""
    moment = now()
    with bank.database.writing() as session:
        form_acts.drop_form_acts(session, moment - FORM_ACT_KEPT, moment + FORM_ACT_KEPT)
