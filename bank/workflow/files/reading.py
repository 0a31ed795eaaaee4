"""Reads an original and understands it, whoever brought it: the same limits, the same looking at what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bank import ingest
from bank.catalogue.tables import Page
from bank.ingest.extraction import ExtractedPage, Extraction
from bank.progress import Progress, no_progress
from bank.search.likeness import text_signature
from bank.workflow.bank import Bank
from bank.workflow.files import thumbnails

PDF_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was read of a file, and what is made of it.

    `pictured` says whether its first page has a picture; `personal` has the keys kind, page, count; `signature` is what
    its text is like (see `bank.search.likeness`).
    """

    extraction: Extraction
    pictured: bool
    personal: Sequence[Mapping[str, object]]
    signature: bytes


def read_original(bank: Bank, path: Path, name: str, progress: Progress = no_progress) -> Extraction:
    """Reads the file at `path`, called `name`, in the confined child; never raises for a bad file."""
    limits = ingest.Limits(max_bytes=bank.settings.max_upload_bytes)
    return ingest.read_file(path, name=name, limits=limits, progress=progress)


def make_first_page_picture(bank: Bank, path: Path, digest: str, extraction: Extraction) -> bool:
    """Makes and keeps the picture of a PDF's first page; False where there is none of it."""
    drawn = extraction.media_type == PDF_TYPE and extraction.outcome in ("read", "warning")
    return drawn and thumbnails.make_thumbnail(bank, path, digest)


def understand_text(extraction: Extraction, pictured: bool) -> ReadFile:
    """What is made of a file's text. A long one takes a while: not for within a unit of work that writes."""
    pages = extraction.pages
    return ReadFile(extraction, pictured, personal_data_by_page(pages), sign_text(pages))


def personal_data_by_page(pages: Sequence[ExtractedPage]) -> list[dict[str, object]]:
    """What looks like personal data, by page."""
    return [{"kind": one.kind, "page": one.page, "count": one.count} for one in ingest.find_personal_data(pages)]


def sign_text(pages: Sequence[Page | ExtractedPage]) -> bytes:
    """What the text of these pages is like; a long text takes a while."""
    return text_signature("\n".join(page.text for page in pages))
