"""The viewer of a request, the session cookie, the token, and the network address that a request comes from."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import cast

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from bank.settings import Settings
from bank.workflow.rights import Viewer

TRUSTED_PROXIES = ("127.0.0.1", "::1")
IPV6_NETWORK_BITS = 64
"""Leading bits of an IPv6 address that identify a customer's network (/64); the customer chooses the rest."""


def session_cookie_name(settings: Settings) -> str:
    """The session cookie's name; ``__Host-`` binds it to this host where there is https."""
    return "__Host-session" if settings.secure else "session"


def session_token(request: HTTPConnection, settings: Settings) -> str:
    """The session token that the browser sent; empty for none."""
    return request.cookies.get(session_cookie_name(settings), "")


def bearer_token(request: HTTPConnection) -> str | None:
    """The token of a program (RFC 6750, 2.1); None where there is no Authorization, empty where it is anything else."""
    given = request.headers.getlist("authorization")
    if not given:
        return None
    scheme, _, token = given[0].strip().partition(" ")
    return token.strip() if len(given) == 1 and scheme.lower() == "bearer" else ""


def viewer_of(request: HTTPConnection) -> Viewer | None:
    """The person who is signed in or whose token it is; None for a visitor. Also a FastAPI dependency."""
    return cast(Viewer | None, request.scope.get("state", {}).get("viewer"))


def set_session_cookie(response: Response, token: str, settings: Settings) -> None:
    """Sets the session cookie, which lasts until the browser is closed."""
    response.set_cookie(session_cookie_name(settings), token, secure=settings.secure, httponly=True, samesite="lax")


def delete_session_cookie(response: Response, settings: Settings) -> None:
    """Deletes the session cookie."""
    response.delete_cookie(session_cookie_name(settings), secure=settings.secure, httponly=True, samesite="lax")


def source_address(request: Request, settings: Settings) -> str:
    """The network address that a request comes from, as `address_network` gives it.

    A bank with https stands behind a web server on the same machine, as the guide says; that server adds the address
    that it saw to the end of X-Forwarded-For. In any other case the sender can invent the header, so it is ignored.
    """
    near = request.client.host if request.client is not None else ""
    passed_on = request.headers.getlist("x-forwarded-for")
    if settings.secure and near in TRUSTED_PROXIES and passed_on:
        near = passed_on[-1].rpartition(",")[2].strip()
    return address_network(near)


def address_network(host: str) -> str:
    """An IPv4 address unchanged, the /64 network of an IPv6 address; ``unknown`` for anything else."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network(f"{address}/{IPV6_NETWORK_BITS}", strict=False).network_address)
