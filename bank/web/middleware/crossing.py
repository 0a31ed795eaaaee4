"""Protection against cross-site request forgery: unsafe methods only from the bank's own pages or from programs.

Browsers say where a request comes from (Sec-Fetch-Site, else Origin), and no page can change that; so forms need no
hidden token. Source: OWASP, Cross-Site Request Forgery Prevention, "Fetch Metadata headers".
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bank.errors import BankError
from bank.messages import N_
from bank.settings import Settings
from bank.web.errors import error_response
from bank.web.local_paths import SAFE_METHODS
from bank.web.viewer import session_token


class ForeignRequest(BankError):
    """The request was made by another site's page, or has a session cookie and does not say where it comes from."""

    code = "foreign_request"
    sentence = N_(
        "This did not come from a page of the bank, so nothing was changed. Open the page here and try again."
    )


class CrossSiteGuard:
    """Answers 403 to an unsafe method from another site, and without these headers to one with a session cookie."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            request = Request(scope)
            if not self.ours(request):
                await error_response(request, ForeignRequest())(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def ours(self, request: Request) -> bool:
        """True when a page of the bank, or no page at all, made the request."""
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is not None:
            return site in ("same-origin", "none")
        if origin is not None:
            return self.is_own(origin, request.headers.get("host", ""))
        return not session_token(request, self.settings)

    def is_own(self, origin: str, host: str) -> bool:
        """True when an Origin is the request's host, which HostCheck has allowed, or the bank's BASE_URL."""
        try:
            given, own = urlsplit(origin.lower()), urlsplit(self.settings.base_url.lower())
        except ValueError:
            return False
        return given.scheme in ("http", "https") and given.netloc in (host.lower(), own.netloc)
