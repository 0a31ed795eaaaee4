"""Jobs: queued by an act, done by the worker, watched by whoever waits."""

import errno
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bank.catalogue.jobs import JOB_LEASE, insert_job, job_can_begin, renew_leases, state_for_readers
from bank.catalogue.tables import Job
from bank.clock import now
from bank.disk import disk_failure
from bank.errors import Busy, NotFound
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.essential import essential
from bank.workflow.held_jobs import JobEnd

MOST_JOB_ATTEMPTS = 3
GIVEN_UP = N_("It was begun three times and never ended.")
NAMES_NO_FILE = N_("The job names no file.")
PASSING_PAUSE_SECONDS = 10.0
"""Seconds before a job is begun again that met a full disk or something else that passes."""
PASSING_SYSTEM_ERRORS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}
)
"""Errors of the system that are no job's fault: disk full or read-only, too many open files, no memory."""


class JobCancelled(Exception):
    """Raised to the work of a job that somebody has cancelled meanwhile."""


@dataclass(frozen=True, slots=True)
class JobView:
    """`state` is waiting, running, done, failed or cancelled; `done` of `total` is how far it is.

    A job that was begun and for which nobody vouches any more is shown as waiting. `entry` is an entry id.
    """

    id: int
    kind: str
    state: str
    done: int
    total: int | None
    message: str
    payload: dict[str, object]
    entry: int | None = None


def is_passing(error: BaseException) -> bool:
    """Whether a failure is no fault of the job and may pass by itself: full disk, locked database, no memory."""
    passing = isinstance(error, OperationalError | Busy) or getattr(error, "errno", None) in PASSING_SYSTEM_ERRORS
    return passing or disk_failure(error) is not None


def queue_job(bank: Bank, kind: str, payload: dict[str, object] | None = None) -> int:
    """Queues a job; one that waits already with the same payload is not queued twice. Returns the job's id.

    Of one that waits because it failed, the tries and the reason are forgotten.
    """
    with bank.database.writing() as session:
        waiting = session.scalars(select(Job).where(Job.kind == kind, Job.state == "waiting"))
        for job in waiting:
            if job.payload == (payload or {}):
                queue_anew(job)
                return job.id
        return insert_job(session, kind, payload or {})


def queue_anew(job: Job) -> None:
    """Lets a job wait, from now on, as if it had never been begun."""
    job.state, job.attempts, job.message, job.done, job.again, job.lease = "waiting", 0, "", 0, None, None
    job.created = job.updated = now()


def job_view(bank: Bank, number: int) -> JobView:
    """How a job stands. Raises NotFound."""
    with bank.database.reading() as session:
        job = session.get(Job, number)
        if job is None:
            raise NotFound()
        return _view(job)


def begin_job(bank: Bank, kind: str) -> JobView | None:
    """Marks the oldest job of a kind that may be begun as running, under a lease; None when there is none.

    May be begun: one that waits and has no pause, and one that is running although nobody vouches for it any more. A
    job that was begun MOST_JOB_ATTEMPTS times and never ended is marked as failed instead.
    """
    write_kept_ends(bank, kind)
    give_up_jobs(bank, kind)
    query = select(Job).where(job_can_begin(kind, now(), bank.held.ids())).order_by(Job.id).limit(1)
    with bank.database.reading() as session:
        if session.scalar(query) is None:
            return None
    with bank.database.writing() as session:
        job = session.scalar(query)
        if job is None:
            return None
        job.attempts, job.state, job.updated = job.attempts + 1, "running", now()
        job.lease, job.again = now() + JOB_LEASE, None
        return _view(job)


@essential
def give_up_jobs(bank: Bank, kind: str) -> bool:
    """Marks jobs of a kind as failed that nobody does and that were begun MOST_JOB_ATTEMPTS times; True for any.

    Looks for them only where the oldest that may be begun is one: among thousands it would cost as much as their work.
    """
    free = job_can_begin(kind, now(), bank.held.ids())
    with bank.database.reading() as session:
        oldest = session.scalar(select(Job.attempts).where(free).order_by(Job.id).limit(1))
        if oldest is None or oldest < MOST_JOB_ATTEMPTS:
            return False
    with bank.database.writing() as session:
        for job in session.scalars(select(Job).where(free, Job.attempts >= MOST_JOB_ATTEMPTS)):
            job.state, job.message, job.updated, job.lease = "failed", GIVEN_UP, now(), None
    return True


@essential
def reclaim_jobs(bank: Bank) -> list[JobView]:
    """Queues jobs again that a dead worker left running; only the holder of the worker's lock may call it."""
    with bank.database.writing() as session:
        left = session.scalars(select(Job).where(Job.state == "running", Job.id.not_in(bank.held.ids()))).all()
        for job in left:
            job.state, job.lease, job.message = "waiting", None, ""
        return [_view(job) for job in left]


@essential
def renew_held_leases(bank: Bank) -> None:
    """Vouches anew for the jobs that this process works on; writes nothing where there are none."""
    held = bank.held.ids()
    if held:
        with bank.database.writing() as session:
            renew_leases(session, held)


def give_back_job(bank: Bank, number: int) -> None:
    """Queues a job again that was stopped because the worker ends; the attempt does not count."""
    end_try(bank, number, JobEnd("waiting", "", counts=False))


def postpone_job(bank: Bank, number: int, message: str) -> None:
    """Queues a job again that met something that passes; the attempt does not count, and it waits 10 seconds."""
    end_try(bank, number, JobEnd("waiting", message, counts=False, pause=PASSING_PAUSE_SECONDS))


def retry_job(bank: Bank, number: int, message: str) -> None:
    """Queues a failed job again, or after MOST_JOB_ATTEMPTS tries marks it as failed; `message` is what went wrong."""
    end_try(bank, number, JobEnd("retried", message))


def end_job(bank: Bank, number: int, state: str, message: str = "") -> None:
    """Ends a job with the state done or failed."""
    end_try(bank, number, JobEnd("done" if state == "done" else "failed", message))


def end_try(bank: Bank, number: int, end: JobEnd) -> None:
    """Notes how a try of a job ended. Where that can't be written, it is kept, to be written before the next begins.

    Raises what the database raises.
    """
    try:
        write_end(bank, number, end)
    except Exception:
        bank.held.keep_end(number, end)
        raise


@essential
def write_end(bank: Bank, number: int, end: JobEnd) -> None:
    """Writes how a try of a job ended."""
    with bank.database.writing() as session:
        apply_end(session, number, end)


def write_kept_ends(bank: Bank, kind: str) -> None:
    """Writes the ends of jobs of a kind that could not be written when they came."""
    kept = bank.held.unwritten_ends()
    if not kept:
        return
    with bank.database.reading() as session:
        ids = session.scalars(select(Job.id).where(Job.id.in_(kept), Job.kind == kind))
        ends = {id: kept[id] for id in ids}
    if not ends:
        return
    with bank.database.writing() as session:
        for number, end in ends.items():
            apply_end(session, number, end)
    bank.held.forget_ends(ends)


def apply_end(session: Session, number: int, end: JobEnd) -> None:
    """Writes an end; one that was cancelled meanwhile stays so, and one that waits again is begun again."""
    job = session.get(Job, number)
    if job is None or job.state != "running":
        return
    spent = end.state == "retried" and job.attempts >= MOST_JOB_ATTEMPTS
    again = "failed" if spent else "waiting"
    job.state = again if end.state == "retried" else end.state
    job.attempts = max(0, job.attempts - (0 if end.counts else 1))
    job.message, job.updated, job.lease = end.message, now(), None
    job.again = now() + timedelta(seconds=end.pause) if end.pause else None


def _view(job: Job) -> JobView:
    state = state_for_readers(job, now())
    return JobView(job.id, job.kind, state, job.done, job.total, job.message, job.payload, job.entry_id)


def tell_job(bank: Bank, number: int, done: int, total: int | None, message: str = "") -> None:
    """Writes how far a job is, `done` of `total`, and vouches for it anew.

    Raises JobCancelled where it is not running any more.
    """
    with bank.database.writing() as session:
        job = session.get(Job, number)
        if job is None or job.state != "running":
            raise JobCancelled
        job.done, job.total, job.message, job.updated = done, total, message, now()
        job.lease = now() + JOB_LEASE
