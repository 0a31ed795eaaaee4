"""Static files: stylesheets, scripts, pictures."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import NotFound
from bank.web.rendering import site_of

router = APIRouter(include_in_schema=False)
CACHE_FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
CACHE_BRIEFLY = {"cache-control": "public, max-age=3600"}


@router.get("/static/{name:path}")
def static(request: Request, name: str) -> Response:
    """A file by its plain name, cached for an hour, or by the name with its content's hash, cached for ever."""
    assets = site_of(request).assets
    hashed = next((asset for asset in assets.values() if asset.address == f"/static/{name}"), None)
    found = hashed or assets.get(name)
    if found is None:
        raise NotFound
    return Response(found.body, headers=CACHE_FOR_EVER if hashed else CACHE_BRIEFLY, media_type=found.media_type)


@router.get("/favicon.ico")
def favicon(request: Request) -> Response:
    """The icon for browsers that ask for this path whatever the page says."""
    return static(request, "mark.svg")
