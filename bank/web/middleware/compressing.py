"""Sends texts compressed where nothing that is secret stands in them."""

import gzip
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.web.viewer import viewer_of

SMALLEST_COMPRESSED = 860
"""Bytes below which compression saves no packet."""
LARGEST_PACKED_AT_ONCE = 64 * 1024
"""Bytes above which it is done beside the other requests, not before them."""
LARGEST_COMPRESSED = 4 * 1024 * 1024
COMPRESSED_TYPES = ("text/", "application/json", "application/problem+json", "application/atom+xml", "image/svg+xml")
"""Beginnings of the media types of texts."""
STATIC_PREFIX = "/static/"
UNCOMPRESSED_PATHS = (
    "/login",
    "/logout",
    "/account",
    "/admin",
    "/deposits",
    "/review",
    "/invitation",
    "/reset",
    "/first",
)
"""Beginnings of the paths of work and of secrets: the size of a compressed page tells whether two of its pieces are
alike, so a secret never shares a page with what somebody else put into the address (BREACH)."""


class Compression:
    """Compresses whole texts for visitors with gzip, and static files for everybody.

    What is left as it is: answers to people who are signed in and to tokens, pages of work, answers that set a cookie,
    streams and parts of originals, and answers whose ETag names the exact bytes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(UNCOMPRESSED_PATHS):
            await self.app(scope, receive, send)
            return
        accepted = accepts_gzip(Headers(scope=scope).get("accept-encoding", ""))
        start: Message | None = None

        async def send_smaller(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if may_be_compressed(scope, headers):
                    headers.add_vary_header("Accept-Encoding")
                    if accepted and message["status"] != 304:
                        start = message
                        return
            elif start is not None:
                begun, start = start, None
                if not message.get("more_body", False):
                    message = await smaller(scope, MutableHeaders(scope=begun), message, begun["status"])
                await send(begun)
            await send(message)

        await self.app(scope, receive, send_smaller)


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header takes gzip (RFC 9110, 12.5.3)."""
    for item in header.lower().split(","):
        name, _, weight = item.replace(" ", "").partition(";q=")
        if name == "gzip":
            return not weight or weight.strip("0.") != ""
    return False


def may_be_compressed(scope: Scope, headers: MutableHeaders) -> bool:
    """Whether the response that begins with these headers is a whole text, for everybody."""
    if scope["path"].startswith(STATIC_PREFIX):
        return headers.get("content-type", "").startswith(COMPRESSED_TYPES)
    return (
        viewer_of(HTTPConnection(scope)) is None
        and "set-cookie" not in headers
        and "content-encoding" not in headers
        and "content-range" not in headers
        and "content-disposition" not in headers
        and headers.get("etag", "W/").startswith("W/")
        and ("content-type" not in headers or headers["content-type"].startswith(COMPRESSED_TYPES))
    )


async def smaller(scope: Scope, headers: MutableHeaders, message: Message, status: int) -> Message:
    """The body's message compressed, with headers that say so; as it was where that saves nothing."""
    body = bytes(message.get("body", b""))
    if not SMALLEST_COMPRESSED <= len(body) <= LARGEST_COMPRESSED:
        return message
    kept = scope["path"].startswith(STATIC_PREFIX) and status == 200
    pack = packed_for_long if kept else packed_once
    packed = await run_in_threadpool(pack, body) if len(body) > LARGEST_PACKED_AT_ONCE else pack(body)
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(packed))
    return {**message, "body": packed}


def packed_once(body: bytes) -> bytes:
    """A page compressed quickly."""
    return gzip.compress(body, 6, mtime=0)


@lru_cache(maxsize=64)
def packed_for_long(body: bytes) -> bytes:
    """A static file compressed as far as it goes: it is asked for again and again."""
    return gzip.compress(body, 9, mtime=0)
