"""Looks up the viewer of a request, before its body is read."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bank.web.errors import error_response
from bank.web.middleware.crowding import MONITORED_PATHS
from bank.web.viewer import bearer_token, session_token
from bank.workflow.bank import Bank
from bank.workflow.people import sessions, tokens
from bank.workflow.people.tokens import WrongToken
from bank.workflow.rights import Viewer

API_PATHS = "/api/"
VIEWERLESS_PATHS = ("/static/", *MONITORED_PATHS)


class ViewerLookup:
    """Sets `viewer` in the request's state, with the role and cities of this moment; None for a visitor.

    On pages the session cookie counts, under /api the token, never both. A wrong token is answered 401 and not taken
    for a visitor's request: a program would not notice what it is not shown.
    """

    def __init__(self, app: ASGIApp, bank: Bank) -> None:
        self.app = app
        self.bank = bank

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(VIEWERLESS_PATHS):
            request = Request(scope)
            try:
                scope.setdefault("state", {})["viewer"] = await self.viewer(request)
            except WrongToken as error:
                await error_response(request, error)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def viewer(self, request: Request) -> Viewer | None:
        """The viewer of the session or token; None for a visitor, who waits for no thread. Raises WrongToken."""
        if request.scope["path"].startswith(API_PATHS):
            shown = bearer_token(request)
            return None if shown is None else await run_in_threadpool(tokens.viewer_of_token, self.bank, shown)
        token = session_token(request, self.bank.settings)
        return await run_in_threadpool(sessions.viewer_of_session, self.bank, token) if token else None
