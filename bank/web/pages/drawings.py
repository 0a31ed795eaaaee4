"""Responses with drawn pages, and what a page of the bank needs to show one: its size and where the words stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bank import ingest
from bank.errors import Busy, Invalid, NotFound, TooManyTries
from bank.ingest import DRAWN_WIDTHS, PlaceBox
from bank.messages import N_
from bank.web.rendering import settings_of, site_of
from bank.web.throttle import DRAWING_RATE
from bank.web.viewer import source_address
from bank.workflow.entries.public import Original
from bank.workflow.files.drawings import drawing_name, is_kept, picture_of_page, places_name, places_of_page
from bank.workflow.files.reading import PDF_TYPE

SMALL_WIDTH, PLAIN_WIDTH = DRAWN_WIDTHS[0], DRAWN_WIDTHS[1]
ZOOM_WIDTHS = {"fit": PLAIN_WIDTH, "100": PLAIN_WIDTH, "150": DRAWN_WIDTHS[2], "200": DRAWN_WIDTHS[3]}
"""Zoom -> the width in pixels at which a page is drawn for it."""
USUAL_SHAPE = 1.414
"""Height of a page by its width where it is not known yet."""
TALLEST_SHAPE, FLATTEST_SHAPE = 4.0, 0.05
TEXT_PATIENCE_SECONDS = 1.5
"""How long the text of a page waits for its drawing's turn."""
DIGEST_LETTERS = 16
"""Letters of a digest that stand in the address of a drawing, which may then be cached for long."""
FOR_LONG, EACH_TIME = "private, max-age=31536000, immutable", "no-cache"
WRONG_DRAWN_WIDTH = N_("Pages are drawn {widths} pixels wide.")


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A drawn page as it is shown at one zoom.

    `width` and `height` in pixels; `version` stands in the addresses of its pictures; `marks` has for each mark in the
    text the boxes around it on the drawing, in ten-thousandths, none where that is not certain. `failed`: the page
    can't be drawn.
    """

    zoom: str
    width: int
    height: int
    version: str
    marks: Sequence[tuple[PlaceBox, ...]] = ()
    failed: bool = False

    @property
    def width_asked(self) -> int:
        """The width that stands in the picture's address."""
        return ZOOM_WIDTHS[self.zoom]

    @property
    def unplaced(self) -> int:
        """How many marks have no certain place."""
        return len(self.marks) - len(self.placed)

    @property
    def placed(self) -> list[tuple[PlaceBox, ...]]:
        """The boxes of the marks whose place is certain."""
        return [boxes for boxes in self.marks if boxes]


def expect_drawable(original: Original, page: int) -> None:
    """Raises NotFound unless the original is a PDF with that page."""
    if original.media_type != PDF_TYPE or not 1 <= page <= original.pages:
        raise NotFound


def drawn_response(request: Request, original: Original, page: int, width: int) -> Response:
    """The response with a drawn page (WebP), or a 304; the caller has checked that the original may be seen.

    Raises Invalid for another width, NotFound, Busy, TooManyTries.
    """
    if width not in DRAWN_WIDTHS:
        raise Invalid(WRONG_DRAWN_WIDTH, widths=", ".join(map(str, DRAWN_WIDTHS)))
    expect_drawable(original, page)
    tag = f'"{original.digest[:32]}-{page}-{width}"'
    named = request.query_params.get("v") == original.digest[:DIGEST_LETTERS]
    headers = {"etag": tag, "cache-control": FOR_LONG if named else EACH_TIME}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    expect_turn(request, drawing_name(original.digest, page, width))
    picture = picture_of_page(site_of(request).bank, original.digest, page, width)
    return Response(picture, headers=headers, media_type="image/webp")


def expect_turn(request: Request, name: str) -> None:
    """Counts a drawing that is not kept for the address that asks for it. Raises TooManyTries."""
    settings = settings_of(request)
    if settings.throttle == "on" and not is_kept(site_of(request).bank, name):
        request.app.state.throttles[DRAWING_RATE].take(source_address(request, settings))


def drawn_sheet(
    request: Request, original: Original, page: int, zoom: str, text: str, marks: Sequence[tuple[int, int]]
) -> DrawnSheet:
    """A page of an original that may be seen, as it is shown; `marks` are offsets in its whole text.

    Where too much is being drawn just now, the size is a guess and nothing is marked. Raises NotFound where the
    original is gone.
    """
    width, version = ZOOM_WIDTHS[zoom], original.digest[:DIGEST_LETTERS]
    try:
        expect_turn(request, places_name(original.digest, page))
        places = places_of_page(site_of(request).bank, original.digest, page, TEXT_PATIENCE_SECONDS)
    except (Busy, TooManyTries):
        return DrawnSheet(zoom, width, round(width * USUAL_SHAPE), version)
    if places is None:
        return DrawnSheet(zoom, width, width, version, failed=True)
    shape = max(FLATTEST_SHAPE, places.height / places.width)
    wide = round(width * min(1.0, TALLEST_SHAPE / shape))
    found = ingest.place_marks(places, text, marks)
    return DrawnSheet(zoom, wide, round(wide * shape), version, found)
