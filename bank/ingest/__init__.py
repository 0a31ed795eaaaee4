"""Reads files: PDF, Markdown and Word become pages of clean text, in a confined child process.

Light on purpose: the child imports it too.
"""

from bank.ingest.extraction import ExtractedPage, Extraction, Proposals
from bank.ingest.limits import Limits
from bank.ingest.ocr import ocr_languages, ocr_pages
from bank.ingest.process import close
from bank.ingest.reading import read_file
from bank.ingest.reasons import REASONS
from bank.ingest.sniff import Sniffed, sniff
from bank.ingest.thumbnails import thumbnail

__all__ = [
    "REASONS", "ExtractedPage", "Extraction", "Limits", "Proposals", "Sniffed", "close", "ocr_languages", "ocr_pages",
    "read_file", "sniff", "thumbnail",
]  # fmt: skip
