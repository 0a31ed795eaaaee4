"""Reads uploaded files: PDF, Markdown and Word become pages of clean text.

Untrusted bytes are only unpacked in a confined child process. Also: pictures, thumbnails, photos to PDF, OCR, personal
data. The child imports this package too, so its imports must stay light.
"""

from bank.ingest.child.process import close_extractors
from bank.ingest.extraction import ExtractedPage, Extraction, MetadataProposals
from bank.ingest.formats.ocr import ocr_languages, ocr_pages
from bank.ingest.formats.photos import photos_to_pdf
from bank.ingest.formats.pictures import Picture, redraw_picture
from bank.ingest.formats.thumbnails import pdf_thumbnail
from bank.ingest.limits import Limits
from bank.ingest.reading import read_file
from bank.ingest.reasons import REASONS
from bank.ingest.sniff import DOCUMENT_KINDS, PICTURE_KINDS, UPLOAD_KINDS, Sniffed, expect_type, sniff_file
from bank.ingest.text.personal import PersonalDataFinding, find_personal_data

__all__ = [
    "DOCUMENT_KINDS",
    "PICTURE_KINDS",
    "REASONS",
    "UPLOAD_KINDS",
    "ExtractedPage",
    "Extraction",
    "Limits",
    "MetadataProposals",
    "PersonalDataFinding",
    "Picture",
    "Sniffed",
    "close_extractors",
    "expect_type",
    "find_personal_data",
    "ocr_languages",
    "ocr_pages",
    "pdf_thumbnail",
    "photos_to_pdf",
    "read_file",
    "redraw_picture",
    "sniff_file",
]  # fmt: skip
