"""Gives an entry a file: its row and the rows of its pages, and a job for pages that only OCR can read."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bank.catalogue import likeness
from bank.catalogue.tables import Entry, File, Job, Page
from bank.clock import now
from bank.ingest.extraction import ExtractedPage, Extraction
from bank.search.likeness import bands, signature
from bank.workflow.bank import Bank

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Filed:
    """A file whose bytes are kept: its own name, digest, size in bytes, and whether its first page has a picture."""

    name: str
    digest: str
    size: int
    pictured: bool


def add_file(
    bank: Bank,
    session: Session,
    entry: Entry,
    filed: Filed,
    extraction: Extraction,
    licence: str | None,
    number: int = 1,
) -> File:
    """Writes the rows in the caller's transaction."""
    file = File(
        entry_id=entry.id,
        number=number,
        name=filed.name[:255],
        media_type=extraction.media_type,
        size=filed.size,
        digest=filed.digest,
        licence=licence or bank.settings.default_licence,
        status=extraction.outcome,
        reason=extraction.reason,
        reason_values=dict(extraction.reason_values),
        flags=list(extraction.flags),
        total_pages=extraction.total_pages,
        language=extraction.proposals.language,
        reader=extraction.reader,
        thumbnail=filed.pictured,
        added=now(),
    )
    session.add(file)
    session.flush()
    add_pages(session, file, extraction)
    remember_likeness(session, file.id, signed(extraction.pages))
    queue_ocr(bank, session, file, extraction)
    return file


def add_pages(session: Session, file: File, extraction: Extraction) -> None:
    """The text of every page that could be read."""
    session.add_all(
        Page(
            file_id=file.id,
            number=page.number,
            label=page.label,
            text=page.text,
            furniture=list(page.furniture),
            method=page.method,
            flags=list(page.flags),
            confidence=page.confidence,
        )
        for page in extraction.pages
    )


def signed(pages: Iterable[Page | ExtractedPage]) -> bytes:
    """What the text of these pages is like (see `bank.search.likeness`); a long text takes a while."""
    return signature("\n".join(page.text for page in pages))


def remember_likeness(session: Session, id: int, made: bytes) -> None:
    """Keeps what a file's text is like, so that one much the same is told when it comes."""
    likeness.keep(session, id, made, bands(made))


def queue_ocr(bank: Bank, session: Session, file: File, extraction: Extraction) -> None:
    """Asks the worker to read the pages without text by tesseract, where the settings want it."""
    blank = [page.number for page in extraction.pages if "no_text" in page.flags]
    if bank.settings.ocr == "off" or not blank or extraction.media_type != PDF:
        return
    moment = now()
    payload = {"file": file.id, "pages": blank}
    asked = Job(kind="ocr", payload=payload, total=len(blank), entry_id=file.entry_id, created=moment, updated=moment)
    session.add(asked)
