"""Text and pictures of PDF pages by pdfium, the first reader. The only package that imports pypdfium2.

pdfium aborts its process when it can't allocate memory: call it in a confined child only.
"""

import base64
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from ctypes import c_int, create_string_buffer
from math import hypot
from statistics import median
from typing import Any

import pypdfium2
from PIL import Image

from bank.ingest.child.messages import SendMessage
from bank.ingest.formats.opening import ready_pdf
from bank.ingest.formats.pdfium.characters import LEAST_PAGE_SIDE, Box, holds_middle, placed_characters
from bank.ingest.formats.pdfium.pages import OpenPage, SeenPage, is_pictured, open_page, read_page
from bank.ingest.limits import Limits

Image.init()
COVER_CHARACTERS_OF_PAGES = (9000, 500, 500)
"""Characters of each of the first pages in which a title is looked for."""
LETTERS_MEASURED = 4
"""Letters of a line whose size is measured."""
BODY_PAGES, BODY_CHARACTERS, BODY_STEP = 3, 3000, 17
"""Pages after the first, and which of their characters, tell the usual size of letters."""
JOINED_HALVES, HYPHEN_MARK = "\ufffe", "\x02"
"""What pdfium's texts have, and what it calls the character, where it has joined the halves of a word."""
BOLD_WEIGHT, BOLD_FONT_NAMES = 600, (b"bold", b"black", b"heavy", b"negrita", b"cmbx", b"sfbx")
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
        self._kept: dict[int, OpenPage] = {}

    def __len__(self) -> int:
        return len(self.document)

    def page_text(self, index: int, limit: int, left_out: Collection[int] = ()) -> SeenPage:
        """At most `limit` characters of a page, counted from 0, and what is drawn over them.

        `left_out` are numbers of annotations that are switched off. Raises PdfiumError when the page can't be loaded.
        """
        return read_page(self.document, index, limit, left_out, self._kept.pop(index, None))

    def _opened(self, index: int) -> OpenPage:
        """A page, from 0, and its text; it stays open until it is read."""
        if index not in self._kept:
            self._kept[index] = open_page(self.document, index)
        return self._kept[index]

    def is_pictured(self, index: int) -> bool:
        """True when a picture covers a great part of a page, counted from 0."""
        return is_pictured(self.document, index)

    def cover_lines(self) -> list[list[Any]]:
        """The first lines of the first pages as [page from 1, size of letters in points, whether bold, text]."""
        found: list[list[Any]] = []
        for index in range(min(len(self), len(COVER_CHARACTERS_OF_PAGES))):
            page, text_page = self._opened(index)
            lines = sized_lines(text_page, COVER_CHARACTERS_OF_PAGES[index], page.get_bbox())
            found += [[index + 1, size, bold, text] for size, bold, text in lines]
        return found

    def body_size(self) -> float:
        """The usual size of letters, in points: on pages after the first or, of a single page, on that one."""
        heights: list[float] = []
        for index in range(1, min(len(self), 1 + BODY_PAGES)) if len(self) > 1 else [0]:
            heights += sampled_heights(self._opened(index)[1])
        return round(median(heights), 1) if heights else 0.0


def sized_lines(text_page: pypdfium2.PdfTextPage, characters: int, shown: Box) -> list[tuple[float, bool, str]]:
    """The lines within the first `characters` of a page: size of their letters in points, whether bold, text.

    Lines outside `shown` are left out.
    """
    lines: list[tuple[float, bool, str]] = []
    marks: list[int] = []
    text = ""
    for index, character in enumerate(first_characters(text_page, min(text_page.count_chars(), characters))):
        if character not in "\r\n":
            text += character
            if character.isalnum() and len(marks) < LETTERS_MEASURED:
                marks.append(index)
        elif text.strip():
            if stands_on(text_page, marks, shown):
                lines.append(measured_line(text_page, marks, text))
            marks, text = [], ""
    last = text.strip() and stands_on(text_page, marks, shown)
    return [*lines, measured_line(text_page, marks, text)] if last else lines


def stands_on(text_page: pypdfium2.PdfTextPage, marks: Sequence[int], shown: Box) -> bool:
    """True where one of the letters at the places `marks` is inside the box, and for a line without letters."""
    boxes = [box for mark in marks for _, box in placed_characters(text_page, mark, mark + 1) if box]
    sound = min(shown[2] - shown[0], shown[3] - shown[1]) >= LEAST_PAGE_SIDE
    return not boxes or not sound or any(holds_middle(shown, box) for box in boxes)


def first_characters(text_page: pypdfium2.PdfTextPage, count: int) -> Sequence[str]:
    """The first `count` characters of a page, one for each of pdfium's own numbers."""
    text = str(text_page.get_text_range(0, count)).replace(JOINED_HALVES, HYPHEN_MARK)
    if len(text) == count:
        return text
    return [chr(pypdfium2.raw.FPDFText_GetUnicode(text_page, index)) for index in range(count)]


def measured_line(text_page: pypdfium2.PdfTextPage, marks: Sequence[int], text: str) -> tuple[float, bool, str]:
    """A line with the size of its letters at the places `marks`, and whether the first is bold."""
    heights = [letter_height(text_page, index) for index in marks]
    bold = bool(marks) and is_bold(text_page, marks[0])
    return round(median(heights), 1) if heights else 0.0, bold, text.strip()


def letter_height(text_page: pypdfium2.PdfTextPage, index: int) -> float:
    """The size of a letter's font, in points as it is drawn; 0 where pdfium can't tell."""
    drawn = pypdfium2.raw.FS_MATRIX()
    if not pypdfium2.raw.FPDFText_GetMatrix(text_page, index, drawn):
        return 0.0
    return float(pypdfium2.raw.FPDFText_GetFontSize(text_page, index)) * hypot(drawn.c, drawn.d)


def is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether a letter's font is called bold, or weighs as much."""
    name = create_string_buffer(80)
    pypdfium2.raw.FPDFText_GetFontInfo(text_page, index, name, 80, c_int())
    heavy = pypdfium2.raw.FPDFText_GetFontWeight(text_page, index) >= BOLD_WEIGHT
    return heavy or any(word in name.value.lower() for word in BOLD_FONT_NAMES)


def sampled_heights(text_page: pypdfium2.PdfTextPage) -> list[float]:
    """The sizes of some letters of a page, in points."""
    places = range(0, min(text_page.count_chars(), BODY_CHARACTERS), BODY_STEP)
    letters = (one for one in places if chr(pypdfium2.raw.FPDFText_GetUnicode(text_page, one)).isalpha())
    return [letter_height(text_page, one) for one in letters]


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
