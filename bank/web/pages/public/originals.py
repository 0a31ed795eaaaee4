"""Originals, the pictures of their first pages, and the pictures of entries."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.originals import send, send_small
from bank.web.parameters import Number
from bank.web.rendering import site_of
from bank.workflow.deposits.bytes import public_small_image
from bank.workflow.deposits.whole import picture
from bank.workflow.entries import public

router = APIRouter(include_in_schema=False)


@router.get("/entries/{number}/files/{file}")
def original(request: Request, number: Number, file: Number) -> Response:
    """The file as it was deposited."""
    return send(request, public.original(site_of(request).bank, number, file))


@router.get("/entries/{number}/files/{file}/thumbnail")
def thumbnail(request: Request, number: Number, file: Number) -> Response:
    """The file's first page as a small picture."""
    return send_small(request, public.thumbnail(site_of(request).bank, number, file))


@router.get("/entries/{number}/images/{image}")
def image(request: Request, number: Number, image: Number) -> Response:
    """A picture of a published entry."""
    return send(request, picture(site_of(request).bank, None, number, image))


@router.get("/entries/{number}/images/{image}/small")
def small_image(request: Request, number: Number, image: Number) -> Response:
    """A picture of a published entry, made small."""
    return send_small(request, public_small_image(site_of(request).bank, number, image))
