"""Answers that the bank is full, where all its connections are at work."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.errors import Busy
from bank.messages import N_
from bank.web.errors import error_response

CROWDED_KEY = "crowded"
"""Key of a request's state that the server sets for a connection for which there was no room."""
MONITORED_PATHS = ("/healthz", "/readyz")
"""Answered all the same: monitoring should see what it asks for."""


class Crowded(Busy):
    """Every connection that the bank can have is at work."""

    code = "crowded"
    sentence = N_("The bank has too many visitors at this moment. Please try again in a little while.")


class CrowdGuard:
    """Answers 503 on a connection for which there was no room, and closes it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope.get("state", {}).get(CROWDED_KEY):
            await self.app(scope, receive, send)
            return

        async def send_last(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["connection"] = "close"
            await send(message)

        if scope["path"] in MONITORED_PATHS:
            await self.app(scope, receive, send_last)
        else:
            await error_response(Request(scope), Crowded())(scope, receive, send_last)
