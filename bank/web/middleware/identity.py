"""An id for every request, which its response, its error page and its log lines carry."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.clock import new_uid


class RequestIds:
    """Gives each request a ULID: `request_id` in its state, X-Request-Id in its response.

    An id that the client sends is ignored: it would let others write into the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identity = new_uid()
        scope.setdefault("state", {})["request_id"] = identity

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-request-id"] = identity
            await send(message)

        await self.app(scope, receive, send_named)
