"""Does one job of a kind: begins it, runs its work, and notes how it ended."""

from collections.abc import Callable

from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.jobs import JobView

JobWork = Callable[[JobView], None]
"""Does what a job asks for. Raises JobStopped, and NamesNoFile before anything is done."""
JobFailed = Callable[[Bank, JobView, BaseException], None]
"""Called when the work of a job has raised, to note it."""


class JobStopped(Exception):
    """Raised by the work of a job because the worker is to stop."""


class NamesNoFile(Exception):
    """The job does not say which file it is about."""


def fail_job(bank: Bank, job: JobView, error: BaseException) -> None:
    """Ends a job as failed, with the error's name and words."""
    jobs.end_job(bank, job.id, "failed", f"{type(error).__name__}: {error}")


def do_oldest_job(bank: Bank, kind: str, work: JobWork, failed: JobFailed = fail_job) -> bool:
    """Does the oldest waiting job of a kind; False when none waits.

    One that is stopped waits again, as if it had not begun. What `work` raises otherwise is handed to `failed`, then
    raised again.
    """
    job = jobs.begin_job(bank, kind)
    if job is None:
        return False
    try:
        work(job)
    except JobStopped:
        jobs.give_back_job(bank, job.id)
    except NamesNoFile:
        jobs.end_job(bank, job.id, "failed", "The job names no file.")
    except BaseException as error:
        failed(bank, job, error)
        raise
    else:
        jobs.end_job(bank, job.id, "done")
    return True
