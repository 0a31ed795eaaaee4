"""API tokens, which a program shows in place of a session.

A token is shown once, when it is made; the catalogue stores only its SHA-256. With it a program may do what its user
may do at this moment, but no more than its scope allows.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bank.catalogue import audit, people, tokens
from bank.catalogue.tables import Token, User
from bank.clock import now
from bank.errors import DiskFull, Invalid, NotFound, ReadOnlyDisk, SignInNeeded
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.essential import essential
from bank.workflow.people.accounts import expect_user_by_address
from bank.workflow.people.sessions import token_digest
from bank.workflow.rights import Role, Scope, Viewer

API_TOKEN_PREFIX = "bank_"  # noqa: S105
"""By it people, and programs that look for leaked secrets, recognise a token."""
API_TOKEN_BYTES = 32
LONGEST_TOKEN_NAME = 80
MOST_TOKENS = 20
"""Tokens that a user may have at the same time."""
TOKEN_SEEN_EVERY = timedelta(minutes=15)
SCOPES_OF_ROLE: Mapping[Role, tuple[Scope, ...]] = {
    "editor": ("read", "deposit"),
    "coordinator": ("read", "deposit", "review"),
    "admin": ("read", "deposit", "review"),
}
"""The scopes that a role may choose from, the narrowest first."""

_TOKEN = re.compile(rf"{API_TOKEN_PREFIX}[A-Za-z0-9_-]{{43}}")


class WrongToken(SignInNeeded):
    """No such token exists, it was ended, or its user has no access any more."""

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


def add_token(bank: Bank, user_id: int, name: str, scope: Scope, *, actor: str) -> str:
    """Makes a token for a user and returns it; it is not stored. Raises Invalid, NotFound."""
    token, moment = API_TOKEN_PREFIX + secrets.token_urlsafe(API_TOKEN_BYTES), now()
    called = " ".join(name.split())
    with bank.database.writing() as session:
        user = session.get(User, user_id)
        if user is None or not user.active:
            raise NotFound
        expect_sound_token(session, user, called, scope)
        row = Token(user_id=user.id, name=called, scope=scope, digest=token_digest(token), created=moment)
        session.add(row)
        session.flush()
        audit.add_audit_row(session, actor, "add_token", None, {"user": user.uid, "token": row.id, "scope": scope})
    return token


def revoke_own_token_named(bank: Bank, viewer: Viewer, name: str) -> None:
    """Ends the viewer's token of that name, if there is one."""
    for one in own_tokens(bank, viewer):
        if one.name == " ".join(name.split()):
            revoke_token(bank, one.id, actor=viewer.actor, of=viewer.id)


def add_token_for_address(bank: Bank, email: str, name: str, scope: Scope | None, *, actor: str) -> str:
    """`add_token` for a user's address; without a scope, the widest of the role. Raises the same."""
    with bank.database.reading() as session:
        user = expect_user_by_address(session, email)
    return add_token(bank, user.id, name, scope or SCOPES_OF_ROLE[cast(Role, user.role)][-1], actor=actor)


def expect_sound_token(session: Session, user: User, name: str, scope: Scope) -> None:
    """Raises Invalid for a name or scope that can't be taken, a name in use, and one token too many."""
    if not name or len(name) > LONGEST_TOKEN_NAME or not name.isprintable():
        raise Invalid(N_("Give the token a name of 1 to {longest} characters."), longest=LONGEST_TOKEN_NAME)
    if scope not in SCOPES_OF_ROLE[cast(Role, user.role)]:
        raise Invalid(N_("Your role has no token with the scope {scope}."), scope=scope)
    there = tokens.tokens_of_user(session, user.id)
    if any(one.name == name for one in there):
        raise Invalid(N_("There is a token called {name} already."), name=name)
    if len(there) >= MOST_TOKENS:
        raise Invalid(N_("There are {most} tokens already; end one first."), most=MOST_TOKENS)


def viewer_of_token(bank: Bank, token: str) -> Viewer:
    """The viewer for whom the token stands, with the role and the cities of today. Raises WrongToken."""
    if not _TOKEN.fullmatch(token):
        raise WrongToken
    moment = now()
    with bank.database.reading() as session:
        found = tokens.token_with_digest(session, token_digest(token))
        if found is None:
            raise WrongToken
        user, row = found
        cities = people.cities_of_users(session, [user.id], moment.date()).get(user.id, ())
    if row.seen is None or row.seen < moment - TOKEN_SEEN_EVERY:
        note_token_seen(bank, row.id, moment)
    return Viewer(user.id, user.name or user.email, cast(Role, user.role), frozenset(cities), cast(Scope, row.scope))


def note_token_seen(bank: Bank, number: int, moment: datetime) -> None:
    """Writes when the token was last used; where that fails, does nothing."""
    # A long writer, or a disk that is full or can only be read, may not keep a program from reading.
    with suppress(DBAPIError, DiskFull, ReadOnlyDisk), bank.database.writing() as session:
        row = session.get(Token, number)
        if row is not None:
            row.seen = moment


def own_tokens(bank: Bank, viewer: Viewer) -> Sequence[TokenView]:
    """The viewer's tokens that were not ended, the newest first."""
    with bank.database.reading() as session:
        user = session.get(User, viewer.id)
        return [] if user is None else [token_view(user, row) for row in tokens.tokens_of_user(session, viewer.id)]


def every_token(bank: Bank) -> Sequence[TokenView]:
    """Every token, ended ones too."""
    with bank.database.reading() as session:
        return [token_view(user, row) for user, row in tokens.all_tokens(session)]


def token_view(user: User, row: Token) -> TokenView:
    return TokenView(row.id, user.email, row.name, cast(Scope, row.scope), row.created, row.seen, row.ended)


@essential
def revoke_token(bank: Bank, number: int, *, actor: str, of: int | None = None) -> None:
    """Ends a token, of the user `of` where one is given. Raises NotFound, also for one that was ended."""
    with bank.database.writing() as session:
        row = session.get(Token, number)
        if row is None or row.ended is not None or of not in (None, row.user_id):
            raise NotFound(N_("There is no token {number}."), number=number)
        row.ended = now()
        audit.add_audit_row(session, actor, "end_token", None, {"token": number})
