"""Refuses request bodies that come to a stop."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.errors import BankError
from bank.messages import N_
from bank.web.errors import error_response


class BodyStalled(BankError):
    """No byte of the body came for too long."""

    code = "body_stalled"
    sentence = N_("What was sent came to a stop, so it was not taken. Please send it again.")


class BodyDeadline:
    """Answers 408 (RFC 9110, 15.5.9) when nothing comes for `seconds` while the application waits for a body.

    The application sees a disconnect, as when the client has gone; a body that comes slowly is taken.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        timed = TimedBody(receive, send, self.seconds)
        try:
            await self.app(scope, timed.receive, timed.send)
        except ClientDisconnect:
            if not timed.stalled:
                raise
        if timed.stalled and not timed.started:
            response = error_response(Request(scope), BodyStalled())
            response.headers["connection"] = "close"
            await response(scope, receive, send)


class TimedBody:
    """The ASGI `receive` and `send` of one request whose body may not stall; then nothing more is received or begun."""

    def __init__(self, receive: Receive, send: Send, seconds: float) -> None:
        self.receive_now = receive
        self.send_now = send
        self.seconds = seconds
        self.whole = self.stalled = self.started = False

    async def receive(self) -> Message:
        if self.whole:
            return await self.receive_now()
        if self.stalled:
            return {"type": "http.disconnect"}
        try:
            async with asyncio.timeout(self.seconds):
                message = await self.receive_now()
        except TimeoutError:
            self.stalled = True
            return {"type": "http.disconnect"}
        self.whole = message["type"] != "http.request" or not message.get("more_body")
        return message

    async def send(self, message: Message) -> None:
        if self.started or not self.stalled:
            self.started = True
            await self.send_now(message)
