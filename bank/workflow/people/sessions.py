"""Sessions: which user a browser's token stands for, until it is signed out, idle too long or too old.

Only the browser knows the token; the catalogue stores its SHA-256.
"""

import hashlib
import re
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bank.catalogue import people
from bank.catalogue.tables import User, UserSession
from bank.clock import now
from bank.errors import DiskFull, ReadOnlyDisk
from bank.workflow.bank import Bank
from bank.workflow.essential import essential
from bank.workflow.rights import Role, Viewer

SECRET_BYTES = 32
LONGEST_IDLE = timedelta(hours=12)
LONGEST_SESSION = timedelta(days=7)
SESSION_SEEN_EVERY = timedelta(minutes=15)
"""How exactly the catalogue knows when a session was last used; within it, reading writes nothing."""
ENDED_SESSION_KEPT = timedelta(days=30)
"""How long ended sessions are stored: they tell from which addresses a user usually signs in."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def token_digest(token: str) -> str:
    """SHA-256 (hex) of a token, as the catalogue stores it."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(session: Session, user: User, source: str, moment: datetime) -> str:
    """Begins a session in the caller's transaction; its token, which is not stored."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    people.sweep_sessions(session, moment - ENDED_SESSION_KEPT)
    session.add(
        UserSession(
            digest=token_digest(token),
            user_id=user.id,
            created=moment,
            seen=moment,
            ends=moment + LONGEST_SESSION,
            source=source,
        )
    )
    return token


def viewer_of_session(bank: Bank, token: str) -> Viewer | None:
    """The viewer for whom the token stands, with the role and the cities of today; None for no valid token."""
    if not _TOKEN.fullmatch(token):
        return None
    moment = now()
    with bank.database.reading() as session:
        found = people.find_user_session(session, token_digest(token), moment, moment - LONGEST_IDLE)
        if found is None:
            return None
        user, stay = found
        cities = people.cities_of_users(session, [user.id], moment.date()).get(user.id, ())
    if stay.seen < moment - SESSION_SEEN_EVERY:
        note_session_seen(bank, stay.digest, moment)
    return Viewer(user.id, user.name or user.email, cast(Role, user.role), frozenset(cities))


def note_session_seen(bank: Bank, digest: str, moment: datetime) -> None:
    """Writes when the session was last used; where that fails, does nothing."""
    # A long writer, or a disk that is full or can only be read, may not keep anybody from reading.
    with suppress(DBAPIError, DiskFull, ReadOnlyDisk):
        renew_session(bank, digest, moment)


def renew_session(bank: Bank, digest: str, moment: datetime) -> None:
    """Writes when the session was last used."""
    with bank.database.writing() as session:
        stay = session.get(UserSession, digest)
        if stay is not None:
            stay.seen = moment


@essential
def sign_out(bank: Bank, token: str) -> None:
    """Ends the session of the token; one that there isn't is no failure."""
    with bank.database.writing() as session:
        people.end_session(session, token_digest(token), now())
