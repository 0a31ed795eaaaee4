"""The files of published entries, their thumbnails, and the entries' pictures."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.originals import original_response, small_picture_response
from bank.web.parameters import PathNumber
from bank.web.rendering import site_of
from bank.workflow.deposits.originals import public_small_image
from bank.workflow.deposits.whole import picture_for_viewer
from bank.workflow.entries import public

router = APIRouter(include_in_schema=False)


@router.get("/entries/{number}/files/{file}")
def entry_file(request: Request, number: PathNumber, file: PathNumber) -> Response:
    """A file as it was uploaded."""
    return original_response(request, public.published_original(site_of(request).bank, number, file))


@router.get("/entries/{number}/files/{file}/thumbnail")
def entry_thumbnail(request: Request, number: PathNumber, file: PathNumber) -> Response:
    """A file's first page as a small picture."""
    return small_picture_response(request, public.thumbnail_path(site_of(request).bank, number, file))


@router.get("/entries/{number}/images/{image}")
def entry_image(request: Request, number: PathNumber, image: PathNumber) -> Response:
    """A picture of a published entry."""
    return original_response(request, picture_for_viewer(site_of(request).bank, None, number, image))


@router.get("/entries/{number}/images/{image}/small")
def entry_small_image(request: Request, number: PathNumber, image: PathNumber) -> Response:
    """The small version of a picture of a published entry."""
    return small_picture_response(request, public_small_image(site_of(request).bank, number, image))
