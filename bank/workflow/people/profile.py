"""One's own account: name, password, and where one is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bank.catalogue import audit, people
from bank.catalogue.tables import Stay, User
from bank.clock import now
from bank.errors import Invalid, NotFound, SignInNeeded
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.pauses import Rule
from bank.workflow.people import passwords, sessions
from bank.workflow.people.accounts import expect_name, known_words, shut_out
from bank.workflow.rights import Viewer, actor_of

HANDLE = 16
"""Characters of a session's digest by which its owner names it."""
PRESENT = Rule(free=5, longest=900)
"""Tries of the present password from inside a session."""


class WrongPassword(Invalid):
    """The present password, which changing it asks for, is another."""

    code = "wrong_password"
    sentence = N_("That is not your present password.")


@dataclass(frozen=True, slots=True)
class OwnStay:
    """A browser in which one is signed in; `seen` is exact to some minutes, `source` the address it began from."""

    handle: str
    created: datetime
    seen: datetime
    source: str
    here: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What one's account says. Without a password one comes in by codes."""

    email: str
    name: str
    has_password: bool
    stays: tuple[OwnStay, ...]


def profile(bank: Bank, viewer: Viewer | None, token: str) -> Profile:
    """The viewer's own account, as seen from the session of `token`. Raises SignInNeeded."""
    moment, here = now(), sessions.digest_of(token)
    with bank.database.reading() as session:
        user = own(session, viewer)
        stays = people.stays_of(session, user.id, moment, moment - sessions.IDLE)
        views = tuple(
            OwnStay(one.digest[:HANDLE], one.created, one.seen, one.source, one.digest == here) for one in stays
        )
        return Profile(user.email, user.name, user.password is not None, views)


def own(session: Session, viewer: Viewer | None) -> User:
    """The viewer's row. Raises SignInNeeded for nobody, and for a program: it has a token, no account's page."""
    user = session.get(User, viewer.id) if viewer is not None and viewer.scope is None else None
    if user is None or not user.active:
        raise SignInNeeded
    return user


def change_name(bank: Bank, viewer: Viewer | None, name: str) -> None:
    """Gives oneself another name; empty for none. Raises SignInNeeded, Invalid."""
    name = " ".join(name.split())
    expect_name(name)
    with bank.database.writing() as session:
        user = own(session, viewer)
        user.name = name
        audit.note(session, actor_of(user.id), "change_own_name", None, {"user": user.uid, "name": name})


def change_password(bank: Bank, viewer: Viewer | None, present: str, password: str, source: str) -> str:
    """Sets another password, ends every session, and begins one for who did it: its token.

    Who has none yet is asked for none. Raises SignInNeeded, WrongPassword, Invalid for the new one, TooMany, Busy.
    """
    with bank.database.reading() as session:
        user = own(session, viewer)
        kept = user.password
    if kept is not None:
        expect_present(bank, user.id, kept, present)
    passwords.expect_good(password, known_words(user.email, user.name))
    fresh = passwords.hashed(password)
    with bank.database.writing() as session:
        user, moment = own(session, viewer), now()
        if user.password != kept:
            raise WrongPassword
        user.password = fresh
        shut_out(session, user.id)
        audit.note(session, actor_of(user.id), "change_own_password", None, {"user": user.uid})
        return sessions.begin(session, user, source, moment)


def expect_present(bank: Bank, user_id: int, kept: str, present: str) -> None:
    """Raises WrongPassword, TooMany, Busy: a stolen session is no way to guess its owner's password."""
    tries = f"password {user_id}"
    bank.pauses.take({tries: PRESENT})
    if not passwords.fits(kept, present):
        raise WrongPassword
    bank.pauses.forget([tries])


def end_stay(bank: Bank, viewer: Viewer | None, handle: str) -> None:
    """Ends one of one's sessions. Raises SignInNeeded, NotFound."""
    with bank.database.writing() as session:
        user, moment = own(session, viewer), now()
        stays = people.stays_of(session, user.id, moment, moment - sessions.IDLE)
        found = [one for one in stays if one.digest[:HANDLE] == handle]
        if not found:
            raise NotFound
        end_these(session, user, found, moment)


def end_other_stays(bank: Bank, viewer: Viewer | None, token: str) -> None:
    """Ends every session of one's own but that of `token`. Raises SignInNeeded."""
    here = sessions.digest_of(token)
    with bank.database.writing() as session:
        user, moment = own(session, viewer), now()
        stays = people.stays_of(session, user.id, moment, moment - sessions.IDLE)
        end_these(session, user, [one for one in stays if one.digest != here], moment)


def end_these(session: Session, user: User, stays: Sequence[Stay], moment: datetime) -> None:
    for stay in stays:
        people.end_stay(session, stay.digest, moment)
    audit.note(session, actor_of(user.id), "end_own_sessions", None, {"user": user.uid, "sessions": len(stays)})
