"""Queues what the worker is to do, in the unit of work of the act that asks for it."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from bank.catalogue.tables import Job
from bank.clock import now


def insert_job(
    session: Session, kind: str, payload: Mapping[str, object], entry_id: int | None = None, total: int | None = None
) -> int:
    """A job that waits, about that entry where there is one, with `total` pieces of work. Returns its number."""
    moment = now()
    job = Job(kind=kind, payload=dict(payload), total=total, entry_id=entry_id, created=moment, updated=moment)
    session.add(job)
    session.flush()
    return job.id
