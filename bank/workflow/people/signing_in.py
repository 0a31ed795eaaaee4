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
from bank.workflow.essential import essential
from bank.workflow.pauses import PauseRule
from bank.workflow.people import passwords, sessions
from bank.workflow.people.accounts import fold_address
from bank.workflow.rights import actor_of

log = logging.getLogger("bank.signing_in")

NO_USER_ID = 0
"""An id that no user has."""
TRIES_AT_ONE_PLACE = PauseRule(free=5, longest=900)
"""Tries for one address from one source."""
TRIES_FROM_ONE_SOURCE = PauseRule(free=20, longest=300)
"""Tries for any address from one source."""
TRIES_FOR_ONE_ADDRESS = PauseRule(free=50, longest=60)
"""Tries for one address from sources where its owner has not signed in lately."""


class WrongSignIn(Invalid):
    """Address and password don't go together; never says which of them is wrong."""

    code = "wrong_sign_in"
    sentence = N_("The address or the password is not right.")


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """What is looked up before the password is compared; for an unknown address a value of the same form."""

    user_id: int
    password: str | None
    at_home: bool
    """The source is one from which the owner has signed in lately."""


@essential
def sign_in_with_password(bank: Bank, email: str, password: str, source: str, replaced: str = "") -> str:
    """Begins a session, ends the one of the token `replaced`, and returns the new token.

    Raises WrongSignIn for an unknown address, an inactive user or a wrong password alike, TooManyTries while there is a
    pause, and Busy.
    """
    folded = fold_address(email)
    known = look_up_account(bank, folded, source)
    count_sign_in_try(bank, folded, source, known.at_home)
    if not passwords.password_fits(known.password, password):
        log.warning("a sign-in from %s was refused", source)
        raise WrongSignIn
    forgive_tries(bank, folded, source)
    return begin_session_with_password(bank, known, password, source, replaced)


def names_of_tries(folded: str, source: str) -> tuple[str, str, str]:
    """The names under which tries are counted: the address at that source, the source, the address."""
    return f"place {folded} {source}", f"source {source}", f"address {folded}"


def count_sign_in_try(bank: Bank, folded: str, source: str, at_home: bool) -> None:
    """Counts a try, by password or by code. Raises TooManyTries while there is a pause."""
    place, origin, owner = names_of_tries(folded, source)
    rules = {place: TRIES_AT_ONE_PLACE, origin: TRIES_FROM_ONE_SOURCE}
    bank.pauses.take(rules if at_home else {**rules, owner: TRIES_FOR_ONE_ADDRESS})


def forgive_tries(bank: Bank, folded: str, source: str) -> None:
    """Clears the counted tries after a successful sign-in.

    Of the source's, which others may share, only one.
    """
    place, origin, owner = names_of_tries(folded, source)
    bank.pauses.forget([place, owner])
    bank.pauses.give_back([origin])


def look_up_account(bank: Bank, folded: str, source: str) -> KnownAccount:
    """The account of the address; makes the same queries whether or not there is such a user."""
    with bank.database.reading() as session:
        user = people.find_user_by_address(session, folded)
        user_id = user.id if user is not None else NO_USER_ID
        at_home = people.has_signed_in_from(session, user_id, source)
        kept = user.password if user is not None and user.active else None
        return KnownAccount(user_id, kept, at_home)


def begin_session_with_password(bank: Bank, known: KnownAccount, password: str, source: str, replaced: str) -> str:
    """Begins the session; its token. Raises WrongSignIn where the account was changed meanwhile."""
    renewed = passwords.hash_password(password) if passwords.is_outdated_hash(known.password or "") else None
    with bank.database.writing() as session:
        user = session.get(User, known.user_id)
        if user is None or not user.active or user.password != known.password:
            raise WrongSignIn
        if renewed is not None:
            user.password = renewed
        return write_sign_in(session, user, source, replaced, now())


def write_sign_in(session: Session, user: User, source: str, replaced: str, moment: datetime) -> str:
    """Ends the replaced session and begins a new one in the caller's transaction; its token."""
    people.end_session(session, sessions.token_digest(replaced), moment)
    token = sessions.begin_session(session, user, source, moment)
    audit.add_audit_row(session, actor_of(user.id), "sign_in", None, {"user": user.uid})
    return token
