"""Does one job of a kind: begins it, runs its work, and notes how it ended."""

from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.jobs import JobCancelled, JobView

LONGEST_REASON = 500
JobWork = Callable[[JobView], None]
"""Does what a job asks for. Raises JobStopped, and NamesNoFile before anything is done."""
JobFailed = Callable[[Bank, JobView, BaseException], None]
"""Called when the work of a job has raised, to note it."""


class JobStopped(Exception):
    """Raised by the work of a job because the worker is to stop."""


class NamesNoFile(Exception):
    """The job does not say which file it is about."""


def what_went_wrong(error: BaseException) -> str:
    """The error's name and words; of the database's errors without the statement, whose values are nobody's to see."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return f"{type(error).__name__}: {said}"[:LONGEST_REASON]


def retry_failed_job(bank: Bank, job: JobView, error: BaseException) -> None:
    """Queues a failed job again, or after its last try ends it as failed, with what went wrong."""
    jobs.retry_job(bank, job.id, what_went_wrong(error))


def do_oldest_job(bank: Bank, kind: str, work: JobWork, failed: JobFailed = retry_failed_job) -> bool:
    """Does the oldest job of a kind that may be begun; False when there is none.

    One that is stopped waits again, as if it had not begun; so does one that met what passes by itself (a full disk),
    after a pause. What `work` raises otherwise is handed to `failed`. Both are raised again.
    """
    job = jobs.begin_job(bank, kind)
    if job is None:
        return False
    with bank.held.holding(job.id):
        do_begun_job(bank, job, work, failed)
    return True


def do_begun_job(bank: Bank, job: JobView, work: JobWork, failed: JobFailed) -> None:
    """Runs the work of a job and notes how it ended; a cancelled one stays as whoever cancelled it left it."""
    try:
        work(job)
    except JobStopped:
        jobs.give_back_job(bank, job.id)
    except JobCancelled:
        return
    except NamesNoFile:
        jobs.end_job(bank, job.id, "failed", jobs.NAMES_NO_FILE)
    except BaseException as error:
        if jobs.is_passing(error):
            jobs.postpone_job(bank, job.id, what_went_wrong(error))
        else:
            failed(bank, job, error)
        raise
    else:
        jobs.end_job(bank, job.id, "done")
