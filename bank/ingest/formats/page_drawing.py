"""A page of a PDF as a picture, and the places of its characters, by a confined child."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bank.errors import Busy
from bank.ingest.child.process import ChildReport, parse_message, shared_extractor
from bank.ingest.formats.thumbnails import drawn_with_report
from bank.ingest.limits import PAGE_DRAWING_LIMITS
from bank.ingest.text.places import PLACE_UNITS, PagePlaces

DRAWN_WIDTHS = (160, 900, 1350, 1800)
"""Pixels: for a row of small pages, and a page at 100, 150 and 200 %."""
FARTHEST_PLACE = 100 * PLACE_UNITS
"""A number beyond it is no place of a character."""
LARGEST_PAGE_SIDE = 1e7
"""Points."""
PASSING_ENDS = ("wall", "lost")
"""How a child ends for reasons that are not the file's."""


def draw_page(path: Path, page: int, width: int) -> bytes | None:
    """Page `page` (from 1) of the PDF at `path` as WebP, one of DRAWN_WIDTHS wide; None when it can't be drawn.

    Raises Busy where that is not the page's fault.
    """
    limits = replace(PAGE_DRAWING_LIMITS, max_bytes=path.stat().st_size)
    picture, report = drawn_with_report("page", path, {"page": page, "width": width}, limits)
    if picture and picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return picture
    expect_own_fault(report)
    return None


def expect_own_fault(report: ChildReport) -> None:
    """Raises Busy where a child failed for want of a processor in time, or with the extractor, which may pass."""
    if report.why in PASSING_ENDS:
        raise Busy


def read_places(path: Path, page: int) -> PagePlaces | None:
    """The size of page `page` (from 1) and the places of its characters; None when it can't be opened. Raises Busy."""
    found: list[PagePlaces | None] = []
    limits = replace(PAGE_DRAWING_LIMITS, max_bytes=path.stat().st_size)
    hear = found.append
    report = shared_extractor().ask("places", path, {"page": page}, limits, lambda told: hear(places_told(told)))
    if not found:
        expect_own_fault(report)
    return found[0] if found else None


def places_told(message: Mapping[str, Any]) -> PagePlaces | None:
    """The places in a child's message; None for anything else, as the file may have taken the child over."""
    told = message.get("places")
    if not isinstance(told, dict):
        return None
    width, height, text, boxes = (told.get(name) for name in ("width", "height", "text", "boxes"))
    sides = all(isinstance(one, int | float) and 0 < one <= LARGEST_PAGE_SIDE for one in (width, height))
    if not sides or not isinstance(text, str) or not isinstance(boxes, list) or len(boxes) != 4 * len(text):
        return None
    if not all(isinstance(one, int) and abs(one) <= FARTHEST_PLACE for one in boxes):
        return None
    return PagePlaces(float(width or 0), float(height or 0), text, tuple(boxes))


def pack_places(places: PagePlaces) -> bytes:
    """The places as bytes to be kept."""
    return json.dumps({"places": asdict(places)}, separators=(",", ":")).encode("utf-8", "replace")


def unpack_places(data: bytes) -> PagePlaces | None:
    """The places that were kept as these bytes; None where these are damaged."""
    return places_told(parse_message(data))
