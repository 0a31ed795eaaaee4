"""The loop that reads files which people have sent, beside the index and the scans so that nobody waits for either."""

import logging
import threading
import time

from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits.reading import give_up, read_files
from bank.workflow.files import orphans, signatures

log = logging.getLogger("bank.worker")
PAUSE = 0.2
RECOVERY = 5.0
"""Seconds between two looks, and after a failure."""
TELL_EVERY = 0.4
"""Seconds."""
SWEEP_EVERY = 3600.0
"""Seconds between two looks for what nobody names."""
NEVER = threading.Event()


class Stopped(Exception):
    """The worker ends while a file is being read."""


def keep_reading(bank: Bank, stop: threading.Event) -> None:
    """Does the jobs of kind read until `stop`, and between them what is missing; a failure is logged."""
    give_up(bank)
    signing = signatures.make_missing(bank)
    swept = -SWEEP_EVERY
    while not stop.is_set():
        try:
            if time.monotonic() - swept >= SWEEP_EVERY:
                swept = time.monotonic()
                orphans.sweep_originals(bank)
            busy = one_read(bank, stop) or next(signing, None) is not None
        except Exception:  # the loop outlives any failure: the job is tried again, then given up
            log.exception("Reading a file failed; it will be tried again.")
            stop.wait(RECOVERY)
            continue
        if not busy:
            stop.wait(PAUSE)


class Teller:
    """Tells a job how far it is, now and then: each telling is a transaction. Raises Stopped once `stop` is set."""

    def __init__(self, bank: Bank, job: int, stop: threading.Event) -> None:
        self.bank = bank
        self.job = job
        self.stop = stop
        self.told = 0.0

    def __call__(self, done: int, total: int | None, message: str = "") -> None:
        if self.stop.is_set():
            raise Stopped
        moment = time.monotonic()
        if done == 0 or done == total or moment - self.told >= TELL_EVERY:
            self.told = moment
            jobs.tell(self.bank, self.job, done, total, message)


def one_read(bank: Bank, stop: threading.Event = NEVER) -> bool:
    """Does the oldest job of kind read; False when none waits. One that fails waits again, at most three times.

    One that is stopped waits again as if it had not begun; the files of one that is given up are told as failed.
    """
    if jobs.give_up(bank, "read"):
        give_up(bank)
    job = jobs.begin(bank, "read")
    if job is None:
        return False
    ids = job.payload.get("files")
    if not isinstance(ids, list):
        jobs.end(bank, job.id, "failed", "The job names no files.")
        return True
    try:
        read_files(bank, job.entry, ids, Teller(bank, job.id, stop))
    except Stopped:
        jobs.give_back(bank, job.id)
        return True
    except BaseException:
        jobs.wait_again(bank, job.id)
        give_up(bank)
        raise
    jobs.end(bank, job.id, "done")
    return True
