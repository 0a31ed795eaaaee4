"""Drawn pages of the files of published entries."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.pages.drawings import PLAIN_WIDTH, SMALL_WIDTH, drawn_response
from bank.web.parameters import PathNumber
from bank.web.rendering import site_of
from bank.workflow.entries import public

router = APIRouter(include_in_schema=False)


@router.get("/entries/{number}/files/{file}/pages/{page}/image")
def entry_page_image(
    request: Request, number: PathNumber, file: PathNumber, page: PathNumber, width: int = PLAIN_WIDTH
) -> Response:
    """A page of a PDF, drawn."""
    return drawn_response(request, public.published_original(site_of(request).bank, number, file), page, width)


@router.get("/entries/{number}/files/{file}/pages/{page}/thumbnail")
def entry_page_thumbnail(request: Request, number: PathNumber, file: PathNumber, page: PathNumber) -> Response:
    """A page of a PDF, drawn small."""
    return drawn_response(request, public.published_original(site_of(request).bank, number, file), page, SMALL_WIDTH)
