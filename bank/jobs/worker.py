"""The one worker of a bank: drains the outbox at once, rebuilds the index when asked, reads scans in the background."""

import logging
import os
import threading
from collections.abc import Callable

from bank import ingest
from bank.errors import Busy
from bank.messages import N_
from bank.settings import Settings
from bank.workflow import indexing, jobs
from bank.workflow.lock import worker_lock
from bank.workflow.ocr import read_blank_pages
from bank.workflow.parts import Bank

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
        jobs.reclaim(bank)
        bank.uploads.sweep()
        reader = threading.Thread(target=read_scans, args=(bank, stop), name="scans", daemon=True)
        reader.start()
        keep_index(bank, stop, lambda: parent is not None and os.getppid() != parent)
        stop.set()
        reader.join(timeout=10)
        ingest.close()


def keep_index(bank: Bank, stop: threading.Event, orphaned: Ended) -> None:
    """The loop of the index; a failure is logged and tried again later, and one bad entry never stops the others."""
    failed: set[int] = set()
    while not stop.is_set() and not orphaned():
        try:
            busy = step(bank, failed)
        except Exception:  # the worker outlives any failure of one step: the outbox row is still there
            log.exception("A step of the worker failed; it will be tried again.")
            stop.wait(RECOVERY)
            continue
        if not busy:
            stop.wait(PAUSE)


def step(bank: Bank, failed: set[int]) -> bool:
    """One step: an index that is needed, entries that wait, a rebuild that was asked for. True when there was work."""
    if bank.index.stale() is not None:
        indexing.rebuild(bank)
        failed.clear()
        return True
    if drained(bank, failed):
        return True
    job = jobs.begin(bank, "reindex")
    if job is None:
        return False
    reindex(bank, job.id)
    failed.clear()
    return True


def drained(bank: Bank, failed: set[int]) -> bool:
    """Drains some of the outbox; when that fails, entry by entry, remembering those that can't be indexed."""
    writer = bank.index.writer()
    try:
        return bool(indexing.drain(bank, writer, past=failed))
    except Exception:  # one entry of the batch is at fault; the next lines find which
        log.exception("A batch of entries could not be indexed; trying them one by one.")
    try:
        return bool(indexing.drain(bank, writer, limit=1 + len(failed), past=failed))
    except Exception:  # named, set aside, reported by bank check
        first = indexing.first_waiting(bank, failed)
        log.exception("Entry %s can't be indexed and is set aside.", first)
        if first is None:
            raise
        failed.add(first)
        return True


def reindex(bank: Bank, number: int) -> None:
    """Does one job of kind reindex, telling how far it is."""
    try:
        total = indexing.rebuild(bank, lambda done, total, message="": jobs.tell(bank, number, done, total, message))
    except BaseException:
        jobs.end(bank, number, "failed")
        raise
    jobs.tell(bank, number, total, total)
    jobs.end(bank, number, "done")


def read_scans(bank: Bank, stop: threading.Event) -> None:
    """The loop of OCR, beside the index so that a long scan never holds up a search."""
    while not stop.is_set():
        job = jobs.begin(bank, "ocr") if ingest.ocr_languages() else None
        if job is None:
            stop.wait(1.0)
            continue
        try:
            ocr(bank, job, stop)
        except Exception:  # a scan that can't be read stays as it was; the job says so
            log.exception("Reading a scan failed.")
            jobs.end(bank, job.id, "failed")


def ocr(bank: Bank, job: jobs.JobView, stop: threading.Event) -> None:
    """Does one job of kind ocr."""
    file, pages = job.payload["file"], job.payload["pages"]
    if not isinstance(file, int) or not isinstance(pages, list):
        jobs.end(bank, job.id, "failed")
        return
    read = read_blank_pages(
        bank, file, pages, lambda done, total, message="": jobs.tell(bank, job.id, done, total), stop
    )
    jobs.end(bank, job.id, "waiting" if stop.is_set() and read < len(pages) else "done")


def open_and_run(settings: Settings, stop: threading.Event, parent: int | None = None) -> None:
    """Opens the bank of `settings` and runs its worker."""
    from bank.assembly import open_bank

    bank = open_bank(settings)
    try:
        run(bank, stop, parent)
    finally:
        bank.database.close()
