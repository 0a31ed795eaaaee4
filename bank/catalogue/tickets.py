"""Questions about tickets: the links and codes that open one door once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from bank.catalogue.tables import Ticket


def ticket_with_digest(session: Session, kind: str, digest: str) -> Ticket | None:
    """The ticket of that digest, whatever has become of it."""
    return session.scalar(select(Ticket).where(Ticket.kind == kind, Ticket.digest == digest))


def newest_code(session: Session, user_id: int) -> Ticket | None:
    """The code that was given to a user last."""
    of_user = select(Ticket).where(Ticket.kind == "code", Ticket.user_id == user_id)
    return session.scalar(of_user.order_by(Ticket.id.desc()).limit(1))


def use_up_ticket(session: Session, id: int, moment: datetime) -> bool:
    """Uses a ticket up; False where it was used before or has ended. Of many at once exactly one is told True."""
    held = update(Ticket).where(Ticket.id == id, Ticket.used.is_(None), Ticket.ends > moment)
    return cast("CursorResult[object]", session.execute(held.values(used=moment))).rowcount == 1


def count_code_try(session: Session, id: int, moment: datetime, most: int) -> bool:
    """Counts a try of a code before its outcome is known; False where it may not be tried (any more)."""
    held = update(Ticket).where(Ticket.id == id, Ticket.used.is_(None), Ticket.ends > moment, Ticket.tries < most)
    return cast("CursorResult[object]", session.execute(held.values(tries=Ticket.tries + 1))).rowcount == 1


def end_tickets(session: Session, user_id: int | None, kinds: Sequence[str], moment: datetime) -> None:
    """Ends what is open of these kinds, of a user, or without user."""
    owner = Ticket.user_id.is_(None) if user_id is None else Ticket.user_id == user_id
    is_open = (owner, Ticket.kind.in_(kinds), Ticket.used.is_(None), Ticket.ends > moment)
    session.execute(update(Ticket).where(*is_open).values(ends=moment))


def sweep_tickets(session: Session, ended_before: datetime) -> None:
    """Takes out tickets that nobody used and that ended before that moment; used ones tell who has come in."""
    session.execute(delete(Ticket).where(Ticket.used.is_(None), Ticket.ends < ended_before))


def delete_open_tickets(session: Session, moment: datetime) -> None:
    """Takes out every ticket that could still be used."""
    session.execute(delete(Ticket).where(Ticket.used.is_(None), Ticket.ends > moment))


def users_who_came_in(session: Session, ids: Sequence[int]) -> frozenset[int]:
    """Of these users those who have used a ticket of any kind."""
    used = select(Ticket.user_id).where(Ticket.user_id.in_(ids), Ticket.used.is_not(None)).distinct()
    return frozenset(id for id in session.scalars(used) if id is not None)


def invited_until(session: Session, ids: Sequence[int]) -> Mapping[int, datetime]:
    """User id -> when the last of the user's invitations ends or ended."""
    last = select(Ticket.user_id, func.max(Ticket.ends)).where(Ticket.user_id.in_(ids), Ticket.kind == "invitation")
    return {id: ends for id, ends in session.execute(last.group_by(Ticket.user_id)) if id is not None}
