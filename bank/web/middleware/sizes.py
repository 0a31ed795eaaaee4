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

    def __init__(self, app: ASGIApp, files: int, other: int) -> None:
        self.app = app
        self.files = files
        self.other = other

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        limit = self.limit(request)
        if declares_too_much(request, limit):
            await refusal(request, limit)(scope, receive, send)
            return
        await self.counted(request, limit, scope, receive, send)

    def limit(self, request: Request) -> int:
        """Bytes that the body may have: only a form with files may be large."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        return self.files if kind == "multipart/form-data" else self.other

    async def counted(self, request: Request, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; a body that grows over the limit ends as if the sender had gone, and is refused."""
        seen, started = 0, False

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > limit else message

        async def send_unless_over(message: Message) -> None:
            nonlocal started
            if started or seen <= limit:
                started = True
                await send(message)

        try:
            await self.app(scope, receive_counted, send_unless_over)
        except ClientDisconnect:
            if seen <= limit:
                raise
        if seen > limit and not started:
            await refusal(request, limit)(scope, receive, send)


def refusal(request: Request, limit: int) -> Response:
    return respond(request, TooLarge(SENTENCE, megabytes=limit // (1024 * 1024)))


def declares_too_much(request: Request, limit: int) -> bool:
    """True for a Content-Length over the limit, or one that is no number."""
    declared = request.headers.get("content-length", "0")
    return not (declared.isascii() and declared.isdigit()) or len(declared) > 18 or int(declared) > limit
