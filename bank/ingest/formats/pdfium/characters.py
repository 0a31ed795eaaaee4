"""The characters of a page with their places, and the text of those inside what a viewer shows of it."""

from collections.abc import Iterable, Iterator
from ctypes import byref, c_double

import pypdfium2
from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
PlacedCharacter = tuple[str, Box | None]
"""A character and its box; None for blanks and line ends."""
ADDED_BLANK = "\u2005"
"""A blank that pdfium has put between letters that stand apart; cleaning makes an ordinary one of it."""
WIDE_GAP = 40.0
"""Points between two pieces of a line that do not belong together."""
OVERLAP = 5.0
"""Points by which neighbouring characters may overlap."""
LEAST_PAGE_SIDE = 10.0
"""Points; a smaller page has a box that makes no sense."""


def placed_characters(text_page: pypdfium2.PdfTextPage, first: int, end: int) -> Iterator[PlacedCharacter]:
    """The characters from number `first` (from 0) to before `end`."""
    left, bottom, right, top = c_double(), c_double(), c_double(), c_double()
    page, sides = text_page.raw, (byref(left), byref(right), byref(bottom), byref(top))
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharBox
    for index in range(first, end):
        code = unicode_of(page, index)
        if not code:
            continue
        character = chr(code)
        if character.isspace():
            added = character == " " and raw.FPDFText_IsGenerated(page, index) == 1
            yield ADDED_BLANK if added else character, None
            continue
        known = box_of(page, index, *sides)
        box = (left.value, bottom.value, right.value, top.value) if known else None
        yield character, box


def text_inside(text_page: pypdfium2.PdfTextPage, shown: Box, limit: int) -> str:
    """The text, of at most `limit` characters of the page, that stands inside the box."""
    count = min(limit, text_page.count_chars())
    return "".join(character for character, _ in inside_page(placed_characters(text_page, 0, count), shown))


def bounds_all(text_page: pypdfium2.PdfTextPage, shown: Box, whole: str) -> bool:
    """True when what touches the box is as long as the page's whole text; a quick answer for most pages that fit."""
    left, bottom, right, top = shown
    length: int = raw.FPDFText_GetBoundedText(text_page, left, top, right, bottom, None, 0)
    return length == len(whole) > 0


def stands_inside(text_page: pypdfium2.PdfTextPage, shown: Box) -> bool:
    """True when no piece of the text stands outside the box, and where that makes no sense."""
    if min(shown[2] - shown[0], shown[3] - shown[1]) < LEAST_PAGE_SIDE:
        return True
    left, bottom, right, top = c_double(), c_double(), c_double(), c_double()
    sides, rect_of, handle = (byref(left), byref(top), byref(right), byref(bottom)), raw.FPDFText_GetRect, text_page.raw
    most_left, least_bottom, most_right, most_top = shown
    for index in range(text_page.count_rects()):
        rect_of(handle, index, *sides)
        if left.value >= most_right or right.value <= most_left:
            return False
        if bottom.value > most_top or top.value < least_bottom:
            return False
    return True


def inside_page(characters: Iterable[PlacedCharacter], shown: Box) -> Iterator[PlacedCharacter]:
    """The characters without the pieces of lines of which nothing is inside the box; one that runs over it is kept."""
    for piece in pieces_of_lines(characters):
        boxes = [box for _, box in piece if box is not None]
        if not boxes or any(holds_middle(shown, box) for box in boxes):
            yield from piece
        elif piece[-1][0] == "\n":
            yield piece[-1]


def pieces_of_lines(characters: Iterable[PlacedCharacter]) -> Iterator[list[PlacedCharacter]]:
    """The characters in pieces that end at a line end or before a wide gap."""
    piece: list[PlacedCharacter] = []
    last: Box | None = None
    for character, box in characters:
        if box is not None and last is not None and not 0 <= box[0] - last[2] + OVERLAP <= WIDE_GAP:
            yield piece
            piece = []
        piece.append((character, box))
        last = box or last
        if character == "\n":
            yield piece
            piece, last = [], None
    if piece:
        yield piece


def holds_middle(outer: Box, box: Box, margin: float = 0.0) -> bool:
    """True when the middle of `box` is inside `outer`, which is wider by `margin` on each side."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    inside = outer[0] - margin <= across <= outer[2] + margin
    return inside and outer[1] - margin <= up <= outer[3] + margin
