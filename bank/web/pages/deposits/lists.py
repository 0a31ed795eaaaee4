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
    """The submissions of the viewer's cities, with whose turn it is; what waits for the city comes first.

    `discarded` in the address is the number of one that was discarded a moment ago: the page confirms it.
    """
    found = lists.own_submissions(site_of(request).bank, viewer_of(request))
    said = request.query_params.get("discarded")
    gone = next((one.card for one in found if str(one.card.id) == said and one.status == "withdrawn"), None)
    return render(request, "deposits/list.html", found=found, discarded=gone)
