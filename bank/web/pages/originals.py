"""Originals and the pictures of their first pages."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.originals import send
from bank.web.parameters import Number
from bank.web.rendering import site_of
from bank.workflow import reading

router = APIRouter(include_in_schema=False)


@router.get("/entries/{number}/files/{file}")
def original(request: Request, number: Number, file: Number) -> Response:
    """The file as it was deposited."""
    return send(request, reading.original(site_of(request).bank, number, file))


@router.get("/entries/{number}/files/{file}/thumbnail")
def thumbnail(request: Request, number: Number, file: Number) -> Response:
    """The file's first page as a small picture."""
    path = reading.thumbnail(site_of(request).bank, number, file)
    tag = f'"{path.stem}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(path.read_bytes(), headers=headers, media_type="image/webp")
