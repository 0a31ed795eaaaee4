"""Looks up who is signed in, before anything else is read."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bank.web.viewing import token_of
from bank.workflow import sessions
from bank.workflow.parts import Bank

WITHOUT = ("/api/", "/static/")
"""The API takes no cookie as authority, and static files are everybody's."""


class Sessions:
    """Puts the viewer of the session cookie into the request's state, role and cities as they are at this moment."""

    def __init__(self, app: ASGIApp, bank: Bank) -> None:
        self.app = app
        self.bank = bank

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(WITHOUT):
            token = token_of(HTTPConnection(scope), self.bank.settings)
            viewer = await run_in_threadpool(sessions.viewer_of, self.bank, token) if token else None
            scope.setdefault("state", {})["viewer"] = viewer
        await self.app(scope, receive, send)
