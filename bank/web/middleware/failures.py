"""The last resort: an unforeseen exception becomes a 500, a page or problem+json, with the request's id to quote."""

import logging

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.disk import disk_failure
from bank.web.errors import error_response

log = logging.getLogger("bank.web")


class FailureCatcher:
    """Answers 500 without details; the stack trace goes to the log under the request's id.

    It stands inside the middleware that adds headers, so that a 500 carries them as well.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        except ClientDisconnect:
            log.info("The client went away before its request was whole.")
        except Exception as error:  # whatever it is, the reader gets a page and the log gets the trace
            if scope["type"] != "http":
                raise
            request = Request(scope)
            if (told := disk_failure(error)) is not None:
                log.warning("a request failed: %s", told)
            else:
                log.exception("A request failed.", extra={"request": request.state.request_id})
            if started:
                raise
            await error_response(request, error)(scope, receive, send)
