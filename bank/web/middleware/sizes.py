"""A request body over the limit is refused before it is read."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.errors import TooLarge
from bank.messages import N_
from bank.web.errors import respond

SENTENCE = N_("What was sent is too large; at most {megabytes} MB are taken.")


class Sizes:
    """Looks at Content-Length first, and counts the bytes of a body that does not declare its size."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if self.declares_too_much(request):
            await self.refusal(request)(scope, receive, send)
            return
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > self.limit else message

        async def send_unless_over(message: Message) -> None:
            if seen <= self.limit:
                await send(message)
            elif message["type"] == "http.response.start":
                await self.refusal(request)(scope, receive, send)

        await self.app(scope, receive_counted, send_unless_over)

    def refusal(self, request: Request) -> Response:
        return respond(request, TooLarge(SENTENCE, megabytes=self.limit // (1024 * 1024)))

    def declares_too_much(self, request: Request) -> bool:
        """True for a Content-Length over the limit, or one that is no number."""
        declared = request.headers.get("content-length", "0")
        return not (declared.isascii() and declared.isdigit()) or len(declared) > 18 or int(declared) > self.limit
