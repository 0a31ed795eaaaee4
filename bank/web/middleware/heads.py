"""HEAD for every address that answers GET."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadRequests:
    """Handles a HEAD as a GET and sends its headers only; adds HEAD to every Allow header that names GET."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        bodiless = scope["method"] == "HEAD"

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.start":
                allow_head(MutableHeaders(scope=message))
            elif bodiless and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        asked = {**scope, "method": "GET", "head": True} if bodiless else scope
        await self.app(asked, receive, send_head)
        if bodiless and "route" in asked:
            scope["route"] = asked["route"]


def allow_head(headers: MutableHeaders) -> None:
    """Adds HEAD to an Allow header that names GET."""
    methods = [method.strip() for method in headers.get("allow", "").split(",") if method.strip()]
    if "GET" in methods and "HEAD" not in methods:
        headers["allow"] = ", ".join(sorted([*methods, "HEAD"]))
