"""The worker's loop that reads deposited files, in a thread of its own so that neither index nor OCR delays it."""

import threading
import time
from functools import partial

from bank.jobs.doing import JobStopped, NamesNoFile, do_oldest_job, retry_failed_job
from bank.jobs.loop import outlive
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits.reading import give_up_stranded_files, read_files
from bank.workflow.files import signatures
from bank.workflow.jobs import JobView
from bank.workflow.upkeep.disk_state import disk_state

TELL_EVERY_SECONDS = 0.4
"""Seconds at least between two writes of how far a job is."""
NEVER_STOPPED = threading.Event()


def run_reading_loop(bank: Bank, stop: threading.Event) -> None:
    """Reads deposited files until `stop` is set; a failure is logged and tried again.

    When no job waits, makes missing signatures.
    """
    outlive(DepositLoop(bank, stop).step, stop, "Reading a file failed; it will be tried again.")


class DepositLoop:
    """What the loop remembers: whether it looked for stranded files, and which still need a signature."""

    def __init__(self, bank: Bank, stop: threading.Event) -> None:
        self.bank = bank
        self.stop = stop
        self.signing = signatures.make_missing_signatures(bank)
        self.looked_for_stranded = False

    def step(self) -> bool:
        """Does one read job, or else makes one signature. True when there was work."""
        if not self.looked_for_stranded:
            give_up_stranded_files(self.bank)
            self.looked_for_stranded = True
        return do_read_job(self.bank, self.stop) or self.sign_next_file()

    def sign_next_file(self) -> bool:
        """Makes one missing signature; False where none is missing. One that fails is made at a later step."""
        try:
            return next(self.signing, None) is not None
        except Exception:
            self.signing = signatures.make_missing_signatures(self.bank)  # what has raised yields no more
            raise


class JobTeller:
    """Progress callback that writes how far a job is, at most every 0.4 s: each write is a transaction.

    The start (`done` 0) and the end are always written. Raises JobStopped once `stop` is set.
    """

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
    """Does the oldest job of kind read; False when none waits.

    One that fails is tried again, three times in all; then its files are marked as failed. One that is stopped waits
    again as if it had not begun.
    """
    if disk_state(bank.settings).condition != "ok":
        return False  # what waits is read once there is room for its pages
    if jobs.give_up_jobs(bank, "read"):
        give_up_stranded_files(bank)
    return do_oldest_job(bank, "read", partial(run_read_job, bank, stop), retry_read_job)


def run_read_job(bank: Bank, stop: threading.Event, job: JobView) -> None:
    """Reads the files that the job names. Raises NamesNoFile, JobStopped."""
    ids = job.payload.get("files")
    if not isinstance(ids, list):
        raise NamesNoFile
    read_files(bank, job.entry, ids, JobTeller(bank, job.id, stop))


def retry_read_job(bank: Bank, job: JobView, error: BaseException) -> None:
    """Queues a failed job again; where that was its last try, marks its files as failed."""
    retry_failed_job(bank, job, error)
    give_up_stranded_files(bank)
