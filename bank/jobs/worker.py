"""The one worker of a bank: drains the outbox at once, rebuilds the index when asked; in the background it reads scans
and makes vectors.
"""

import logging
import os
import threading
from collections.abc import Callable
from functools import partial

from bank import ingest
from bank.errors import Busy
from bank.jobs.deposits import keep_reading
from bank.jobs.vectors import keep_meaning
from bank.messages import N_
from bank.settings import Settings
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits.scans import announce, read_blank_pages
from bank.workflow.index import documents, vectors
from bank.workflow.index.lock import worker_lock

log = logging.getLogger("bank.worker")
PAUSE = 0.2
"""Seconds between two looks at the outbox."""
RECOVERY = 5.0
"""Seconds to wait after a failure before trying again."""

Ended = Callable[[], bool]


def run(bank: Bank, stop: threading.Event, parent: int | None = None) -> None:
    """Works until `stop` is set or `parent` is no longer this one's. Raises Busy when a worker runs already."""
    with worker_lock(bank.settings) as mine:
        if not mine:
            raise Busy(N_("Another worker of this bank is running."))
        take_up(bank)
        bank.uploads.sweep()
        reader = threading.Thread(target=read_scans, args=(bank, stop), name="scans", daemon=True)
        reader.start()
        thinker = threading.Thread(target=keep_meaning, args=(bank, stop), name="meaning", daemon=True)
        thinker.start()
        receiver = threading.Thread(target=keep_reading, args=(bank, stop), name="reading", daemon=True)
        receiver.start()
        keep_index(bank, stop, lambda: parent is not None and os.getppid() != parent)
        stop.set()
        reader.join(timeout=10)
        thinker.join(timeout=10)
        ingest.close()  # waits for what is being read, which gives way at its next page
        receiver.join(timeout=10)


def take_up(bank: Bank) -> None:
    """Takes up what a dead worker left: its jobs wait again, and the index hears of scans it had read part of."""
    for job in jobs.reclaim(bank):
        file = job.payload.get("file")
        if job.kind == "ocr" and isinstance(file, int):
            announce(bank, file, job.entry)


def keep_index(bank: Bank, stop: threading.Event, orphaned: Ended) -> None:
    """The loop of the index; a failure is logged and tried again later."""
    while not stop.is_set() and not orphaned():
        try:
            busy = step(bank)
        except Exception:  # the worker outlives any failure: the outbox rows are still there
            log.exception("A step of the worker failed; it will be tried again.")
            stop.wait(RECOVERY)
            continue
        if not busy:
            stop.wait(PAUSE)


def step(bank: Bank) -> bool:
    """One step: an index that is needed, entries that wait, a rebuild that was asked for. True when there was work."""
    if bank.index.stale() is not None:
        documents.rebuild(bank)
        return True
    return bool(documents.drain(bank, bank.index.writer())) or reindexed(bank)


def reindexed(bank: Bank) -> bool:
    """Does one job of kind reindex, telling how far it is; False when none waits."""
    job = jobs.begin(bank, "reindex")
    if job is None:
        return False
    try:
        total = documents.rebuild(bank, lambda done, total, message="": jobs.tell(bank, job.id, done, total, message))
        vectors.take_stock(bank, every=True)
    except BaseException as error:
        jobs.end(bank, job.id, "failed", f"{type(error).__name__}: {error}")
        raise
    jobs.tell(bank, job.id, total, total)
    jobs.end(bank, job.id, "done")
    return True


def read_scans(bank: Bank, stop: threading.Event) -> None:
    """The loop of OCR, beside the index so that a long scan never holds up a search."""
    while not stop.is_set():
        try:
            busy = bool(ingest.ocr_languages()) and scanned(bank, stop)
        except Exception:  # the loop outlives any failure: the job says what it was
            log.exception("Reading a scan failed; it will be tried again.")
            stop.wait(RECOVERY)
            continue
        if not busy:
            stop.wait(1.0)


def scanned(bank: Bank, stop: threading.Event) -> bool:
    """Does one job of kind ocr; False when none waits. One that is stopped waits again, as if it had not begun."""
    job = jobs.begin(bank, "ocr")
    if job is None:
        return False
    file, pages = job.payload.get("file"), job.payload.get("pages")
    if not isinstance(file, int) or not isinstance(pages, list):
        jobs.end(bank, job.id, "failed", "The job names no file.")
        return True
    try:
        tell = partial(jobs.tell, bank, job.id)
        read_blank_pages(bank, file, pages, tell, stop, job.entry)
    except Exception as error:  # noted with the job, then raised
        jobs.end(bank, job.id, "failed", f"{type(error).__name__}: {error}")
        raise
    if stop.is_set():
        jobs.give_back(bank, job.id)
    else:
        jobs.end(bank, job.id, "done")
    return True


def open_and_run(settings: Settings, stop: threading.Event, parent: int | None = None) -> None:
    """Opens the bank of `settings` and runs its worker."""
    from bank.assembly import open_bank

    bank = open_bank(settings)
    try:
        run(bank, stop, parent)
    finally:
        bank.database.close()
