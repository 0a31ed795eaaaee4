"""Pictures of PDF pages, drawn by a confined child: a thumbnail of the first page, any page for OCR."""

import base64
import binascii
from pathlib import Path
from typing import Any

from bank.ingest.child.process import ChildReport, shared_extractor
from bank.ingest.limits import DRAWING_LIMITS, PDF_HEADER_BYTES, PDF_MARK, Limits


def draw_pdf_page(task: str, path: Path, options: dict[str, int], limits: Limits = DRAWING_LIMITS) -> bytes | None:
    """The picture that a confined child draws of the PDF at `path`; None when it can't."""
    return drawn_with_report(task, path, options, limits)[0]


def drawn_with_report(
    task: str, path: Path, options: dict[str, int], limits: Limits
) -> tuple[bytes | None, ChildReport]:
    """The picture, as `draw_pdf_page`, and how the child ended."""
    drawn: list[bytes] = []

    def hear(message: dict[str, Any]) -> None:
        try:
            drawn.append(base64.b64decode(message.get("picture", ""), validate=True))
        except (binascii.Error, TypeError, ValueError):
            pass  # the file may have taken the child over: its messages may hold anything

    report = shared_extractor().ask(task, path, options, limits, hear)
    return (drawn[0] if drawn else None), report


def pdf_thumbnail(path: Path) -> bytes | None:
    """The first page as WebP, at most 300 by 424 pixels; None when the file is no PDF or can't be drawn."""
    with path.open("rb") as stream:
        if PDF_MARK not in stream.read(PDF_HEADER_BYTES + len(PDF_MARK)):
            return None
    picture = draw_pdf_page("thumbnail", path, {})
    return picture if picture and picture[:4] == b"RIFF" and picture[8:12] == b"WEBP" else None
