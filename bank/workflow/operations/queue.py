"""The jobs as administrators see them; they cancel jobs and let them be tried again."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank.catalogue import audit
from bank.catalogue.jobs import state_for_readers
from bank.catalogue.tables import Entry, File, Job
from bank.clock import now
from bank.errors import NotFound, WrongState
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.deposits.reading import begin_files_anew, give_up_files
from bank.workflow.jobs import queue_anew
from bank.workflow.rights import Viewer, require_right

JOB_KINDS = ("read", "ocr", "reindex")
OPEN_STATES = ("waiting", "running")
ENDED_STATES = ("failed", "cancelled")
"""States of jobs that can be tried again."""
MOST_JOBS_SHOWN = 50
JOB_NOT_OPEN = N_("This job has ended: it can't be cancelled any more.")
JOB_NOT_ENDED = N_("This job has neither failed nor been cancelled: it can't be tried again.")


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job: its entry, if it has one, and since when it waits, runs or has ended.

    `reason` is what went wrong, as the program says it; it names no file.
    """

    id: int
    kind: str
    state: str
    entry: int | None
    published: bool
    since: datetime
    done: int
    total: int | None
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class QueueOfKind:
    """The jobs of a kind: how many wait, run, failed, were cancelled; since when the oldest waits."""

    kind: str
    waiting: int
    running: int
    failed: int
    cancelled: int
    oldest: datetime | None

    def age(self, moment: datetime) -> timedelta:
        """How long the oldest job has waited at that moment; zero where none does."""
        return max(moment - self.oldest, timedelta()) if self.oldest else timedelta()


def queues(session: Session) -> tuple[QueueOfKind, ...]:
    """The queue of each kind; what was begun and abandoned counts as waiting."""
    counts: Counter[tuple[str, str]] = Counter()
    oldest: dict[str, datetime] = {}
    sums = select(Job.kind, Job.state, func.count().label("number"), func.min(Job.created).label("since"))
    counted = (*ENDED_STATES, "waiting")
    for row in session.execute(sums.where(Job.state.in_(counted)).group_by(Job.kind, Job.state)):
        counts[row.kind, row.state] = row.number
        if row.state == "waiting":
            oldest[row.kind] = row.since
    moment = now()
    for job in session.scalars(select(Job).where(Job.state == "running")):
        state = state_for_readers(job, moment)
        counts[job.kind, state] += 1
        if state == "waiting":
            oldest[job.kind] = min(job.created, oldest.get(job.kind, job.created))
    return tuple(
        QueueOfKind(
            kind=kind,
            waiting=counts[kind, "waiting"],
            running=counts[kind, "running"],
            failed=counts[kind, "failed"],
            cancelled=counts[kind, "cancelled"],
            oldest=oldest.get(kind),
        )
        for kind in JOB_KINDS
    )


def open_jobs(session: Session) -> list[JobLine]:
    """The jobs that run or wait, oldest first, at most fifty."""
    query = select(Job).where(Job.state.in_(OPEN_STATES)).order_by(Job.id).limit(MOST_JOBS_SHOWN)
    return job_lines(session, list(session.scalars(query)))


def ended_jobs(session: Session) -> list[JobLine]:
    """The jobs that failed or were cancelled, the last one first, at most fifty."""
    query = select(Job).where(Job.state.in_(ENDED_STATES)).order_by(Job.updated.desc(), Job.id).limit(MOST_JOBS_SHOWN)
    return job_lines(session, list(session.scalars(query)))


def job_lines(session: Session, found: list[Job]) -> list[JobLine]:
    """The jobs' lines. What a job tells while it runs names a file, so only what went wrong is shown."""
    moment = now()
    numbers = {job.entry_id for job in found if job.entry_id is not None}
    query = select(Entry.id).where(Entry.id.in_(numbers), Entry.status == "published")
    public = set(session.scalars(query))
    return [
        JobLine(
            job.id,
            job.kind,
            state_for_readers(job, moment),
            job.entry_id,
            job.entry_id in public,
            job.created if job.state in OPEN_STATES else job.updated,
            job.done,
            job.total,
            job.attempts,
            "" if job.state == "running" else job.message,
        )
        for job in found
    ]


def cancel_job(bank: Bank, viewer: Viewer | None, number: int) -> None:
    """Cancels a job that waits or runs; one that runs stops when it next tells how far it is.

    The files that a job was to read are marked as not read, because it was cancelled. Raises SignInNeeded, NotFound,
    WrongState for a job that has ended.
    """
    viewer = require_right(viewer, "run_bank")
    with bank.database.writing() as session:
        job = expect_job(session, number)
        if job.state not in OPEN_STATES:
            raise WrongState(JOB_NOT_OPEN)
        job.state, job.message, job.updated, job.lease, job.again = "cancelled", "", now(), None, None
        give_up_files(session, files_to_read(session, job), "cancelled")
        audit.add_audit_row(session, viewer.actor, "cancel_job", job.entry_id, {"job": number, "kind": job.kind})


def try_job_again(bank: Bank, viewer: Viewer | None, number: int) -> None:
    """Queues a job anew that failed or was cancelled; the files that it was to read count as not read yet.

    Raises SignInNeeded, NotFound, WrongState for any other job.
    """
    viewer = require_right(viewer, "run_bank")
    with bank.database.writing() as session:
        job = expect_job(session, number)
        if job.state not in ENDED_STATES:
            raise WrongState(JOB_NOT_ENDED)
        queue_anew(job)
        begin_files_anew(session, files_to_read(session, job), viewer)
        audit.add_audit_row(session, viewer.actor, "retry_job", job.entry_id, {"job": number, "kind": job.kind})


def expect_job(session: Session, number: int) -> Job:
    """The job. Raises NotFound."""
    job = session.get(Job, number)
    if job is None:
        raise NotFound
    return job


def files_to_read(session: Session, job: Job) -> list[File]:
    """The files that a read job names, as far as they are there and of its entry."""
    if job.kind != "read":
        return []
    ids = job.payload.get("files") or []
    query = select(File).where(File.id.in_(ids))
    return [file for file in session.scalars(query) if job.entry_id in (None, file.entry_id)]
