"""The viewer's submissions."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits import lists

router = APIRouter(include_in_schema=False)


@router.get("/deposits")
def my_deposits(request: Request) -> Response:
    """The submissions of the viewer's cities, with whose turn it is; what waits for the city comes first."""
    viewer = viewer_of(request)
    found = lists.own_submissions(site_of(request).bank, viewer)
    return render(request, "deposits/list.html", found=found)
