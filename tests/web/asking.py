"""A GET as the server hands it to the application: of any length, where HTTP clients have limits of their own."""

from dataclasses import dataclass, field
from urllib.parse import unquote

import anyio
from starlette.types import ASGIApp, Message, Scope


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def text(self) -> str:
        return self.content.decode()


def ask(app: ASGIApp, address: str, language: str = "es") -> Answer:
    """The answer to an address, which is path and query string as they are sent."""
    path, _, query = address.partition("?")
    answer, received = Answer(), False
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "query_string": query.encode("ascii"),
        "headers": [(b"host", b"127.0.0.1"), (b"accept-language", language.encode())],
        "client": ("127.0.0.1", 50_000),
    }

    async def receive() -> Message:
        nonlocal received
        if received:
            await anyio.sleep_forever()
        received = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.content += message.get("body", b"")

    anyio.run(app, scope, receive, send)
    return answer
