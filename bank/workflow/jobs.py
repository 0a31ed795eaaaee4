"""Jobs: queued by an act, done by the worker, watched by whoever waits."""

from dataclasses import dataclass

from sqlalchemy import select

from bank.catalogue.jobs import insert_job
from bank.catalogue.tables import Job
from bank.clock import now
from bank.errors import NotFound
from bank.workflow.bank import Bank
from bank.workflow.essential import essential

MOST_JOB_ATTEMPTS = 3
GIVEN_UP = f"It was begun {MOST_JOB_ATTEMPTS} times and never ended."


@dataclass(frozen=True, slots=True)
class JobView:
    """`state` is waiting, running, done or failed; `done` of `total` is how far it is; `entry` is an entry id."""

    id: int
    kind: str
    state: str
    done: int
    total: int | None
    message: str
    payload: dict[str, object]
    entry: int | None = None


def queue_job(bank: Bank, kind: str, payload: dict[str, object] | None = None) -> int:
    """Queues a job; one that waits already with the same payload is not queued twice. Returns the job's id."""
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
    """Marks the oldest waiting job of a kind as running and returns it; None when none waits.

    Jobs that a dead worker left running wait again only after `reclaim_jobs`. A job that was begun MOST_JOB_ATTEMPTS
    times and never ended is marked as failed instead.
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


@essential
def give_up_jobs(bank: Bank, kind: str) -> bool:
    """Marks waiting jobs of a kind as failed that were begun MOST_JOB_ATTEMPTS times; True when there were any."""
    query = select(Job).where(Job.kind == kind, Job.state == "waiting", Job.attempts >= MOST_JOB_ATTEMPTS)
    with bank.database.reading() as session:
        if session.scalar(query.limit(1)) is None:
            return False
    with bank.database.writing() as session:
        for job in session.scalars(query):
            job.state, job.message, job.updated = "failed", GIVEN_UP, now()
    return True


@essential
def reclaim_jobs(bank: Bank) -> list[JobView]:
    """Queues jobs again that a dead worker left running; only the holder of the worker's lock may call it."""
    with bank.database.writing() as session:
        left = session.scalars(select(Job).where(Job.state == "running")).all()
        for job in left:
            job.state = "waiting"
        return [_view(job) for job in left]


@essential
def give_back_job(bank: Bank, number: int) -> None:
    """Queues a job again that was stopped because the worker ends; the attempt does not count."""
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is not None:
            job.state, job.attempts, job.updated = "waiting", job.attempts - 1, now()


@essential
def retry_job(bank: Bank, number: int, message: str) -> None:
    """Queues a failed job again, or after MOST_JOB_ATTEMPTS tries marks it as failed; `message` is what went wrong."""
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is not None:
            job.state = "waiting" if job.attempts < MOST_JOB_ATTEMPTS else "failed"
            job.message, job.updated = message, now()


def _view(job: Job) -> JobView:
    return JobView(job.id, job.kind, job.state, job.done, job.total, job.message, job.payload, job.entry_id)


def tell_job(bank: Bank, number: int, done: int, total: int | None, message: str = "") -> None:
    """Writes how far a job is: `done` of `total`."""
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is not None:
            job.done, job.total, job.message, job.updated = done, total, message, now()


@essential
def end_job(bank: Bank, number: int, state: str, message: str = "") -> None:
    """Ends a job with the state done or failed."""
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is not None:
            job.state, job.message, job.updated = state, message, now()
