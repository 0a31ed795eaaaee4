"""API tokens: what a program shows in place of a session, told once and never again.

The catalogue keeps a token's SHA-256. What a token may do is what its user may do at this moment, and of that no more
than its scope allows.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bank.catalogue import audit, people, tokens
from bank.catalogue.tables import Token, User
from bank.clock import now
from bank.errors import Invalid, NotFound, SignInNeeded
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.people.accounts import user_of
from bank.workflow.people.sessions import digest_of
from bank.workflow.rights import Role, Scope, Viewer

PREFIX = "bank_"
"""By which people and programs that look for leaked secrets know one."""
TOKEN_BYTES = 32
LONGEST_NAME = 80
MOST = 20
"""Tokens that a user has at the same time."""
SEEN_EVERY = timedelta(minutes=15)
ALLOWED: Mapping[Role, tuple[Scope, ...]] = {
    "editor": ("read", "deposit"),
    "coordinator": ("read", "deposit", "review"),
    "admin": ("read", "deposit", "review"),
}
"""The scopes that make sense for a role, the narrowest first."""

_TOKEN = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


class WrongToken(SignInNeeded):
    """The token that a program showed is none, was ended, or its user has no access any more."""

    code = "wrong_token"
    sentence = N_("This token is not valid, or is no longer. Make another on your account's page.")


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token as lists show it; `seen` is when it was last used, to some minutes."""

    id: int
    email: str
    name: str
    scope: Scope
    created: datetime
    seen: datetime | None
    ended: datetime | None


def add(bank: Bank, user_id: int, name: str, scope: Scope, *, actor: str) -> str:
    """Makes a token for a user and tells it, this one time. Raises Invalid, NotFound."""
    token, moment = PREFIX + secrets.token_urlsafe(TOKEN_BYTES), now()
    called = " ".join(name.split())
    with bank.database.writing() as session:
        user = session.get(User, user_id)
        if user is None or not user.active:
            raise NotFound
        expect_sound(session, user, called, scope)
        row = Token(user_id=user.id, name=called, scope=scope, digest=digest_of(token), created=moment)
        session.add(row)
        session.flush()
        audit.note(session, actor, "add_token", None, {"user": user.uid, "token": row.id, "scope": scope})
    return token


def add_for(bank: Bank, email: str, name: str, scope: Scope | None, *, actor: str) -> str:
    """`add` for a user's address; without a scope, the widest that the role allows. Raises the same."""
    with bank.database.reading() as session:
        user = user_of(session, email)
    return add(bank, user.id, name, scope or ALLOWED[cast(Role, user.role)][-1], actor=actor)


def expect_sound(session: Session, user: User, name: str, scope: Scope) -> None:
    """Raises Invalid for a name or a scope that can't be, a name that is taken, and one token too many."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(N_("Give the token a name of 1 to {longest} characters."), longest=LONGEST_NAME)
    if scope not in ALLOWED[cast(Role, user.role)]:
        raise Invalid(N_("Your role has no token with the scope {scope}."), scope=scope)
    there = tokens.of_user(session, user.id)
    if any(one.name == name for one in there):
        raise Invalid(N_("There is a token called {name} already."), name=name)
    if len(there) >= MOST:
        raise Invalid(N_("There are {most} tokens already; end one first."), most=MOST)


def viewer_of(bank: Bank, token: str) -> Viewer:
    """Who the token stands for, with the role and the cities of today. Raises WrongToken."""
    if not _TOKEN.fullmatch(token):
        raise WrongToken
    moment = now()
    with bank.database.reading() as session:
        found = tokens.with_digest(session, digest_of(token))
        if found is None:
            raise WrongToken
        user, row = found
        cities = people.cities_of(session, [user.id], moment.date()).get(user.id, ())
    if row.seen is None or row.seen < moment - SEEN_EVERY:
        note_seen(bank, row.id, moment)
    return Viewer(user.id, user.name or user.email, cast(Role, user.role), frozenset(cities), cast(Scope, row.scope))


def note_seen(bank: Bank, number: int, moment: datetime) -> None:
    """Notes that the token is in use."""
    try:
        with bank.database.writing() as session:
            row = session.get(Token, number)
            if row is not None:
                row.seen = moment
    except DBAPIError:
        return  # A full disk or a long writer may not keep a program from reading.


def own_tokens(bank: Bank, viewer: Viewer) -> Sequence[TokenView]:
    """The viewer's tokens that work, the newest first."""
    with bank.database.reading() as session:
        user = session.get(User, viewer.id)
        return [] if user is None else [view(user, row) for row in tokens.of_user(session, viewer.id)]


def every_token(bank: Bank) -> Sequence[TokenView]:
    """Every token, ended ones too."""
    with bank.database.reading() as session:
        return [view(user, row) for user, row in tokens.all_tokens(session)]


def view(user: User, row: Token) -> TokenView:
    return TokenView(row.id, user.email, row.name, cast(Scope, row.scope), row.created, row.seen, row.ended)


def end(bank: Bank, number: int, *, actor: str, of: int | None = None) -> None:
    """Ends a token, of the user `of` where one is named. Raises NotFound, also for one that was ended."""
    with bank.database.writing() as session:
        row = session.get(Token, number)
        if row is None or row.ended is not None or of not in (None, row.user_id):
            raise NotFound(N_("There is no token {number}."), number=number)
        row.ended = now()
        audit.note(session, actor, "end_token", None, {"token": number})
