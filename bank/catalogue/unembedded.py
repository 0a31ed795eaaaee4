"""The queue of entries whose vectors are out of date: they enter it once indexed, and leave it with their vectors."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bank.catalogue.retrying import may_be_tried, retry_pause
from bank.catalogue.tables import Unembedded
from bank.clock import now

IDS_AT_ONCE = 500


def queue_for_embedding(session: Session, ids: Iterable[int]) -> None:
    """Queues these entries for embedding; one that waits already moves to the end, its failures forgotten."""
    moment = now()
    for some in in_id_batches(dict.fromkeys(ids)):
        session.execute(delete(Unembedded).where(Unembedded.entry_id.in_(some)))
        session.execute(
            insert(Unembedded),
            [{"entry_id": id, "made": moment, "failures": 0, "error": "", "again": None} for id in some],
        )


def in_id_batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids in lists of at most 500, so that no SQL statement grows long."""
    rest = iter(ids)
    while some := list(islice(rest, IDS_AT_ONCE)):
        yield some


def oldest_unembedded(session: Session) -> tuple[int, datetime] | None:
    """The entry that waits longest and may be tried now, with the moment from which it waits."""
    question = (
        select(Unembedded).where(may_be_tried(Unembedded.again)).order_by(Unembedded.made, Unembedded.entry_id).limit(1)
    )
    row = session.scalar(question)
    return None if row is None else (row.entry_id, row.made)


def mark_embedded(session: Session, id: int, made: datetime) -> None:
    """Deletes an entry's row, unless the entry was queued again since `made`."""
    session.execute(delete(Unembedded).where(Unembedded.entry_id == id, Unembedded.made == made))


def postpone_embedding(session: Session, id: int, error: str) -> None:
    """Notes why an entry has no vectors. It is tried again after a minute, then two, four, ... at most sixty."""
    row = session.get(Unembedded, id)
    if row is not None:
        row.again = now() + retry_pause(row.failures)
        row.failures += 1
        row.error = error[:500]


def embedding_failures(session: Session) -> Mapping[int, str]:
    """Entry id -> why it has no vectors."""
    rows = session.execute(select(Unembedded.entry_id, Unembedded.error).where(Unembedded.failures > 0))
    return dict(rows.all())


def entries_unembedded(session: Session) -> set[int]:
    """Ids of all entries with a row, also of those that failed and wait for another try."""
    return set(session.scalars(select(Unembedded.entry_id)))


def count_unembedded(session: Session) -> int:
    """How many entries wait, without those that have failed."""
    return session.scalar(select(func.count()).select_from(Unembedded).where(Unembedded.failures == 0)) or 0
