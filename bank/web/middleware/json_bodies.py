"""Checks JSON bodies with the strict reader before FastAPI parses them."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.errors import Invalid
from bank.web.errors import error_response
from bank.web.local_paths import SAFE_METHODS
from bank.web.strict_json import read_json


class JsonBodyCheck:
    """Answers 422 to a body that is declared as JSON, or not declared at all, and that `read_json` refuses.

    Other bodies pass unread. It stands inside the middleware that limits a body's size.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS or not may_be_json(Request(scope)):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        try:
            if body:
                await run_in_threadpool(read_json, body)
        except Invalid as error:
            await error_response(request, error)(scope, receive, send)
            return
        await self.app(scope, replay_body(body, receive), send)


def may_be_json(request: Request) -> bool:
    """True when the Content-Type is JSON or missing."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("", "application/json") or kind.endswith("+json")


def replay_body(body: bytes, receive: Receive) -> Receive:
    """An ASGI `receive` that gives the body that was read already, then goes on with the original one."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
