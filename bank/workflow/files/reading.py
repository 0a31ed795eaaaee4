"""Reads an original and examines its text, in the same way for deposits and imports."""

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
    """What was read of a file, and what was found in its text.

    `pictured` says whether its first page has a thumbnail; `personal` has the keys kind, page, count; `signature` is
    the MinHash signature of its text (see `bank.search.likeness`).
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
    """Makes and stores the thumbnail of a PDF's first page; False where there is none."""
    drawn = extraction.media_type == PDF_TYPE and extraction.outcome in ("read", "warning")
    return drawn and thumbnails.make_thumbnail(bank, path, digest)


def understand_text(extraction: Extraction, pictured: bool) -> ReadFile:
    """Personal data and signature found in a file's text.

    Slow for long texts: call it outside a writing transaction.
    """
    pages = extraction.pages
    return ReadFile(extraction, pictured, personal_data_by_page(pages), sign_text(pages))


def personal_data_by_page(pages: Sequence[ExtractedPage]) -> list[dict[str, object]]:
    """What looks like personal data, by page."""
    return [{"kind": one.kind, "page": one.page, "count": one.count} for one in ingest.find_personal_data(pages)]


def sign_text(pages: Sequence[Page | ExtractedPage]) -> bytes:
    """The MinHash signature of the pages' text (see `bank.search.likeness`), empty for a short one.

    Slow for long texts.
    """
    return text_signature("\n".join(page.text for page in pages))
