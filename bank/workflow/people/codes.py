"""Signing in with a code of eight or ten digits, and asking to be mailed one, or a link for a new password.

Whoever asks gets the same answer after the same work, whether or not there is such an account: the account is looked
up, and the mail written, after the response.
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
from bank.workflow.essential import essential
from bank.workflow.pauses import PauseRule
from bank.workflow.people import sending_links, signing_in
from bank.workflow.people.accounts import fold_address
from bank.workflow.people.signing_in import NO_USER_ID
from bank.workflow.people.tickets import MOST_CODE_TRIES, code_digest

log = logging.getLogger("bank.signing_in")

AskableTicket = Literal["reset", "code"]

ASKED_AT_ONE_PLACE = PauseRule(free=3, longest=900)
ASKED_FROM_ONE_SOURCE = PauseRule(free=10, longest=300)
ASKED_FOR_ONE_ADDRESS = PauseRule(free=10, longest=300)
NO_TICKET_ID = 0
NO_CODE_CREATED = datetime(2000, 1, 1, tzinfo=UTC)

_NO_DIGIT = re.compile(r"[^0-9]")


class WrongCode(Invalid):
    """Address and code don't go together, or the code is used or has ended; never says which."""

    code = "wrong_code"
    sentence = N_("The address and the code don't go together, or the code is no longer valid. Ask for a new one.")


@dataclass(frozen=True, slots=True)
class GivenCode:
    """The newest code of an account; for an unknown address a value of the same form that no code fits."""

    user_id: int
    uid: str
    ticket_id: int
    digest: str
    created: datetime
    at_home: bool
    """The source is one from which the user has signed in lately."""


def ask_for_ticket(bank: Bank, kind: AskableTicket, email: str, source: str, language: str) -> None:
    """Mails a code or a reset link to the account of that address, if there is one, after the response.

    Raises TooManyTries while there is a pause, whether or not there is an account.
    """
    folded = fold_address(email)
    rules = {
        f"asking {folded} {source}": ASKED_AT_ONE_PLACE,
        f"asking from {source}": ASKED_FROM_ONE_SOURCE,
        f"asking for {folded}": ASKED_FOR_ONE_ADDRESS,
    }
    bank.pauses.take(rules)
    if bank.settings.mail_url is not None:
        bank.errands.later(partial(answer_asking, bank, kind, folded, language))


def answer_asking(bank: Bank, kind: AskableTicket, folded: str, language: str) -> None:
    """The errand of `ask_for_ticket`: looks the account up and mails the code or link, if there is one."""
    with bank.database.reading() as session:
        user = people.find_user_by_address(session, folded)
    if user is not None:
        sending_links.mail_asked_ticket(bank, user.id, kind, language)


def sign_in_with_code(bank: Bank, email: str, code: str, source: str, replaced: str = "") -> str:
    """Begins a session, ends the one of the token `replaced`, and returns the new token.

    Raises WrongCode for whatever is wrong, TooManyTries while there is a pause, and Busy.
    """
    folded = fold_address(email)
    given = look_up_code(bank, folded, source)
    signing_in.count_sign_in_try(bank, folded, source, given.at_home)
    open_still = count_try_of_code(bank, given)
    digest = code_digest(_NO_DIGIT.sub("", code), given.uid, given.created)
    if not (compare_digest(digest, given.digest) and open_still):
        log.warning("a sign-in by code from %s was refused", source)
        raise WrongCode
    signing_in.forgive_tries(bank, folded, source)
    return begin_session_with_code(bank, given, source, replaced)


def look_up_code(bank: Bank, folded: str, source: str) -> GivenCode:
    """The newest code of the account; makes the same queries whether or not there is such a user or code."""
    with bank.database.reading() as session:
        user = people.find_user_by_address(session, folded)
        user_id = user.id if user is not None else NO_USER_ID
        at_home = people.has_signed_in_from(session, user_id, source)
        ticket = tickets.newest_code(session, user_id)
    if user is None or ticket is None or not user.active:
        return GivenCode(user_id, "-", NO_TICKET_ID, "-", NO_CODE_CREATED, at_home)
    return GivenCode(user_id, user.uid, ticket.id, ticket.digest, ticket.created, at_home)


@essential
def count_try_of_code(bank: Bank, given: GivenCode) -> bool:
    """Counts a try with this code; True while it may be used."""
    with bank.database.writing() as session:
        return tickets.count_code_try(session, given.ticket_id, now(), MOST_CODE_TRIES)


@essential
def begin_session_with_code(bank: Bank, given: GivenCode, source: str, replaced: str) -> str:
    """Uses the code up and begins the session; returns its token."""
    moment = now()
    with bank.database.writing() as session:
        user = session.get(User, given.user_id)
        if user is None or not user.active or not tickets.use_up_ticket(session, given.ticket_id, moment):
            raise WrongCode
        return signing_in.write_sign_in(session, user, source, replaced, moment)
