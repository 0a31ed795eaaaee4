"""A page of a PDF drawn at a width, and the places of its characters on that drawing. Runs in the confined child."""

import base64
import io
from collections.abc import Iterator, Mapping
from typing import Any

import pypdfium2
from pypdfium2 import raw

from bank.ingest.child.messages import SendMessage
from bank.ingest.formats.pdfium import open_pdf
from bank.ingest.formats.pdfium.characters import Box
from bank.ingest.limits import Limits
from bank.ingest.text.places import PLACE_UNITS

LONGEST_DRAWN_SHAPE = 4
"""A page is drawn at most so many times as high as it is wide; a longer one is drawn narrower."""
DRAWN_QUALITY, DRAWN_EFFORT = 75, 2
"""Of WebP: effort 2 takes half the time of the usual 4, for files as large."""
MOST_PLACED_CHARACTERS = 30_000
"""Characters of a page whose places are told."""


def send_drawn_page(data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Sends the page ``options["page"]`` (from 1) as WebP, ``options["width"]`` pixels wide."""
    page = open_pdf(data)[int(options["page"]) - 1]
    width, height = page.get_size()
    picture = page.render(scale=drawing_scale(width, height, int(options["width"]))).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=DRAWN_QUALITY, method=DRAWN_EFFORT)
    speak({"picture": base64.b64encode(out.getvalue()).decode("ascii")})


def drawing_scale(width: float, height: float, pixels: int) -> float:
    """The scale at which a page of this size (points) is drawn so many pixels wide, or its height is at the limit."""
    return min(pixels / max(width, 1.0), LONGEST_DRAWN_SHAPE * pixels / max(height, 1.0))


def send_page_places(data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Sends {"places": {width, height, text, boxes}} of the page ``options["page"]`` (from 1).

    Its size is in points as it is shown, `text` its characters without blanks, `boxes` left, top, right, bottom of each
    in ten-thousandths of the page.
    """
    page = open_pdf(data)[int(options["page"]) - 1]
    width, height = page.get_size()
    characters: list[str] = []
    boxes: list[int] = []
    for character, box in shown_characters(page):
        characters.append(character)
        boxes.extend(box)
    speak({"places": {"width": width, "height": height, "text": "".join(characters), "boxes": boxes}})


def shown_characters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each character of the page that is no blank, with its box as shares of the page as it is shown."""
    text_page, shown, turned = page.get_textpage(), page.get_bbox(), page.get_rotation()
    rect, handle = raw.FS_RECTF(), text_page.raw
    for index in range(min(text_page.count_chars(), MOST_PLACED_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if not code or 0xD800 <= code < 0xE000 or chr(code).isspace():
            continue
        if raw.FPDFText_GetLooseCharBox(handle, index, rect):
            yield chr(code), shares_of_page((rect.left, rect.bottom, rect.right, rect.top), shown, turned)


def shares_of_page(box: Box, shown: Box, turned: int) -> tuple[int, ...]:
    """A box in the page's own points as left, top, right, bottom on the page as it is shown, turned clockwise."""
    width, height = max(shown[2] - shown[0], 1e-6), max(shown[3] - shown[1], 1e-6)
    left, right = ((one - shown[0]) / width for one in (box[0], box[2]))
    low, high = ((one - shown[1]) / height for one in (box[1], box[3]))
    across, down = {
        0: ((left, right), (1 - high, 1 - low)),
        90: ((low, high), (left, right)),
        180: ((1 - right, 1 - left), (low, high)),
        270: ((1 - high, 1 - low), (1 - right, 1 - left)),
    }[turned % 360]
    return tuple(round(PLACE_UNITS * one) for one in (across[0], down[0], across[1], down[1]))
