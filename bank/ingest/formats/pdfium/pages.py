"""The text of a page as a viewer shows it, and whether it is a picture."""

from collections.abc import Collection
from ctypes import c_float
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from pypdfium2 import raw

from bank.ingest.formats.pdfium.annotations import drawn_texts, lettered_annotations
from bank.ingest.formats.pdfium.characters import (
    bounds_all,
    holds_middle,
    inside_page,
    placed_characters,
    stands_inside,
    text_inside,
)
from bank.ingest.formats.pdfium.forms import form_answers
from bank.ingest.formats.pdfium.mending import mend_characters, odd_spans, written
from bank.ingest.formats.pdfium.placing import place_texts, text_lines

PICTURE_SHARE = 0.4
"""Share of a page's area that its largest picture covers where the page may be a scan."""
MOST_OBJECTS = 2000
"""Objects of a page that are looked at for pictures."""
DEEPEST_GROUP = 3


OpenPage = tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """The text of a page; `own`, without what is drawn over it (form fields, notes); and `notes`, only that.

    `cut`: some of its text lies outside the page and is left out. `unread`: a stamp on it is a picture without text.
    `answers` are the filled fields of its form, each as its possible labels and then its value.
    """

    text: str
    own: str
    notes: str = ""
    cut: bool = False
    unread: bool = False
    answers: list[list[str]] = field(default_factory=list)


def open_page(document: pypdfium2.PdfDocument, index: int) -> OpenPage:
    """A page, counted from 0, and its text."""
    page = document[index]
    return page, page.get_textpage()


def read_page(
    document: pypdfium2.PdfDocument, index: int, limit: int, left_out: Collection[int], opened: OpenPage | None = None
) -> SeenPage:
    """At most `limit` characters of a page, counted from 0, and what is drawn over them; a page `opened` is closed.

    `left_out` are numbers of annotations that are switched off. The others become part of the page: ask once.
    """
    page, text_page = opened or open_page(document, index)
    try:
        shown = page.get_bbox()
        whole = str(text_page.get_text_range(0, min(limit, text_page.count_chars())))
        cut = not (bounds_all(text_page, shown, whole) or stands_inside(text_page, shown))
        own = text_inside(text_page, shown, limit) if cut else whole
        notes = [note for note in lettered_annotations(page, left_out) if holds_middle(shown, note.box)]
        odd = odd_spans(own)
        if not notes and (not odd or not cut):
            own = mended_text(text_page, own, odd) if odd else own
            return SeenPage(own, own, cut=cut)
        count = text_page.count_chars()
        whole = str(text_page.get_text_range(0, count))
        placed = list(inside_page(placed_characters(text_page, 0, min(limit, count)), shown))
        if odd:
            placed = mend_characters(placed)
            own = written(placed)
    finally:
        page.close()
    drawn = drawn_texts(document, index, notes, whole) if notes else []
    unread = sum(note.picture for note in notes) > sum(note.picture for note in drawn)
    if not drawn:
        return SeenPage(own, own, cut=cut, unread=unread)
    answers = form_answers(text_lines(placed), drawn, [note.box for note in notes])
    return SeenPage(place_texts(placed, drawn), own, "\n".join(note.text for note in drawn), cut, unread, answers)


def mended_text(text_page: pypdfium2.PdfTextPage, text: str, odd: list[tuple[int, int]]) -> str:
    """The text of the whole page with its odd places mended."""
    parts, done, count = [], 0, text_page.count_chars()
    for first, end in odd:
        start = raw.FPDFText_GetCharIndexFromTextIndex(text_page, first)
        stop = raw.FPDFText_GetCharIndexFromTextIndex(text_page, end) if end < len(text) else count
        if start < 0 or stop < 0:
            continue
        parts += [text[done:first], written(mend_characters(list(placed_characters(text_page, start, stop))))]
        done = end
    return "".join([*parts, text[done:]])


def is_pictured(document: pypdfium2.PdfDocument, index: int) -> bool:
    """True when a picture covers a great part of a page, counted from 0."""
    page = document[index]
    try:
        width, height = page.get_size()
        objects = range(min(max(0, raw.FPDFPage_CountObjects(page)), MOST_OBJECTS))
        areas = (picture_area(raw.FPDFPage_GetObject(page, place), DEEPEST_GROUP) for place in objects)
        return any(area >= PICTURE_SHARE * width * height for area in areas)
    finally:
        page.close()


def picture_area(drawn: Any, deepest: int) -> float:
    """The area, in square points, of a picture or of a group that holds one; else 0."""
    kind = raw.FPDFPageObj_GetType(drawn)
    if kind == raw.FPDF_PAGEOBJ_FORM and deepest:
        inner = range(min(max(0, raw.FPDFFormObj_CountObjects(drawn)), MOST_OBJECTS))
        if not any(picture_area(raw.FPDFFormObj_GetObject(drawn, place), deepest - 1) for place in inner):
            return 0.0
    elif kind != raw.FPDF_PAGEOBJ_IMAGE:
        return 0.0
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    return abs((right.value - left.value) * (top.value - bottom.value))
