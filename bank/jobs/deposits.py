"""The loop that reads files which people have sent, beside the index and the scans so that nobody waits for either."""

import threading
import time
from functools import partial

from bank.jobs.doing import JobStopped, NamesNoFile, do_oldest_job
from bank.jobs.loop import outlive
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits.reading import give_up_stranded_files, read_files
from bank.workflow.files import orphans, signatures
from bank.workflow.jobs import JobView

TELL_EVERY_SECONDS = 0.4
"""Seconds."""
SWEEP_EVERY_SECONDS = 3600.0
"""Seconds between two looks for what nobody names."""
NEVER_STOPPED = threading.Event()


def run_reading_loop(bank: Bank, stop: threading.Event) -> None:
    """Does the jobs of kind read until `stop`, and between them what is missing; a failure is logged."""
    give_up_stranded_files(bank)
    outlive(DepositLoop(bank, stop).step, stop, "Reading a file failed; it will be tried again.")


class DepositLoop:
    """What the loop remembers: when it swept, and which files it has still to sign."""

    def __init__(self, bank: Bank, stop: threading.Event) -> None:
        self.bank = bank
        self.stop = stop
        self.signing = signatures.make_missing_signatures(bank)
        self.swept = -SWEEP_EVERY_SECONDS

    def step(self) -> bool:
        """One file's reading, or else one signature; now and then a sweep before. True when there was work."""
        if time.monotonic() - self.swept >= SWEEP_EVERY_SECONDS:
            self.swept = time.monotonic()
            orphans.sweep_originals(self.bank)
        return do_read_job(self.bank, self.stop) or next(self.signing, None) is not None


class JobTeller:
    """Tells a job how far it is, now and then: each telling is a transaction. Raises Stopped once `stop` is set."""

    def __init__(self, bank: Bank, job: int, stop: threading.Event) -> None:
        self.bank = bank
        self.job = job
        self.stop = stop
        self.told = 0.0

    def __call__(self, done: int, total: int | None, message: str = "") -> None:
        if self.stop.is_set():
            raise JobStopped
        moment = time.monotonic()
        if done == 0 or done == total or moment - self.told >= TELL_EVERY_SECONDS:
            self.told = moment
            jobs.tell_job(self.bank, self.job, done, total, message)


def do_read_job(bank: Bank, stop: threading.Event = NEVER_STOPPED) -> bool:
    """Does the oldest job of kind read; False when none waits. One that fails waits again, at most three times.

    One that is stopped waits again as if it had not begun; the files of one that is given up are told as failed.
    """
    if jobs.give_up_jobs(bank, "read"):
        give_up_stranded_files(bank)
    return do_oldest_job(bank, "read", partial(run_read_job, bank, stop), retry_read_job)


def run_read_job(bank: Bank, stop: threading.Event, job: JobView) -> None:
    """Reads the files that the job names. Raises NamesNoFile, Stopped."""
    ids = job.payload.get("files")
    if not isinstance(ids, list):
        raise NamesNoFile
    read_files(bank, job.entry, ids, JobTeller(bank, job.id, stop))


def retry_read_job(bank: Bank, job: JobView, error: BaseException) -> None:
    """Has a job that failed wait again; where that was its last time, its files are told as failed."""
    jobs.retry_job(bank, job.id)
    give_up_stranded_files(bank)
