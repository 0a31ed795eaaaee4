"""Reads pages without text by OCR (tesseract) and stores each at once, so that an interruption loses none."""

import threading

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank import ingest
from bank.catalogue.tables import File, Page
from bank.ingest.extraction import ExtractedPage
from bank.ingest.text.detector import judge_text
from bank.progress import Progress
from bank.workflow.bank import Bank
from bank.workflow.deposits.reading import fill_in_entry, find_file_and_entry, reread_scanned_file
from bank.workflow.files.rows import note_text

OCR_TRIES = (1, 4)
"""How much time each try of a page has, in times of the usual."""
SCANNED_PAGES_AT_ONCE = 50
"""Pages given to the reader at once; it takes no more."""


def read_blank_pages(
    bank: Bank,
    file_id: int,
    numbers: list[int],
    progress: Progress,
    stop: threading.Event,
    entry_id: int | None = None,
) -> int:
    """Reads the file's pages `numbers` by OCR, until `stop` is set, and stores each as it comes.

    Those left out are tried again, with more time. Returns how many of `numbers` are done with: those read before, and
    those that gave no text, count too. The entry gets one new version, at the end. Does nothing where tesseract is not
    installed, where the file is none of entry `entry_id` (None, for a job of an older version: whichever), and where
    that is withdrawn.
    """
    with bank.database.reading() as session:
        found = find_file_and_entry(session, file_id, entry_id)
    languages = languages_for_ocr(bank, found[1].language) if found else ()
    if found is None or not languages:
        return 0
    file = found[0]
    path = bank.uploads.path(file.digest)
    left = [number for number in numbers if number not in scanned_page_numbers(bank, file_id)]
    given: set[int] = set()
    done = kept = len(numbers) - len(left)  # pages of an earlier try: it may have died before it finished the file
    try:
        for patience in OCR_TRIES:
            for first in range(0, len(left), SCANNED_PAGES_AT_ONCE):
                chosen = left[first : first + SCANNED_PAGES_AT_ONCE]
                for page in ingest.ocr_pages(path, chosen, languages, patience=patience):
                    kept += keep_scanned_page(bank, file, page)
                    given.add(page.number)
                    progress(done + len(given), len(numbers))
                    if stop.is_set():
                        return done + len(given)
            left = [number for number in left if number not in given]
    finally:
        if kept:
            finish_scanned_file(bank, file_id, file.entry_id)
    return done + len(given)


def scanned_page_numbers(bank: Bank, file_id: int) -> set[int]:
    """Numbers of the file's pages whose text tesseract gave."""
    with bank.database.reading() as session:
        return set(session.scalars(select(Page.number).where(Page.file_id == file_id, Page.method == "ocr")))


def languages_for_ocr(bank: Bank, language: str) -> tuple[str, ...]:
    """The entry's language where tesseract knows it, else the bank's own, else any.

    More than one at once cost more time and read no better.
    """
    installed = ingest.ocr_languages()
    return next(((code,) for code in (language, bank.settings.language) if code in installed), installed[:1])


def keep_scanned_page(bank: Bank, file: File, page: ExtractedPage) -> bool:
    """Writes the OCR text of one page; False where it is empty, or the file has changed or gone meanwhile."""
    with bank.database.writing() as session:
        row = session.get(Page, (file.id, page.number))
        if row is None or find_file_and_entry(session, file.id, file.entry_id, file.digest) is None:
            return False
        row.text, row.method, row.confidence = with_own_lines(row.text, page.text), page.method, page.confidence
        row.flags = list(page.flags)
        row.furniture = []
    return bool(page.text.strip())


def with_own_lines(own: str, read: str) -> str:
    """What OCR has read, after those lines of the page's own text that it has missed."""
    if judge_text(own) == "garbage":
        return read
    letters = "".join(read.split()).casefold()
    missed = [line for line in own.splitlines() if "".join(line.split()).casefold() not in letters]
    return "\n".join([*missed, read]) if missed else read


def finish_scanned_file(bank: Bank, file_id: int, entry_id: int | None) -> None:
    """Marks the file as read by OCR, and writes a new version of its entry, so that the index gets the text."""
    read = reread_scanned_file(bank, file_id, entry_id)
    if read is None:
        return
    with bank.database.writing() as session:
        found = find_file_and_entry(session, file_id, read.of.file.entry_id, read.of.file.digest)
        if found is None:
            return
        file, entry = found
        file.flags = sorted({*file.flags, "ocr"} - {"no_text"})
        file.language = read.content.extraction.proposals.language or file.language
        tell_unread_pages(session, file)
        note_text(session, file, read.content)
        fill_in_entry(bank, session, file, entry, read, "ocr")


def tell_unread_pages(session: Session, file: File) -> None:
    """Says in the file how many of its pages are read, where some are not; else no longer that it has no text."""
    if file.reason not in (None, "no_text", "partial"):
        return
    pages = session.scalars(select(Page).where(Page.file_id == file.id)).all()
    read = sum("no_text" not in page.flags or page.method == "ocr" for page in pages)
    if read < file.total_pages:
        file.status, file.reason = "warning", "partial"
        file.reason_values = {"read": read, "total": file.total_pages}
        file.flags = sorted({*file.flags, "partial"})
    else:
        file.status, file.reason, file.reason_values = "read", None, {}
        file.flags = sorted({*file.flags} - {"partial"})
