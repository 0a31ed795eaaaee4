"""Reads pages without text by tesseract, a page at a time, so that nothing read is lost."""

import threading

from sqlalchemy import select

from bank import ingest
from bank.catalogue import audit, outbox
from bank.catalogue.tables import Entry, File, Page
from bank.clock import now
from bank.ingest.extraction import ExtractedPage
from bank.progress import Progress
from bank.workflow.parts import Bank

AT_ONCE = 50
"""Pages given to the reader in one go; it takes no more."""


def read_blank_pages(bank: Bank, file_id: int, numbers: list[int], progress: Progress, stop: threading.Event) -> int:
    """Reads the file's pages `numbers` by OCR, until `stop`, and keeps each as it comes. Returns how many were read.

    The entry's index document is renewed once, at the end. Does nothing where tesseract is not installed.
    """
    with bank.database.reading() as session:
        file = session.get(File, file_id)
        entry = session.get(Entry, file.entry_id) if file else None
    languages = reading_languages(bank, entry.language if entry else "")
    if file is None or not languages:
        return 0
    path = bank.uploads.path(file.digest)
    left = [number for number in numbers if number not in already_read(bank, file_id)]
    done, kept = len(numbers) - len(left), 0
    try:
        for first in range(0, len(left), AT_ONCE):
            for page in ingest.ocr_pages(path, left[first : first + AT_ONCE], languages):
                kept += keep(bank, file_id, page)
                done += 1
                progress(done, len(numbers))
                if stop.is_set():
                    return done
    finally:
        if kept:
            announce(bank, file_id)
    return done


def already_read(bank: Bank, file_id: int) -> set[int]:
    """Numbers of the file's pages whose text tesseract gave."""
    with bank.database.reading() as session:
        return set(session.scalars(select(Page.number).where(Page.file_id == file_id, Page.method == "ocr")))


def reading_languages(bank: Bank, language: str) -> tuple[str, ...]:
    """The entry's language where tesseract knows it, else the bank's own; more at once cost more and read no better."""
    installed = ingest.ocr_languages()
    return next(((code,) for code in (language, bank.settings.language) if code in installed), installed[:1])


def keep(bank: Bank, file_id: int, page: ExtractedPage) -> bool:
    """Keeps one page read by OCR; a page that gave nothing stays as it was."""
    if not page.text.strip():
        return False
    with bank.database.writing() as session:
        row = session.get(Page, (file_id, page.number))
        if row is None:
            return False
        row.text, row.method, row.confidence = page.text, page.method, page.confidence
        row.flags = list(page.flags)
        row.furniture = []
    return True


def announce(bank: Bank, file_id: int) -> None:
    """Marks the file as read by OCR, and has the index hear of its entry when that is published."""
    with bank.database.writing() as session:
        file = session.get(File, file_id)
        entry = session.get(Entry, file.entry_id) if file else None
        if file is None or entry is None:
            return
        file.flags = sorted({*file.flags, "ocr"} - {"no_text"})
        entry.version += 1
        entry.updated = now()
        audit.note(session, "worker", "ocr", entry.id, {"file": file_id, "version": entry.version})
        if entry.status == "published":
            outbox.announce(session, entry)
