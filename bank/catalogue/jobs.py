"""Queues work for the worker, in the transaction of the act that needs it."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from bank.catalogue.tables import Job
from bank.clock import now


def insert_job(
    session: Session, kind: str, payload: Mapping[str, object], entry_id: int | None = None, total: int | None = None
) -> int:
    """Adds a waiting job, about that entry where one is given, with `total` pieces of work. Returns its id."""
    moment = now()
    job = Job(kind=kind, payload=dict(payload), total=total, entry_id=entry_id, created=moment, updated=moment)
    session.add(job)
    session.flush()
    return job.id
