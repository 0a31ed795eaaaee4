"""Signing in by a code of eight digits, and asking by mail for one or for a new password.

Whoever asks gets the same answer after the same work, whether or not there is such an account: the account is looked
up, and the mail written, after the answer.
"""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hmac import compare_digest
from typing import Literal

from bank.catalogue import people, tickets
from bank.catalogue.tables import User
from bank.clock import now
from bank.errors import Invalid
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.pauses import Rule
from bank.workflow.people import sending_links, signing_in
from bank.workflow.people.accounts import folded_address
from bank.workflow.people.signing_in import NOBODY
from bank.workflow.people.tickets import MOST_TRIES, code_digest

log = logging.getLogger("bank.signing_in")

Askable = Literal["reset", "code"]

ASKED_AT_ONE_PLACE = Rule(free=3, longest=900)
ASKED_FROM_ONE_SOURCE = Rule(free=10, longest=300)
ASKED_FOR_ONE_ADDRESS = Rule(free=10, longest=300)
NO_TICKET = 0
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

_NO_DIGIT = re.compile(r"[^0-9]")


class WrongCode(Invalid):
    """Address and code don't go together, or the code is used or over; never says which."""

    code = "wrong_code"
    sentence = N_("The address and the code don't go together, or the code is no longer valid. Ask for a new one.")


@dataclass(frozen=True, slots=True)
class Given:
    """The code that an address was given last; the same kind of thing for nobody."""

    user_id: int
    uid: str
    ticket_id: int
    digest: str
    created: datetime
    at_home: bool


def ask(bank: Bank, kind: Askable, email: str, source: str, language: str) -> None:
    """Has a code or a reset link mailed to the account of that address, if there is one.

    Raises TooMany while there is a pause, whether or not there is an account.
    """
    folded = folded_address(email)
    rules = {
        f"asking {folded} {source}": ASKED_AT_ONE_PLACE,
        f"asking from {source}": ASKED_FROM_ONE_SOURCE,
        f"asking for {folded}": ASKED_FOR_ONE_ADDRESS,
    }
    bank.pauses.take(rules)
    if bank.settings.mail_url is not None:
        bank.errands.later(partial(answer, bank, kind, folded, language))


def answer(bank: Bank, kind: Askable, folded: str, language: str) -> None:
    """What `ask` has done after the answer."""
    with bank.database.reading() as session:
        user = people.with_address(session, folded)
    if user is not None:
        sending_links.answer(bank, user.id, kind, language)


def sign_in(bank: Bank, email: str, code: str, source: str, replaced: str = "") -> str:
    """Begins a session and ends the one of the token `replaced`; the new token.

    Raises WrongCode for whatever is wrong, TooMany while there is a pause, and Busy.
    """
    folded = folded_address(email)
    given = look_up(bank, folded, source)
    signing_in.count_try(bank, folded, source, given.at_home)
    with bank.database.writing() as session:
        open_still = tickets.count_try(session, given.ticket_id, now(), MOST_TRIES)
    digest = code_digest(_NO_DIGIT.sub("", code), given.uid, given.created)
    if not (compare_digest(digest, given.digest) and open_still):
        log.warning("a sign-in by code from %s was refused", source)
        raise WrongCode
    signing_in.forgive(bank, folded, source)
    return welcome(bank, given, source, replaced)


def look_up(bank: Bank, folded: str, source: str) -> Given:
    """Asks the same questions whether or not there is such a user, or such a code."""
    with bank.database.reading() as session:
        user = people.with_address(session, folded)
        user_id = user.id if user is not None else NOBODY
        at_home = people.has_stayed(session, user_id, source)
        ticket = tickets.newest_code(session, user_id)
    if user is None or ticket is None or not user.active:
        return Given(user_id, "-", NO_TICKET, "-", LONG_AGO, at_home)
    return Given(user_id, user.uid, ticket.id, ticket.digest, ticket.created, at_home)


def welcome(bank: Bank, given: Given, source: str, replaced: str) -> str:
    """Uses the code up and begins the session."""
    moment = now()
    with bank.database.writing() as session:
        user = session.get(User, given.user_id)
        if user is None or not user.active or not tickets.take(session, given.ticket_id, moment):
            raise WrongCode
        return signing_in.enter(session, user, source, replaced, moment)
