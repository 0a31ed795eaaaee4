"""Signing in with a password: the same answer and the same work whatever is wrong, and pauses against guessing."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bank.catalogue import audit, people
from bank.catalogue.tables import User
from bank.clock import now
from bank.errors import Invalid
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.pauses import Rule
from bank.workflow.people import passwords, sessions
from bank.workflow.people.accounts import folded_address
from bank.workflow.rights import actor_of

log = logging.getLogger("bank.signing_in")

NOBODY = 0
"""An id that no user has."""
AT_ONE_PLACE = Rule(free=5, longest=900)
"""Tries for one address from one source."""
FROM_ONE_SOURCE = Rule(free=20, longest=300)
"""Tries for any address from one source."""
FOR_ONE_ADDRESS = Rule(free=50, longest=60)
"""Tries for one address from sources where its owner has not signed in lately."""


class WrongSignIn(Invalid):
    """Address and password don't go together; never says which of them is wrong."""

    code = "wrong_sign_in"
    sentence = N_("The address or the password is not right.")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of who wants to sign in before the password was looked at; the same kind of thing for nobody."""

    user_id: int
    password: str | None
    at_home: bool
    """The source is one where the owner has signed in lately."""


def sign_in(bank: Bank, email: str, password: str, source: str, replaced: str = "") -> str:
    """Begins a session and ends the one of the token `replaced`; the new token.

    Raises WrongSignIn for an unknown address, an inactive user or a wrong password alike, TooMany while there is a
    pause, and Busy.
    """
    folded = folded_address(email)
    known = look_up(bank, folded, source)
    count_try(bank, folded, source, known.at_home)
    if not passwords.fits(known.password, password):
        log.warning("a sign-in from %s was refused", source)
        raise WrongSignIn
    forgive(bank, folded, source)
    return welcome(bank, known, password, source, replaced)


def names(folded: str, source: str) -> tuple[str, str, str]:
    """Under which names tries are counted: the address at that source, the source, the address."""
    return f"place {folded} {source}", f"source {source}", f"address {folded}"


def count_try(bank: Bank, folded: str, source: str, at_home: bool) -> None:
    """Counts a try, by password or by code. Raises TooMany while there is a pause."""
    place, origin, owner = names(folded, source)
    rules = {place: AT_ONE_PLACE, origin: FROM_ONE_SOURCE}
    bank.pauses.take(rules if at_home else {**rules, owner: FOR_ONE_ADDRESS})


def forgive(bank: Bank, folded: str, source: str) -> None:
    """Holds nothing against somebody who came in."""
    place, origin, owner = names(folded, source)
    bank.pauses.forget([place, owner])
    bank.pauses.give_back([origin])


def look_up(bank: Bank, folded: str, source: str) -> Known:
    """Asks the same questions whether or not there is such a user."""
    with bank.database.reading() as session:
        user = people.with_address(session, folded)
        user_id = user.id if user is not None else NOBODY
        at_home = people.has_stayed(session, user_id, source)
        kept = user.password if user is not None and user.active else None
        return Known(user_id, kept, at_home)


def welcome(bank: Bank, known: Known, password: str, source: str, replaced: str) -> str:
    """Begins the session, unless the account was changed since the password was looked at."""
    renewed = passwords.hashed(password) if passwords.outdated(known.password or "") else None
    with bank.database.writing() as session:
        user = session.get(User, known.user_id)
        if user is None or not user.active or user.password != known.password:
            raise WrongSignIn
        if renewed is not None:
            user.password = renewed
        return enter(session, user, source, replaced, now())


def enter(session: Session, user: User, source: str, replaced: str, moment: datetime) -> str:
    """The rows of a sign-in, in the caller's transaction."""
    people.end_stay(session, sessions.digest_of(replaced), moment)
    token = sessions.begin(session, user, source, moment)
    audit.note(session, actor_of(user.id), "sign_in", None, {"user": user.uid})
    return token
