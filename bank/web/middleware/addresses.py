"""Refuses addresses that are too long: what a page repeats of its address must not make it large."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bank.errors import BankError
from bank.messages import N_
from bank.web.errors import error_response

LONGEST_ADDRESS_PART = 8 * 1024
"""Bytes of a path, and of a query string without the words that are searched for."""
LONGEST_QUERY_STRING = 64 * 1024
"""Bytes of a query string in all: 5,000 letters of any script, percent-encoded, fit into it."""


class AddressTooLong(BankError):
    """The path or the query string is longer than any that the bank makes."""

    code = "address_too_long"
    sentence = N_("The address is too long. Fewer filters, or a description of at most 5,000 letters, will do.")


class AddressLimit:
    """Answers 414 to a path or a query string over these sizes (RFC 9110, 15.5.15)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_address_too_long(scope):
            await error_response(Request(scope), AddressTooLong())(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_address_too_long(scope: Scope) -> bool:
    """True for a path or a query string that is refused."""
    query: bytes = scope["query_string"]
    if len(scope["path"]) > LONGEST_ADDRESS_PART or len(query) > LONGEST_QUERY_STRING:
        return True
    return len(query) > LONGEST_ADDRESS_PART and length_without_words(query) > LONGEST_ADDRESS_PART


def length_without_words(query: bytes) -> int:
    """Bytes of the query string without the value of its last ``q``, which is the one that counts."""
    words = next((part for part in reversed(query.split(b"&")) if part.startswith(b"q=")), b"")
    return len(query) - len(words)
