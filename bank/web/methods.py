"""Which HTTP methods a path answers."""

from starlette.requests import Request
from starlette.routing import Match

ANSWERED_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


def allowed_methods(request: Request) -> str:
    """The value of the Allow header for this path. (Starlette would name only the first route's methods.)"""
    found = [method for method in ANSWERED_METHODS if answers_method(request, method)]
    return ", ".join(found)


def answers_method(request: Request, method: str, path: str | None = None) -> bool:
    """True when the request's path, or `path` where it is given, answers the method."""
    scope = {**request.scope, "method": method, "path": path or request.scope["path"]}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes)
