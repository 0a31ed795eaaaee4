"""Jobs: asked for by an act, done by the worker, watched by whoever waits."""

from dataclasses import dataclass

from sqlalchemy import select

from bank.catalogue.jobs import insert_job
from bank.catalogue.tables import Job
from bank.clock import now
from bank.errors import NotFound
from bank.workflow.bank import Bank

MOST_JOB_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class JobView:
    """`state` is waiting, running, done or failed; `done` of `total` says how far it is; `entry` what it is about."""

    id: int
    kind: str
    state: str
    done: int
    total: int | None
    message: str
    payload: dict[str, object]
    entry: int | None = None


def queue_job(bank: Bank, kind: str, payload: dict[str, object] | None = None) -> int:
    """Queues a job; one that waits already for the same is not queued twice. Returns its number."""
    with bank.database.writing() as session:
        waiting = session.scalars(select(Job).where(Job.kind == kind, Job.state == "waiting"))
        for job in waiting:
            if job.payload == (payload or {}):
                return job.id
        return insert_job(session, kind, payload or {})


def job_view(bank: Bank, number: int) -> JobView:
    """How a job stands. Raises NotFound."""
    with bank.database.reading() as session:
        job = session.get(Job, number)
        if job is None:
            raise NotFound()
        return _view(job)


def begin_job(bank: Bank, kind: str) -> JobView | None:
    """Takes the oldest waiting job of a kind, or one whose worker died; None when there is none.

    A job that was begun ATTEMPTS times and never ended is given up as failed.
    """
    give_up_jobs(bank, kind)
    with bank.database.reading() as session:
        if session.scalar(select(Job.id).where(Job.kind == kind, Job.state == "waiting").limit(1)) is None:
            return None
    with bank.database.writing() as session:
        query = select(Job).where(Job.kind == kind, Job.state == "waiting").order_by(Job.id).limit(1)
        job = session.scalar(query)
        if job is None:
            return None
        job.attempts, job.state, job.updated = job.attempts + 1, "running", now()
        return _view(job)


def give_up_jobs(bank: Bank, kind: str) -> bool:
    """Ends as failed the waiting jobs of a kind that were begun ATTEMPTS times; True when there were any."""
    query = select(Job).where(Job.kind == kind, Job.state == "waiting", Job.attempts >= MOST_JOB_ATTEMPTS)
    with bank.database.reading() as session:
        if session.scalar(query.limit(1)) is None:
            return False
    with bank.database.writing() as session:
        for job in session.scalars(query):
            job.state, job.updated = "failed", now()
    return True


def reclaim_jobs(bank: Bank) -> list[JobView]:
    """Puts jobs that a dead worker left running back into the queue; only the holder of the lock may call it."""
    with bank.database.writing() as session:
        left = session.scalars(select(Job).where(Job.state == "running")).all()
        for job in left:
            job.state = "waiting"
        return [_view(job) for job in left]


def give_back_job(bank: Bank, number: int) -> None:
    """Puts a job that was stopped in good order back into the queue; the attempt does not count."""
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is not None:
            job.state, job.attempts, job.updated = "waiting", job.attempts - 1, now()


def retry_job(bank: Bank, number: int) -> None:
    """Puts a job that failed back into the queue; after ATTEMPTS it has failed for good."""
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is not None:
            job.state, job.updated = "waiting" if job.attempts < MOST_JOB_ATTEMPTS else "failed", now()


def _view(job: Job) -> JobView:
    return JobView(job.id, job.kind, job.state, job.done, job.total, job.message, job.payload, job.entry_id)


def tell_job(bank: Bank, number: int, done: int, total: int | None, message: str = "") -> None:
    """Notes how far a job is."""
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is not None:
            job.done, job.total, job.message, job.updated = done, total, message, now()


def end_job(bank: Bank, number: int, state: str, message: str = "") -> None:
    """Ends a job as done or failed."""
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is not None:
            job.state, job.message, job.updated = state, message, now()
