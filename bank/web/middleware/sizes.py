"""A request body over the limit is refused before it is read."""

from starlette.requests import ClientDisconnect, Request
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
        await self.counted(request, scope, receive, send)

    async def counted(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; a body that grows over the limit ends as if the sender had gone, and is refused."""
        seen, started = 0, False

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > self.limit else message

        async def send_unless_over(message: Message) -> None:
            nonlocal started
            if started or seen <= self.limit:
                started = True
                await send(message)

        try:
            await self.app(scope, receive_counted, send_unless_over)
        except ClientDisconnect:
            if seen <= self.limit:
                raise
        if seen > self.limit and not started:
            await self.refusal(request)(scope, receive, send)

    def refusal(self, request: Request) -> Response:
        return respond(request, TooLarge(SENTENCE, megabytes=self.limit // (1024 * 1024)))

    def declares_too_much(self, request: Request) -> bool:
        """True for a Content-Length over the limit, or one that is no number."""
        declared = request.headers.get("content-length", "0")
        return not (declared.isascii() and declared.isdigit()) or len(declared) > 18 or int(declared) > self.limit
