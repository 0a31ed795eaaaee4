"""Limits of what reading one file may take of the machine."""

from dataclasses import dataclass

MB = 1024 * 1024
PDF_MARK = b"%PDF-"
"""With what the header of a PDF begins."""
PDF_HEADER_BYTES = 1024
"""Bytes at the beginning of a file within which a PDF's header stands (ISO 32000-1, annex H, note 13)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading one file. Sizes in bytes, times in seconds, text in characters."""

    max_bytes: int = 50 * MB
    """Of a PDF, a Word file, a picture, and of a PDF made of photos."""
    max_markdown_bytes: int = 2 * MB
    max_pixels: int = 60_000_000
    """Of a PNG or WebP; a JPEG, which is decoded at a smaller scale, may have twice as many."""
    max_pages: int = 2000
    page_characters: int = 200_000
    """Characters that are read of one page; longer sections are split into pieces of this length."""
    document_characters: int = 20_000_000
    """Characters of a PDF after which no further pages are read."""
    page_seconds: float = 2.0
    """Processor time after which pypdf gives up on a page."""
    cpu_seconds: int = 60
    """Processor time of the child."""
    wall_seconds: float = 180.0
    """Elapsed time after which the child is killed."""
    memory_bytes: int = 512 * MB
    """Address space of the child."""
    output_bytes: int = 128 * MB
    """Bytes of messages that the child may send."""


DRAWING_LIMITS = Limits(cpu_seconds=10, wall_seconds=30.0, output_bytes=24 * MB)
"""For a thumbnail."""

PAGE_DRAWING_LIMITS = Limits(cpu_seconds=8, wall_seconds=24.0, output_bytes=24 * MB)
"""For a page that somebody waits for."""

OCR_DRAWING_LIMITS = Limits(cpu_seconds=30, wall_seconds=600.0, output_bytes=24 * MB)
"""For a page drawn for tesseract: it may wait long for a processor."""

PICTURE_LIMITS = Limits(
    max_bytes=30 * MB, cpu_seconds=20, wall_seconds=40.0, memory_bytes=768 * MB, output_bytes=48 * MB
)
"""For one photo or other picture that is redrawn."""
