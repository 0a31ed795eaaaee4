"""One's own account: name, password, and where one is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bank.catalogue import audit, people
from bank.catalogue.tables import User, UserSession
from bank.clock import now
from bank.errors import Invalid, NotFound, SignInNeeded
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.essential import essential
from bank.workflow.pauses import PauseRule
from bank.workflow.people import passwords, sessions
from bank.workflow.people.accounts import (
    end_all_access,
    end_sessions_and_tickets,
    expect_person_name,
    guessable_words,
)
from bank.workflow.rights import Viewer, actor_of

SESSION_HANDLE_LENGTH = 16
"""Characters of a session's digest by which its owner names it."""
PRESENT_PASSWORD_TRIES = PauseRule(free=5, longest=900)
"""Tries of the present password from inside a session."""


class WrongPassword(Invalid):
    """The present password, which is asked for before it is changed, is wrong."""

    code = "wrong_password"
    sentence = N_("That is not your present password.")


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A browser in which one is signed in; `seen` is exact to some minutes, `source` the address it began from."""

    handle: str
    created: datetime
    seen: datetime
    source: str
    here: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """One's own account. Who has no password signs in with codes."""

    email: str
    name: str
    has_password: bool
    stays: tuple[OwnSession, ...]


def own_profile(bank: Bank, viewer: Viewer | None, token: str) -> Profile:
    """The viewer's own account, as seen from the session of `token`. Raises SignInNeeded."""
    moment, here = now(), sessions.token_digest(token)
    with bank.database.reading() as session:
        user = expect_own_user(session, viewer)
        stays = people.sessions_of_user(session, user.id, moment, moment - sessions.LONGEST_IDLE)
        views = tuple(
            OwnSession(one.digest[:SESSION_HANDLE_LENGTH], one.created, one.seen, one.source, one.digest == here)
            for one in stays
        )
        return Profile(user.email, user.name, user.password is not None, views)


def expect_own_user(session: Session, viewer: Viewer | None) -> User:
    """The viewer's row. Raises SignInNeeded for nobody, and for a program: it has a token, no account's page."""
    user = session.get(User, viewer.id) if viewer is not None and viewer.scope is None else None
    if user is None or not user.active:
        raise SignInNeeded
    return user


def set_own_name(bank: Bank, viewer: Viewer | None, name: str) -> None:
    """Changes one's own name; empty for none. Raises SignInNeeded, Invalid."""
    name = " ".join(name.split())
    expect_person_name(name)
    with bank.database.writing() as session:
        user = expect_own_user(session, viewer)
        user.name = name
        audit.add_audit_row(session, actor_of(user.id), "change_own_name", None, {"user": user.uid, "name": name})


@essential
def set_own_password(
    bank: Bank, viewer: Viewer | None, present: str, password: str, source: str, *, end_tokens: bool = False
) -> str:
    """Sets another password, ends every session, link and code, and begins a new session. Returns its token.

    With `end_tokens` every API token ends too: for whoever thinks that somebody else came in.
    A user without a password need not give a present one. Raises SignInNeeded, WrongPassword, Invalid for the new one,
    TooManyTries, Busy.
    """
    with bank.database.reading() as session:
        user = expect_own_user(session, viewer)
        kept = user.password
    if kept is not None:
        expect_present_password(bank, user.id, kept, present)
    passwords.expect_good_password(password, guessable_words(user.email, user.name))
    fresh = passwords.hash_password(password)
    with bank.database.writing() as session:
        user, moment = expect_own_user(session, viewer), now()
        if user.password != kept:
            raise WrongPassword
        user.password = fresh
        (end_all_access if end_tokens else end_sessions_and_tickets)(session, user.id)
        values = {"user": user.uid, "end_tokens": end_tokens}
        audit.add_audit_row(session, actor_of(user.id), "change_own_password", None, values)
        return sessions.begin_session(session, user, source, moment)


def expect_present_password(bank: Bank, user_id: int, kept: str, present: str) -> None:
    """Raises WrongPassword where `present` is not the password; TooManyTries, Busy.

    Five tries are free and later ones have pauses, so that a stolen session can't guess the password.
    """
    tries = f"password {user_id}"
    bank.pauses.take({tries: PRESENT_PASSWORD_TRIES})
    if not passwords.password_fits(kept, present):
        raise WrongPassword
    bank.pauses.forget([tries])


@essential
def end_own_session(bank: Bank, viewer: Viewer | None, handle: str) -> None:
    """Ends one of one's sessions. Raises SignInNeeded, NotFound."""
    with bank.database.writing() as session:
        user, moment = expect_own_user(session, viewer), now()
        stays = people.sessions_of_user(session, user.id, moment, moment - sessions.LONGEST_IDLE)
        found = [one for one in stays if one.digest[:SESSION_HANDLE_LENGTH] == handle]
        if not found:
            raise NotFound
        end_listed_sessions(session, user, found, moment)


@essential
def end_own_other_sessions(bank: Bank, viewer: Viewer | None, token: str) -> None:
    """Ends all one's own sessions but the one of `token`. Raises SignInNeeded."""
    here = sessions.token_digest(token)
    with bank.database.writing() as session:
        user, moment = expect_own_user(session, viewer), now()
        stays = people.sessions_of_user(session, user.id, moment, moment - sessions.LONGEST_IDLE)
        end_listed_sessions(session, user, [one for one in stays if one.digest != here], moment)


def end_listed_sessions(session: Session, user: User, stays: Sequence[UserSession], moment: datetime) -> None:
    for stay in stays:
        people.end_session(session, stay.digest, moment)
    audit.add_audit_row(
        session, actor_of(user.id), "end_own_sessions", None, {"user": user.uid, "sessions": len(stays)}
    )
