"""Entries whose index document is out of date, written in the transaction that changed them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bank.catalogue.retrying import may_be_tried, retry_pause
from bank.catalogue.tables import Entry, Outbox
from bank.clock import now


def queue_for_index(session: Session, entry: Entry) -> None:
    """Adds an outbox row: the index must be told of `entry` at its present version."""
    session.flush()
    session.add(Outbox(entry_id=entry.id, version=entry.version, made=now()))


def oldest_outbox_rows(session: Session, limit: int) -> Sequence[tuple[int, int]]:
    """The oldest (outbox id, entry id) pairs that may be tried now, at most `limit`."""
    rows = session.execute(
        select(Outbox.id, Outbox.entry_id).where(may_be_tried(Outbox.again)).order_by(Outbox.id).limit(limit)
    )
    return [(row.id, row.entry_id) for row in rows]


def entries_in_outbox(session: Session) -> set[int]:
    """Ids of all entries with a row, also of those that failed and wait for another try."""
    return set(session.scalars(select(Outbox.entry_id)))


def postpone_indexing(session: Session, entry_id: int, error: str) -> None:
    """Notes why an entry can't be indexed. It is tried again after a minute, then two, four, ... at most sixty."""
    rows = session.scalars(select(Outbox).where(Outbox.entry_id == entry_id)).all()
    if not rows:
        rows = [Outbox(entry_id=entry_id, version=0, made=now(), failures=0)]
        session.add_all(rows)
    for row in rows:
        row.again = now() + retry_pause(row.failures)
        row.failures += 1
        row.error = error[:500]


def indexing_failures(session: Session) -> Mapping[int, str]:
    """Entry id -> why the index could not take it."""
    rows = session.execute(select(Outbox.entry_id, Outbox.error).where(Outbox.failures > 0).order_by(Outbox.id))
    return dict(rows.all())


def acknowledge_rows(session: Session, ids: Sequence[int]) -> None:
    """Deletes outbox rows whose entries the index has taken."""
    session.execute(delete(Outbox).where(Outbox.id.in_(ids)))


def count_outbox_rows(session: Session) -> int:
    """How many rows wait, without those that have failed."""
    return session.scalar(select(func.count()).select_from(Outbox).where(Outbox.failures == 0)) or 0


def unpublished_ids_in_outbox(session: Session) -> frozenset[int]:
    """Ids of entries with a row that are not published: the index may still hold them."""
    rows = session.scalars(
        select(Outbox.entry_id)
        .join(Entry, Entry.id == Outbox.entry_id, isouter=True)
        .where(Entry.status.is_distinct_from("published"))
    )
    return frozenset(rows)
