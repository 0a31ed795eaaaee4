"""Does one job of a kind: begins it, has it worked at, and notes how it ended."""

from collections.abc import Callable

from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.jobs import JobView

JobWork = Callable[[JobView], None]
"""Does what a job asks for. Raises Stopped, and NamesNoFile before anything is done."""
JobFailed = Callable[[Bank, JobView, BaseException], None]
"""Notes that the work of a job raised."""


class JobStopped(Exception):
    """The worker ends while a job is done."""


class NamesNoFile(Exception):
    """The job does not say which file it is about."""


def fail_job(bank: Bank, job: JobView, error: BaseException) -> None:
    """Ends a job as failed, with the error's name and words."""
    jobs.end_job(bank, job.id, "failed", f"{type(error).__name__}: {error}")


def do_oldest_job(bank: Bank, kind: str, work: JobWork, failed: JobFailed = fail_job) -> bool:
    """Does the oldest job of a kind that waits; False when none does.

    One that is stopped waits again, as if it had not begun. What `work` raises otherwise is handed to `failed`, then
    raised.
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
