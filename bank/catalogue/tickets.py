"""Queries about tickets: links and codes that can be used once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from bank.catalogue.tables import Ticket


def ticket_with_digest(session: Session, kind: str, digest: str) -> Ticket | None:
    """The ticket of that kind and digest, also a used or ended one; None where there is none."""
    return session.scalar(select(Ticket).where(Ticket.kind == kind, Ticket.digest == digest))


def newest_code(session: Session, user_id: int) -> Ticket | None:
    """The newest code of a user, also a used or ended one; None where there is none."""
    of_user = select(Ticket).where(Ticket.kind == "code", Ticket.user_id == user_id)
    return session.scalar(of_user.order_by(Ticket.id.desc()).limit(1))


def use_up_ticket(session: Session, id: int, moment: datetime) -> bool:
    """Marks a ticket as used. False where it was used or has ended; of concurrent calls exactly one returns True."""
    held = update(Ticket).where(Ticket.id == id, Ticket.used.is_(None), Ticket.ends > moment)
    return cast("CursorResult[object]", session.execute(held.values(used=moment))).rowcount == 1


def count_code_try(session: Session, id: int, moment: datetime, most: int) -> bool:
    """Counts a try of a code before it is compared; False where it was used, has ended or was tried `most` times."""
    held = update(Ticket).where(Ticket.id == id, Ticket.used.is_(None), Ticket.ends > moment, Ticket.tries < most)
    return cast("CursorResult[object]", session.execute(held.values(tries=Ticket.tries + 1))).rowcount == 1


def end_tickets(session: Session, user_id: int | None, kinds: Sequence[str], moment: datetime) -> None:
    """Ends the open tickets of these kinds that belong to the user; None: those that belong to nobody (first links)."""
    owner = Ticket.user_id.is_(None) if user_id is None else Ticket.user_id == user_id
    is_open = (owner, Ticket.kind.in_(kinds), Ticket.used.is_(None), Ticket.ends > moment)
    session.execute(update(Ticket).where(*is_open).values(ends=moment))


def sweep_tickets(session: Session, ended_before: datetime) -> None:
    """Deletes unused tickets that ended before that moment; used ones stay, since they show who has signed in."""
    session.execute(delete(Ticket).where(Ticket.used.is_(None), Ticket.ends < ended_before))


def delete_open_tickets(session: Session, moment: datetime) -> None:
    """Deletes every ticket that could still be used."""
    session.execute(delete(Ticket).where(Ticket.used.is_(None), Ticket.ends > moment))


def users_who_came_in(session: Session, ids: Sequence[int]) -> frozenset[int]:
    """Of these users those who have used a ticket of any kind."""
    used = select(Ticket.user_id).where(Ticket.user_id.in_(ids), Ticket.used.is_not(None)).distinct()
    return frozenset(id for id in session.scalars(used) if id is not None)


def invited_until(session: Session, ids: Sequence[int]) -> Mapping[int, datetime]:
    """User id -> when the last of the user's invitations ends or ended."""
    last = select(Ticket.user_id, func.max(Ticket.ends)).where(Ticket.user_id.in_(ids), Ticket.kind == "invitation")
    return {id: ends for id, ends in session.execute(last.group_by(Ticket.user_id)) if id is not None}
