"""The page of parts: what the stylesheet offers to every page, each piece with its class and in its states."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.rendering import render

router = APIRouter(include_in_schema=False)
PART_STATES = ("draft", "submitted", "returned", "published", "paused", "withdrawn")
"""Classes of badges that say where an entry stands."""
PART_COLOURS = tuple("paper sheet ink soft line line-strong link brand tint mark focus warn".split())
"""Custom properties for colours, without their two hyphens."""
PART_SIZES = ("s4", "s3", "s2", "s1", "s0", "s-1")
PART_SPACES = (1, 2, 3, 4, 5, 6)


@router.get("/about/parts")
def parts(request: Request) -> Response:
    """Every part of the pages, for whoever writes one."""
    return render(
        request,
        "machines/parts.html",
        states=PART_STATES,
        colours=PART_COLOURS,
        sizes=PART_SIZES,
        spaces=PART_SPACES,
    )
