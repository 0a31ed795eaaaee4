"""Security headers on every response, errors included."""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bank.web.viewer import viewer_of

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
SANDBOX_POLICY = "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
"""The Content-Security-Policy of originals: nothing in them may run, load or be framed."""

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
STRICTER_REFERRER_POLICY = "same-origin"
"""A Referrer-Policy that a response may set itself: no other site gets any part of the address."""
API_PREFIX = "/api/"
STRICT_TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """Adds the security headers, and forbids caching for people who are signed in.

    A response may have its own Content-Security-Policy, or the stricter Referrer-Policy; others are replaced.
    """

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self.guard(headers)
                if viewer_of(HTTPConnection(scope)) is not None:
                    forbid_caching(headers, scope["path"])
            await send(message)

        await self.app(scope, receive, send_guarded)

    def guard(self, headers: MutableHeaders) -> None:
        """Sets the headers that every response carries."""
        headers.setdefault("content-security-policy", CONTENT_SECURITY_POLICY)
        brought = headers.get("referrer-policy")
        for name, value in SECURITY_HEADERS.items():
            headers[name] = value
        if brought == STRICTER_REFERRER_POLICY:
            headers["referrer-policy"] = brought
        if self.secure:
            headers["strict-transport-security"] = STRICT_TRANSPORT_SECURITY


def forbid_caching(headers: MutableHeaders, path: str) -> None:
    """Keeps a response for somebody who is signed in out of all caches, so that nobody finds it after signing out.

    Removes the ETag as well, but not under /api, where it is the version that a change must name.
    """
    headers["cache-control"] = "private, no-store"
    if not path.startswith(API_PREFIX):
        del headers["etag"]
