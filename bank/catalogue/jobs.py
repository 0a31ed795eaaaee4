"""The queue of the worker's jobs: queued in the transaction of the act that needs them, begun under a lease."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, text
from sqlalchemy.orm import Session

from bank.catalogue.tables import Job
from bank.catalogue.tables.work import OPEN_JOBS
from bank.clock import now

JOB_LEASE = timedelta(seconds=60)
"""How long whoever begins a job, or renews its lease, vouches for it."""
LONGEST_JOB_PAUSE = timedelta(minutes=10)
"""A job waits no longer than this before it is tried again."""


def insert_job(
    session: Session, kind: str, payload: Mapping[str, object], entry_id: int | None = None, total: int | None = None
) -> int:
    """Adds a waiting job, about that entry where one is given, with `total` pieces of work. Returns its id."""
    moment = now()
    job = Job(kind=kind, payload=dict(payload), total=total, entry_id=entry_id, created=moment, updated=moment)
    session.add(job)
    session.flush()
    return job.id


def job_is_abandoned(moment: datetime) -> ColumnElement[bool]:
    """The clause for jobs that somebody began and vouches for no longer.

    A lease that ends further ahead than a whole lease was given before the clock was set back: it counts for nothing.
    """
    over = or_(Job.lease.is_(None), Job.lease < moment, Job.lease > moment + JOB_LEASE)
    return and_(Job.state == "running", over)


def job_can_begin(kind: str, moment: datetime, held: Collection[int] = ()) -> ColumnElement[bool]:
    """The clause for jobs of a kind that may be begun: waiting ones without a pause, and abandoned ones.

    `held` are ids of jobs that this very process works on: it has not abandoned them, whatever the clock says.
    """
    ready = or_(Job.again.is_(None), Job.again <= moment, Job.again > moment + LONGEST_JOB_PAUSE)
    free = or_(and_(Job.state == "waiting", ready), job_is_abandoned(moment))
    return and_(Job.kind == kind, text(OPEN_JOBS), free, Job.id.not_in(held))


def state_for_readers(job: Job, moment: datetime) -> str:
    """The job's state as pages tell it: one that was begun and abandoned waits."""
    lease = job.lease
    vouched = lease is not None and moment <= lease <= moment + JOB_LEASE
    return "waiting" if job.state == "running" and not vouched else job.state


def renew_leases(session: Session, ids: Collection[int]) -> None:
    """Vouches anew for those of these jobs that run."""
    for job in session.scalars(select(Job).where(Job.id.in_(ids), Job.state == "running")):
        job.lease = now() + JOB_LEASE
