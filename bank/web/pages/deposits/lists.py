"""Everything that one's cities have sent, with whose turn it is."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import lists

router = APIRouter(include_in_schema=False)


@router.get("/deposits")
def my_deposits(request: Request) -> Response:
    """The list, what waits for the reader first."""
    viewer = viewer_of(request)
    found = lists.own_submissions(site_of(request).bank, viewer)
    return render(request, "deposits/list.html", found=found)
