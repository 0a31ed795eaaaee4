"""Reads uploaded files: PDF, Markdown and Word become pages of clean text.

Untrusted bytes are only unpacked in a confined child process. Also: pictures, thumbnails, photos to PDF, OCR, personal
data. The child imports this package too, so its imports must stay light.
"""

from bank.ingest.child.process import close_extractors
from bank.ingest.extraction import ExtractedPage, Extraction, MetadataProposals
from bank.ingest.formats.ocr import ocr_languages, ocr_pages
from bank.ingest.formats.page_drawing import DRAWN_WIDTHS, draw_page, pack_places, read_places, unpack_places
from bank.ingest.formats.photos import photos_to_pdf
from bank.ingest.formats.pictures import Picture, redraw_picture
from bank.ingest.formats.thumbnails import pdf_thumbnail
from bank.ingest.limits import Limits
from bank.ingest.reading import read_file
from bank.ingest.reasons import REASONS
from bank.ingest.sniff import DOCUMENT_KINDS, PICTURE_KINDS, UPLOAD_KINDS, Sniffed, expect_type, sniff_file
from bank.ingest.text.furniture import without_furniture
from bank.ingest.text.personal import PersonalDataFinding, find_personal_data
from bank.ingest.text.places import PagePlaces, PlaceBox, place_marks

__all__ = [
    "DOCUMENT_KINDS",
    "DRAWN_WIDTHS",
    "PICTURE_KINDS",
    "REASONS",
    "UPLOAD_KINDS",
    "ExtractedPage",
    "Extraction",
    "Limits",
    "MetadataProposals",
    "PagePlaces",
    "PersonalDataFinding",
    "Picture",
    "PlaceBox",
    "Sniffed",
    "close_extractors",
    "draw_page",
    "expect_type",
    "find_personal_data",
    "ocr_languages",
    "ocr_pages",
    "pack_places",
    "pdf_thumbnail",
    "photos_to_pdf",
    "place_marks",
    "read_file",
    "read_places",
    "redraw_picture",
    "sniff_file",
    "unpack_places",
    "without_furniture",
]  # fmt: skip
