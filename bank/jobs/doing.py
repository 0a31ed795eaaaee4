"""Does one job of a kind: begins it, has it worked at, and notes how it ended."""

from collections.abc import Callable

from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.jobs import JobView

Work = Callable[[JobView], None]
"""Does what a job asks for. Raises Stopped, and NamesNoFile before anything is done."""
Failed = Callable[[Bank, JobView, BaseException], None]
"""Notes that the work of a job raised."""


class Stopped(Exception):
    """The worker ends while a job is done."""


class NamesNoFile(Exception):
    """The job does not say which file it is about."""


def fail(bank: Bank, job: JobView, error: BaseException) -> None:
    """Ends a job as failed, with the error's name and words."""
    jobs.end(bank, job.id, "failed", f"{type(error).__name__}: {error}")


def done(bank: Bank, kind: str, work: Work, failed: Failed = fail) -> bool:
    """Does the oldest job of a kind that waits; False when none does.

    One that is stopped waits again, as if it had not begun. What `work` raises otherwise is handed to `failed`, then
    raised.
    """
    job = jobs.begin(bank, kind)
    if job is None:
        return False
    try:
        work(job)
    except Stopped:
        jobs.give_back(bank, job.id)
    except NamesNoFile:
        jobs.end(bank, job.id, "failed", "The job names no file.")
    except BaseException as error:
        failed(bank, job, error)
        raise
    else:
        jobs.end(bank, job.id, "done")
    return True
