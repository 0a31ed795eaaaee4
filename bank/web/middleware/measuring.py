"""Counts answers, and writes one JSON line for each where somebody listens to the log ``bank.access``."""

import json
import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.web.measures import Measures

log = logging.getLogger("bank.access")

SECRETS_IN_PATH = re.compile(r"^(/+(?:invitation|reset|first)/).+|[A-Za-z0-9_-]{43,}", re.DOTALL)
"""What opens a door in an address: who reads the log must not come in by it."""
COUNTED_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


class RequestMeter:
    """Times each request from the first byte asked to the last byte sent."""

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
        """Counts and logs one answer. The query is left out: it may hold what a person searched for."""
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
    """The pattern of the route that answered, or ``none``."""
    return str(getattr(scope.get("route"), "path", "none"))
