"""Entries whose index document is out of date, written in the transaction that changed them."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, Outbox
from bank.clock import now


def announce(session: Session, entry: Entry) -> None:
    """Says that the index must hear of `entry` at its present version."""
    session.flush()
    session.add(Outbox(entry_id=entry.id, version=entry.version, made=now()))


def waiting(session: Session, limit: int) -> Sequence[tuple[int, int]]:
    """The oldest (outbox id, entry id) pairs, at most `limit`."""
    rows = session.execute(select(Outbox.id, Outbox.entry_id).order_by(Outbox.id).limit(limit))
    return [(row.id, row.entry_id) for row in rows]


def acknowledge(session: Session, ids: Sequence[int]) -> None:
    """Takes out the rows that the index has answered for."""
    session.execute(delete(Outbox).where(Outbox.id.in_(ids)))


def count(session: Session) -> int:
    """How many rows wait."""
    return session.scalar(select(func.count()).select_from(Outbox)) or 0


def hidden_ids(session: Session) -> frozenset[int]:
    """Entries that the index may still hold though they are no longer published."""
    rows = session.scalars(
        select(Outbox.entry_id)
        .join(Entry, Entry.id == Outbox.entry_id, isouter=True)
        .where(Entry.status.is_distinct_from("published"))
    )
    return frozenset(rows)
