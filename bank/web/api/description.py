"""The API's own description (OpenAPI)."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

router = APIRouter(prefix="/api/v1", include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """Every path of the API with its parameters and shapes."""
    return JSONResponse(request.app.openapi())
