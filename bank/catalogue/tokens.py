"""Queries about API tokens, which programs show in place of a session."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Token, User


def token_with_digest(session: Session, digest: str) -> tuple[User, Token] | None:
    """The token of that digest with its user, unless it was ended or the user is not active."""
    row = session.execute(
        select(User, Token)
        .join(Token, Token.user_id == User.id)
        .where(Token.digest == digest, Token.ended.is_(None), User.active)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def tokens_of_user(session: Session, user_id: int) -> Sequence[Token]:
    """The tokens of a user that were not ended, the newest first."""
    query = select(Token).where(Token.user_id == user_id, Token.ended.is_(None))
    return session.scalars(query.order_by(Token.id.desc())).all()


def end_tokens_of_user(session: Session, user_id: int, moment: datetime) -> int:
    """Ends every token of a user; how many were open."""
    found = tokens_of_user(session, user_id)
    for row in found:
        row.ended = moment
    return len(found)


def all_tokens(session: Session) -> Sequence[tuple[User, Token]]:
    """Every token with its user, ended ones too, in the order in which they were made."""
    rows = session.execute(select(User, Token).join(Token, Token.user_id == User.id).order_by(Token.id))
    return [(user, token) for user, token in rows]
