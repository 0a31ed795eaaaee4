"""Refuses request bodies over a limit: by their Content-Length, else as soon as the bytes counted exceed it."""

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.errors import BankError, TooLarge
from bank.messages import N_
from bank.web.errors import error_response
from bank.web.viewer import viewer_of
from bank.workflow.rights import require_right

BODY_TOO_LARGE = N_("What was sent is too large; at most {megabytes} MB are taken.")
UPLOAD_PATHS = ("/deposits", "/api/v1/entries")
"""Paths where files are uploaded; nowhere else may a body be large."""


class BodySizeLimit:
    """Limits request bodies to `files` bytes for multipart forms of those who may deposit, to `other` bytes else.

    So nobody else can fill the disk. `files` includes `other` for the form's other fields; the sentence names the
    difference, which is the limit of the files.
    """

    def __init__(self, app: ASGIApp, files: int, other: int) -> None:
        self.app = app
        self.files = files
        self.other = other

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        limit, refused = self.limit(request)
        if declares_too_much(request, limit):
            await error_response(request, refused)(scope, receive, send)
            return
        await self.counted(request, limit, refused, scope, receive, send)

    def limit(self, request: Request) -> tuple[int, BankError]:
        """(bytes that the body may have, the error for one that has more)."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "multipart/form-data" or not takes_files(request.scope["path"]):
            return self.other, body_too_large(self.other)
        viewer = viewer_of(request)
        try:
            require_right(viewer, "deposit", viewer.cities if viewer else ())
        except BankError as error:
            return self.other, error
        return self.files, body_too_large(self.files - self.other)

    async def counted(
        self, request: Request, limit: int, refused: BankError, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Passes the request on and counts its body: over `limit` the application sees a disconnect.

        The client is sent the error `refused`, unless the response has begun.
        """
        seen, started = 0, False

        async def receive_counted() -> Message:
            nonlocal seen
            if seen > limit:
                return {"type": "http.disconnect"}
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
            await error_response(request, refused)(scope, receive, send)


def takes_files(path: str) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in UPLOAD_PATHS)


def body_too_large(limit: int) -> TooLarge:
    return TooLarge(BODY_TOO_LARGE, megabytes=limit // (1024 * 1024))


def declares_too_much(request: Request, limit: int) -> bool:
    """True when Content-Length is over the limit or no number."""
    declared = request.headers.get("content-length", "0")
    return not (declared.isascii() and declared.isdigit()) or len(declared) > 18 or int(declared) > limit
