"""Only requests for a host name of this bank are answered."""

import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bank.errors import BankError
from bank.messages import N_
from bank.web.errors import error_response

HOST_HEADER = re.compile(r"\A(?:\[(?P<six>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9._-]{1,253}))(?::[0-9]{1,5})?\Z")


class UnknownHost(BankError):
    """The request names a host that this bank does not answer for."""

    code = "unknown_host"
    sentence = N_("This bank does not answer for that host name.")


def host_name(values: Sequence[str]) -> str | None:
    """The host name, without port, in the values of the Host header; None for none, several or a malformed one."""
    match = HOST_HEADER.match(values[0].lower()) if len(values) == 1 else None
    return (match["six"] or match["name"]) if match else None


class HostCheck:
    """Answers 400 to a Host that is not allowed, so that nobody can get one into a link or a cache."""

    def __init__(self, app: ASGIApp, allowed: frozenset[str]) -> None:
        self.app = app
        self.allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            if host_name(request.headers.getlist("host")) not in self.allowed:
                await error_response(request, UnknownHost())(scope, receive, send)
                return
        await self.app(scope, receive, send)
