"""Reads files: PDF, Markdown and Word become pages of clean text, in a confined child process.

Light on purpose: the child imports it too.
"""

from bank.ingest.child.process import close
from bank.ingest.extraction import ExtractedPage, Extraction, Proposals
from bank.ingest.formats.ocr import ocr_languages, ocr_pages
from bank.ingest.formats.photos import photos_to_pdf
from bank.ingest.formats.pictures import Picture, redraw
from bank.ingest.formats.thumbnails import thumbnail
from bank.ingest.limits import Limits
from bank.ingest.reading import read_file
from bank.ingest.reasons import REASONS
from bank.ingest.sniff import DOCUMENTS, PICTURES, UPLOADS, Sniffed, expect_type, sniff
from bank.ingest.text.personal import Finding, findings

__all__ = [
    "DOCUMENTS", "PICTURES", "REASONS", "UPLOADS", "ExtractedPage", "Extraction", "Finding", "Limits", "Picture",
    "Proposals", "Sniffed", "close", "expect_type", "findings", "ocr_languages", "ocr_pages", "photos_to_pdf",
    "read_file", "redraw", "sniff", "thumbnail",
]  # fmt: skip
