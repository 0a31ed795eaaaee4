"""Writes the rows of a file and its pages, and queues a job for pages that only OCR can read."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bank.catalogue import jobs, likeness
from bank.catalogue.tables import Entry, File, Page
from bank.clock import now
from bank.disk import expect_disk_room
from bank.ingest.extraction import Extraction
from bank.search.likeness import signature_bands
from bank.workflow.bank import Bank
from bank.workflow.files.reading import PDF_TYPE, ReadFile


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An original that is stored. `size` in bytes."""

    name: str
    digest: str
    size: int
    media_type: str


def new_file(
    entry: Entry,
    number: int,
    kept: KeptFile,
    licence: str | None,
    *,
    shown: bool = True,
    purpose: str = "",
    added_by: int | None = None,
) -> File:
    """The row of a file that nobody has read yet."""
    return File(
        entry_id=entry.id,
        number=number,
        name=kept.name[:255],
        media_type=kept.media_type,
        size=kept.size,
        digest=kept.digest,
        licence=licence,
        shown=shown,
        status="pending",
        purpose=purpose,
        added=now(),
        added_by=added_by,
    )


def note_reading(bank: Bank, session: Session, file: File, read: ReadFile) -> None:
    """Writes what was read of the file, and its pages; queues a job for those that only OCR can read.

    Raises DiskFull where the pages' texts would take from the disk's margin.
    """
    extraction = read.extraction
    expect_disk_room(bank.settings.database_folder, sum(len(page.text) for page in extraction.pages))
    file.status = extraction.outcome
    file.media_type = extraction.media_type or file.media_type
    file.reason, file.reason_values = extraction.reason, dict(extraction.reason_values)
    file.flags = list(extraction.flags)
    file.total_pages = extraction.total_pages
    file.language = extraction.proposals.language
    file.reader = extraction.reader
    file.thumbnail = read.pictured
    session.flush()
    add_pages(session, file, extraction)
    queue_ocr(bank, session, file, extraction)
    note_text(session, file, read)


def note_text(session: Session, file: File, read: ReadFile) -> None:
    """Writes the personal data and the signature found in the file's text."""
    file.personal = list(read.personal)
    session.flush()
    remember_likeness(session, file.id, read.signature)


def add_pages(session: Session, file: File, extraction: Extraction) -> None:
    """Adds a row for every page that could be read."""
    session.add_all(
        Page(
            file_id=file.id,
            number=page.number,
            label=page.label,
            text=page.text,
            furniture=list(page.furniture),
            headings=list(page.headings),
            method=page.method,
            flags=list(page.flags),
            confidence=page.confidence,
        )
        for page in extraction.pages
    )


def remember_likeness(session: Session, id: int, made: bytes) -> None:
    """Stores a file's signature and its bands, so that near-duplicates are found."""
    likeness.keep_signature(session, id, made, signature_bands(made))


def queue_ocr(bank: Bank, session: Session, file: File, extraction: Extraction) -> None:
    """Queues a job to read the pages without text by OCR, unless the settings turn OCR off."""
    blank = [page.number for page in extraction.pages if "no_text" in page.flags]
    if bank.settings.ocr == "off" or not blank or extraction.media_type != PDF_TYPE:
        return
    jobs.insert_job(session, "ocr", {"file": file.id, "pages": blank}, file.entry_id, len(blank))
