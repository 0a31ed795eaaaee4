"""Text and pictures of PDF pages by pdfium, the first reader. The only package that imports pypdfium2.

pdfium aborts its process when it can't allocate memory: call it in a confined child only.
"""

import base64
import io
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from itertools import takewhile
from statistics import median
from typing import Any

import pypdfium2
from PIL import Image

from bank.ingest.child.messages import SendMessage
from bank.ingest.formats.opening import ready_pdf
from bank.ingest.formats.pdfium.pages import SeenPage, is_pictured, read_page
from bank.ingest.limits import Limits

Image.init()
TITLE_CHARACTERS = 2000
"""Characters of the first page in which a title is looked for."""
TITLE_SIZE_RATIO = 1.15
"""How much larger than most letters those of a title are at least."""
PAGE_THUMBNAIL_SIZE = (300, 424)
"""Pixels."""
LARGEST_PAGE_PICTURE = (2400, 3400)
"""Pixels of a page drawn for OCR."""


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """The PDF with its form, so that fields are drawn. Raises PdfiumError when it can't be opened."""
    document = pypdfium2.PdfDocument(ready_pdf(data))
    with suppress(pypdfium2.PdfiumError):
        document.init_forms()
    return document


class Pdfium:
    """An opened PDF. Raises pypdfium2.PdfiumError when it can't be opened (damaged, or a password is needed)."""

    def __init__(self, data: bytes) -> None:
        self.document = open_pdf(data)

    def __len__(self) -> int:
        return len(self.document)

    def page_text(self, index: int, limit: int, left_out: Collection[int] = ()) -> SeenPage:
        """At most `limit` characters of a page, counted from 0, and what is drawn over them.

        `left_out` are numbers of annotations that are switched off. Raises PdfiumError when the page can't be loaded.
        """
        return read_page(self.document, index, limit, left_out)

    def is_pictured(self, index: int) -> bool:
        """True when a picture covers a great part of a page, counted from 0."""
        return is_pictured(self.document, index)

    def largest_line(self) -> str | None:
        """The text in the largest letters of page 1, where they are clearly larger than most; else None."""
        if not len(self):
            return None
        page = self.document[0]
        try:
            lines = sized_lines(page.get_textpage())
        finally:
            page.close()
        if not lines:
            return None
        usual = median(size for size, text in lines for _ in text)
        largest = max((size for size, text in lines if sum(map(str.isalpha, text)) >= 3), default=0.0)
        if largest < TITLE_SIZE_RATIO * usual:
            return None
        start = next(number for number, (size, _) in enumerate(lines) if size == largest)
        alike = takewhile(lambda line: line[0] > 0.95 * largest, lines[start : start + 4])
        return " ".join(text for _, text in alike)


def sized_lines(text_page: pypdfium2.PdfTextPage) -> list[tuple[float, str]]:
    """The first lines of a page with the height of their letters, in points."""
    lines: list[tuple[float, str]] = []
    heights: list[float] = []
    text = ""
    for index in range(min(text_page.count_chars(), TITLE_CHARACTERS)):
        character = chr(pypdfium2.raw.FPDFText_GetUnicode(text_page, index))
        if character in "\r\n":
            if heights:
                lines.append((round(median(heights), 1), text.strip()))
            heights, text = [], ""
            continue
        text += character
        if not character.isspace():
            _, bottom, _, top = text_page.get_charbox(index, loose=True)
            heights.append(top - bottom)
    return [*lines, (round(median(heights), 1), text.strip())] if heights else lines


def scale_to_fit(width: float, height: float, box: tuple[int, int]) -> float:
    """The scale at which a page of this size (points) fits into `box` (pixels)."""
    return min(box[0] / max(width, 1.0), box[1] / max(height, 1.0))


def render_page(data: bytes, index: int, scale_of: Callable[[float, float], float], gray: bool) -> Image.Image:
    """A page (from 0) as a picture. Raises PdfiumError or ValueError when it can't be rendered."""
    page = open_pdf(data)[index]
    width, height = page.get_size()
    bitmap = page.render(scale=scale_of(width, height), grayscale=gray)
    picture: Image.Image = bitmap.to_pil()
    return picture


def send_thumbnail(data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Sends the first page as WebP, at most 300 by 424 pixels."""
    small = render_page(
        data, 0, lambda width, height: scale_to_fit(width, height, PAGE_THUMBNAIL_SIZE), gray=False
    ).convert("RGB")
    out = io.BytesIO()
    small.save(out, "WEBP", quality=75)
    speak({"picture": base64.b64encode(out.getvalue()).decode("ascii")})


def send_page_picture(data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Sends the page ``options["page"]`` (from 1) in grey as PGM, at 200 dots an inch where that is not too large."""

    def scale_of(width: float, height: float) -> float:
        return min(200 / 72, scale_to_fit(width, height, LARGEST_PAGE_PICTURE))

    page = render_page(data, int(options["page"]) - 1, scale_of, gray=True).convert("L")
    out = io.BytesIO()
    page.save(out, "PPM")
    speak({"picture": base64.b64encode(out.getvalue()).decode("ascii")})
