"""Which methods an address answers."""

from starlette.requests import Request
from starlette.routing import Match

ANSWERED_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


def allowed_methods(request: Request) -> str:
    """The value of Allow: Starlette names only the methods of the first route of an address."""
    found = [method for method in ANSWERED_METHODS if answers_method(request, method)]
    return ", ".join(found)


def answers_method(request: Request, method: str, path: str | None = None) -> bool:
    """Whether this address, or that of `path`, answers the method."""
    scope = {**request.scope, "method": method, "path": path or request.scope["path"]}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes)
