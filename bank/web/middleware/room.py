"""Refuses large request bodies for which the disk has no room, before they are read."""

import tempfile
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bank.disk import existing_folder, expect_disk_room
from bank.errors import DiskFull
from bank.settings import Settings
from bank.web.errors import error_response
from bank.web.local_paths import SAFE_METHODS


class RoomForBodies:
    """Answers 507 to a body over `small` bytes, or of a length that is not told, where the disk would be too full then.

    It stands inside the middleware that limits a body's size. Smaller bodies pass: on a full disk, too, people sign in,
    and take away what takes room.
    """

    def __init__(self, app: ASGIApp, settings: Settings, small: int) -> None:
        self.app = app
        self.settings = settings
        self.small = small

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            request = Request(scope)
            size = told_body_size(request)
            if size is None or size > self.small:
                try:
                    await run_in_threadpool(expect_room_for_body, self.settings, size or 0)
                except DiskFull as error:
                    await error_response(request, error)(scope, receive, send)
                    return
        await self.app(scope, receive, send)


def told_body_size(request: Request) -> int | None:
    """Bytes of the body by Content-Length, 0 for none; None where it comes in pieces of no stated number."""
    if "transfer-encoding" in request.headers:
        return None
    return int(request.headers.get("content-length", "0"))


def expect_room_for_body(settings: Settings, size: int) -> None:
    """Raises DiskFull where the disk has no room: a body is spooled among temporary files, then stored as originals."""
    uploads, spool = existing_folder(settings.uploads_folder), Path(tempfile.gettempdir())
    same = uploads.stat().st_dev == spool.stat().st_dev
    expect_disk_room(uploads, 2 * size if same else size)
    if not same:
        expect_disk_room(spool, size)
