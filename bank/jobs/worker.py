"""The one worker of a bank: four loops, each of which outlives its failures.

index    drains the outbox at once and rebuilds the index when asked; it is the worker's own thread
reading  reads the files that people sent, signs those that came before signatures, sweeps what nobody names
scans    reads by OCR the pages that have no text
meaning  makes vectors
"""

import os
import threading
from functools import partial

from bank import ingest
from bank.errors import Busy
from bank.jobs.deposits import keep_reading
from bank.jobs.doing import NamesNoFile, Stopped, done
from bank.jobs.loop import Ended, outlive
from bank.jobs.vectors import keep_meaning
from bank.messages import N_
from bank.settings import Settings
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits.scans import announce, read_blank_pages
from bank.workflow.index import documents, vectors
from bank.workflow.index.lock import worker_lock
from bank.workflow.jobs import JobView

SCANS_PAUSE = 1.0
"""Seconds between two looks for pages that wait for OCR."""
PATIENCE = 10
"""Seconds for each loop to end in good order."""


def run(bank: Bank, stop: threading.Event, parent: int | None = None) -> None:
    """Works until `stop` is set or `parent` is no longer this one's. Raises Busy when a worker runs already."""
    with worker_lock(bank.settings) as mine:
        if not mine:
            raise Busy(N_("Another worker of this bank is running."))
        take_up(bank)
        bank.uploads.sweep()
        loops = {"scans": keep_scanning, "meaning": keep_meaning, "reading": keep_reading}
        beside = {
            name: threading.Thread(target=loop, args=(bank, stop), name=name, daemon=True)
            for name, loop in loops.items()
        }
        for thread in beside.values():
            thread.start()
        keep_index(bank, stop, lambda: parent is not None and os.getppid() != parent)
        stop.set()
        beside["scans"].join(PATIENCE)
        beside["meaning"].join(PATIENCE)
        ingest.close()  # waits for what is being read, which gives way at its next page
        beside["reading"].join(PATIENCE)


def take_up(bank: Bank) -> None:
    """Takes up what a dead worker left: its jobs wait again, and the index hears of scans it had read part of."""
    for job in jobs.reclaim(bank):
        file = job.payload.get("file")
        if job.kind == "ocr" and isinstance(file, int):
            announce(bank, file, job.entry)


def keep_index(bank: Bank, stop: threading.Event, orphaned: Ended) -> None:
    """The loop of the index, until `stop` or until nobody is left whose worker this is."""
    outlive(partial(step, bank), stop, "A step of the worker failed; it will be tried again.", ended=orphaned)


def step(bank: Bank) -> bool:
    """One step: an index that is needed, entries that wait, a rebuild that was asked for. True when there was work."""
    if bank.index.stale() is not None:
        documents.rebuild(bank)
        return True
    return bool(documents.drain(bank, bank.index.writer())) or reindexed(bank)


def reindexed(bank: Bank) -> bool:
    """Does one job of kind reindex, telling how far it is; False when none waits."""
    return done(bank, "reindex", partial(reindex, bank))


def reindex(bank: Bank, job: JobView) -> None:
    """Builds the index anew and has every entry's vectors looked at."""
    total = documents.rebuild(bank, partial(jobs.tell, bank, job.id))
    vectors.take_stock(bank, every=True)
    jobs.tell(bank, job.id, total, total)


def keep_scanning(bank: Bank, stop: threading.Event) -> None:
    """The loop of OCR, beside the index so that a long scan never holds up a search."""

    def scan() -> bool:
        return bool(ingest.ocr_languages()) and scanned(bank, stop)

    outlive(scan, stop, "Reading a scan failed; it will be tried again.", SCANS_PAUSE)


def scanned(bank: Bank, stop: threading.Event) -> bool:
    """Does one job of kind ocr; False when none waits. One that is stopped waits again, as if it had not begun."""
    return done(bank, "ocr", partial(read_scan, bank, stop))


def read_scan(bank: Bank, stop: threading.Event, job: JobView) -> None:
    """Reads the pages that the job names, until `stop`. Raises NamesNoFile, Stopped."""
    file, pages = job.payload.get("file"), job.payload.get("pages")
    if not isinstance(file, int) or not isinstance(pages, list):
        raise NamesNoFile
    read_blank_pages(bank, file, pages, partial(jobs.tell, bank, job.id), stop, job.entry)
    if stop.is_set():
        raise Stopped


def open_and_run(settings: Settings, stop: threading.Event, parent: int | None = None) -> None:
    """Opens the bank of `settings` and runs its worker."""
    from bank.assembly import open_bank

    bank = open_bank(settings)
    try:
        run(bank, stop, parent)
    finally:
        bank.database.close()
