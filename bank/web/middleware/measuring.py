"""Counts responses, and logs each as a line of JSON to ``bank.access`` where that log's level is INFO."""

import json
import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.web.measures import Measures

log = logging.getLogger("bank.access")

SECRETS_IN_PATH = re.compile(r"^(/+(?:invitation|reset|first)/).+|[A-Za-z0-9_-]{43,}", re.DOTALL)
"""Secrets in a path (invitation, reset and first links, any 43 characters of base64url): the log has "-" instead."""
COUNTED_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


class RequestMeter:
    """Measures the time of each request, from its arrival at the application to the end of its response."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self.app = app
        self.measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500
        begun = time.perf_counter()

        async def send_timed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, send_timed)
        finally:
            self.note(scope, status, time.perf_counter() - begun)

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Counts and logs one response. The query is left out: it may hold what a person searched for."""
        method = scope["method"] if scope["method"] in COUNTED_METHODS else "other"
        self.measures.note(route_pattern(scope), method, status, seconds)
        if log.isEnabledFor(logging.INFO):
            line = {
                "request": scope.get("state", {}).get("request_id"),
                "method": method,
                "path": SECRETS_IN_PATH.sub(r"\1-", scope["path"]),
                "status": status,
                "ms": round(seconds * 1000, 1),
            }
            log.info("%s", json.dumps(line))


def route_pattern(scope: Scope) -> str:
    """The path pattern of the route that answered; ``none`` where no route did."""
    return str(getattr(scope.get("route"), "path", "none"))
