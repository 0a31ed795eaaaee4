"""The one worker of a bank, in six loops, each of which goes on whatever it fails at.

index    drains the outbox and rebuilds the index when asked; it runs in the main thread, the others in their own
reading  reads the files of deposits, makes missing signatures
scans    reads pages without text by OCR
meaning  makes vectors
beating  renews the leases of the jobs that the others work on
chores   the small things of `bank.jobs.housekeeping`
"""

import logging
import os
import threading
from functools import partial

from bank import ingest
from bank.errors import Busy
from bank.jobs.deposits import run_reading_loop
from bank.jobs.doing import JobStopped, NamesNoFile, do_oldest_job
from bank.jobs.heartbeat import run_heartbeat
from bank.jobs.housekeeping import run_housekeeping
from bank.jobs.loop import LoopEnded, outlive
from bank.jobs.vectors import run_embedding_loop
from bank.messages import N_
from bank.settings import Settings
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits.scans import finish_scanned_file, read_blank_pages
from bank.workflow.index import documents, vectors
from bank.workflow.index.lock import worker_lock
from bank.workflow.jobs import JobView
from bank.workflow.upkeep.disk_state import disk_state

log = logging.getLogger("bank.worker")
SCANS_PAUSE_SECONDS = 1.0
"""Seconds between two looks for pages that wait for OCR."""
JOIN_SECONDS = 10
"""Seconds for each loop to end in good order."""


def run_worker(bank: Bank, stop: threading.Event, parent: int | None = None) -> None:
    """Works until `stop` is set or `parent` (a process id) is no longer the parent.

    Raises Busy when a worker runs already.
    """
    with worker_lock(bank.settings) as mine:
        if not mine:
            raise Busy(N_("Another worker of this bank is running."))
        take_up_left_jobs_if_possible(bank)
        bank.uploads.sweep()
        loops = {
            "scans": run_scan_loop,
            "meaning": run_embedding_loop,
            "reading": run_reading_loop,
            "beating": run_heartbeat,
            "chores": run_housekeeping,
        }
        beside = {
            name: threading.Thread(target=loop, args=(bank, stop), name=name, daemon=True)
            for name, loop in loops.items()
        }
        for thread in beside.values():
            thread.start()
        run_index_loop(bank, stop, lambda: parent is not None and os.getppid() != parent)
        stop.set()
        beside["scans"].join(JOIN_SECONDS)
        beside["meaning"].join(JOIN_SECONDS)
        beside["chores"].join(JOIN_SECONDS)
        ingest.close_extractors()  # waits for what is being read, which gives way at its next page
        beside["reading"].join(JOIN_SECONDS)


def take_up_left_jobs_if_possible(bank: Bank) -> None:
    """Takes them up; where that fails (a full disk), they are begun again once their leases are over."""
    try:
        take_up_left_jobs(bank)
    except Exception:  # the worker must run all the same: their leases heal the rest
        log.exception("Jobs that were left running could not be taken up; that happens within a minute.")


def take_up_left_jobs(bank: Bank) -> None:
    """Queues the jobs again that a dead worker left running.

    Files whose pages it had partly read by OCR are finished, so that the index gets what was read.
    """
    for job in jobs.reclaim_jobs(bank):
        file = job.payload.get("file")
        if job.kind == "ocr" and isinstance(file, int):
            finish_scanned_file(bank, file, job.entry)


def run_index_loop(bank: Bank, stop: threading.Event, orphaned: LoopEnded) -> None:
    """The loop of the index, until `stop` is set or `orphaned` returns True."""
    outlive(partial(do_index_step, bank), stop, "A step of the worker failed; it will be tried again.", ended=orphaned)


def do_index_step(bank: Bank) -> bool:
    """Rebuilds a missing or stale index, else drains the outbox, else does a reindex job. True when there was work."""
    reason = bank.index.stale()
    if reason is not None:
        if reason == "unreadable":
            log.warning("The search index can't be read; it is made again.")
        documents.rebuild_index(bank)
        return True
    return bool(documents.drain_outbox(bank, bank.index.writer())) or do_reindex_job(bank)


def do_reindex_job(bank: Bank) -> bool:
    """Does one job of kind reindex, telling how far it is; False when none waits."""
    return do_oldest_job(bank, "reindex", partial(run_reindex_job, bank))


def run_reindex_job(bank: Bank, job: JobView) -> None:
    """Builds the index anew and queues every entry's vectors to be checked."""
    total = documents.rebuild_index(bank, partial(jobs.tell_job, bank, job.id))
    vectors.queue_outdated_vectors(bank, every=True)
    jobs.tell_job(bank, job.id, total, total)


def run_scan_loop(bank: Bank, stop: threading.Event) -> None:
    """The loop of OCR, beside the index so that a long scan never holds up a search."""

    def scan() -> bool:
        return bool(ingest.ocr_languages()) and disk_state(bank.settings).condition == "ok" and do_ocr_job(bank, stop)

    outlive(scan, stop, "Reading a scan failed; it will be tried again.", SCANS_PAUSE_SECONDS)


def do_ocr_job(bank: Bank, stop: threading.Event) -> bool:
    """Does one job of kind ocr; False when none waits. One that is stopped waits again, as if it had not begun."""
    return do_oldest_job(bank, "ocr", partial(run_ocr_job, bank, stop))


def run_ocr_job(bank: Bank, stop: threading.Event, job: JobView) -> None:
    """Reads the pages that the job names, until `stop`. Raises NamesNoFile, JobStopped."""
    file, pages = job.payload.get("file"), job.payload.get("pages")
    if not isinstance(file, int) or not isinstance(pages, list):
        raise NamesNoFile
    read_blank_pages(bank, file, pages, partial(jobs.tell_job, bank, job.id), stop, job.entry)
    if stop.is_set():
        raise JobStopped


def open_bank_and_run_worker(settings: Settings, stop: threading.Event, parent: int | None = None) -> None:
    """Opens the bank of `settings` and runs its worker."""
    from bank.assembly import open_bank

    bank = open_bank(settings)
    try:
        run_worker(bank, stop, parent)
    finally:
        bank.database.close()
