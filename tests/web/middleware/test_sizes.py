"""S05, S07: how much of a body is read before it is refused, and that slow ones hold nobody up."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import anyio
import httpx2
import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, UploadFile
from fastapi import File as Part
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people import tokens
from bank.workflow.rights import Scope as TokenScope
from tests.people import ADMIN, EDITOR, OPERATOR, PASSWORD, copied
from tests.web.pages.account.test_signing_in import unsafe_places

MB = 1024 * 1024
LIMIT = 3 * MB
"""Two for the files, one for the fields beside them."""
BOUNDARY = b"frontier"
FORM = b"multipart/form-data; boundary=" + BOUNDARY
probing = APIRouter()


@probing.post("/deposits/probe/take")
@probing.post("/api/v1/entries/probe/take")
@probing.post("/elsewhere")
def take(file: Annotated[UploadFile, Part()]) -> dict[str, int | None]:
    """Takes a file as the pages for depositing do."""
    return {"size": file.size}


@pytest.fixture
def bank(people_home: Path, home: Path) -> Iterator[Bank]:
    with copied(people_home, Settings(home=home, max_upload_mb=2)) as made:
        yield made


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    app.include_router(probing)
    return app


class Sender:
    """A program that sends a form with a file of endless size, piece by piece, and counts what is read of it."""

    piece = 64 * 1024

    def __init__(
        self, app: FastAPI, path: str, *headers: tuple[bytes, bytes], kind: bytes = FORM, method: str = "POST"
    ) -> None:
        self.read = 0
        self.answer: dict[str, Any] = {}
        self.first = b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        given = [(b"host", b"127.0.0.1"), (b"content-type", kind), (b"sec-fetch-site", b"same-origin"), *headers]
        scope: Scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": given}
        anyio.run(app, scope, self.receive, self.send)

    async def receive(self) -> Message:
        body = self.first + b"x" * (self.piece - len(self.first))
        self.first = b""
        self.read += len(body)
        return {"type": "http.request", "body": body, "more_body": True}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.answer = {"status": message["status"], **{k.decode(): v.decode() for k, v in message["headers"]}}

    @property
    def status(self) -> int:
        return int(self.answer["status"])


def length(number: int) -> tuple[bytes, bytes]:
    return (b"content-length", str(number).encode())


def bearer(bank: Bank, email: str = EDITOR, scope: TokenScope = "deposit") -> tuple[bytes, bytes]:
    token = tokens.add_token_for_address(bank, email, f"program {len(tokens.every_token(bank))}", scope, actor=OPERATOR)
    return (b"authorization", f"Bearer {token}".encode())


def cookie(app: FastAPI) -> tuple[bytes, bytes]:
    reader = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    reader.post("/login", data={"email": EDITOR, "password": PASSWORD})
    return (b"cookie", f"session={reader.cookies['session']}".encode())


def test_a_large_form_from_a_visitor_is_not_read(app: FastAPI) -> None:
    sent = Sender(app, "/deposits/probe/take", length(2 * MB))
    assert (sent.status, sent.answer["location"], sent.read) == (303, "/login?next=%2F", 0)
    sent = Sender(app, "/api/v1/entries/probe/take", length(2 * MB))
    assert (sent.status, sent.answer["www-authenticate"], sent.read) == (401, "Bearer", 0)
    for place in ("/login", "/elsewhere", "/deposits-and-more", "/api/v1/suggest-tags"):
        sent = Sender(app, place, length(2 * MB))
        assert (sent.status, sent.read) == (413, 0), place


def test_no_address_reads_a_large_form_of_a_visitor(app: FastAPI) -> None:
    """S05: each that changes anything, with a stated size and without."""
    for method, place in unsafe_places():
        for headers, most in (([length(2 * MB)], 0), ([], 1.2 * MB)):
            sent = Sender(app, place, *headers, method=method)
            assert sent.read <= most, place
            assert sent.status in (303, 401, 404, 413, 415, 422), place


@pytest.mark.parametrize("place", ["/api/v1/entries", "/deposits"])
def test_where_entries_are_begun_no_more_is_read_than_may_be_sent(app: FastAPI, bank: Bank, place: str) -> None:
    """S05."""
    sent = Sender(app, place, cookie(app), *([bearer(bank)] if place.startswith("/api/") else []))
    assert sent.status == 413
    assert LIMIT < sent.read < 1.2 * LIMIT


def test_one_of_no_stated_size_from_a_visitor_is_read_to_the_size_of_a_form(app: FastAPI) -> None:
    """S05."""
    for place, status in (("/deposits/probe/take", 303), ("/api/v1/entries/probe/take", 401), ("/elsewhere", 413)):
        sent = Sender(app, place)
        assert sent.status == status, place
        assert MB < sent.read < 1.2 * MB, place


def test_the_limit_holds_for_those_who_may_deposit_with_and_without_a_stated_size(app: FastAPI, bank: Bank) -> None:
    """S05."""
    session, token = cookie(app), bearer(bank)
    for place, who in (("/deposits/probe/take", session), ("/api/v1/entries/probe/take", token)):
        told = Sender(app, place, who, length(LIMIT + 1))
        assert (told.status, told.read) == (413, 0)
        sent = Sender(app, place, who)
        assert sent.status == 413
        assert LIMIT < sent.read < 1.2 * LIMIT
        for kind in (b"application/json", b"application/octet-stream", b"application/x-www-form-urlencoded", b""):
            sent = Sender(app, place, who, kind=kind)
            assert sent.status in (413, 415, 422), kind
            assert sent.read < 1.2 * MB, kind


def test_a_size_that_is_a_lie_is_counted_all_the_same(app: FastAPI, bank: Bank) -> None:
    sent = Sender(app, "/api/v1/entries/probe/take", bearer(bank), length(100))
    assert sent.read < 1.2 * LIMIT
    for wrong in (b"-1", b"1e3", b"", b"9" * 30, "٣".encode()):
        told = Sender(app, "/api/v1/entries/probe/take", bearer(bank), (b"content-length", wrong))
        assert (told.status, told.read) == (413, 0), wrong


def test_who_may_not_deposit_sends_no_file(app: FastAPI, bank: Bank) -> None:
    for who, status in ((bearer(bank, ADMIN, "read"), 404), (cookie(app), 401), (bearer(bank), 413)):
        sent = Sender(app, "/api/v1/entries/probe/take", who, length(LIMIT + 1))
        assert (sent.status, sent.read) == (status, 0)
    sent = Sender(app, "/deposits/probe/take", bearer(bank), length(2 * MB))
    assert (sent.status, sent.read) == (303, 0)


def test_a_file_within_the_limit_is_taken(app: FastAPI, bank: Bank) -> None:
    reader = TestClient(app, base_url="http://127.0.0.1")
    name, value = bearer(bank)
    answer = reader.post(
        "/api/v1/entries/probe/take", files={"file": b"x" * 2 * MB}, headers={name.decode(): value.decode()}
    )
    assert answer.json() == {"size": 2 * MB}


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[int]:
    """The port on which uvicorn answers in a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            running.join()


def slow(port: int, place: str, *who: tuple[bytes, bytes]) -> socket.socket:
    """An upload that has begun and goes on by a byte at a time."""
    begun = socket.create_connection(("127.0.0.1", port), timeout=60)
    head = [f"POST {place} HTTP/1.1".encode(), b"host: 127.0.0.1", b"sec-fetch-site: same-origin"]
    head += [b"content-type: " + FORM, b"content-length: 1000000", *(b": ".join(one) for one in who)]
    head += [b"", b"--" + BOUNDARY]
    begun.sendall(b"\r\n".join(head) + b"\r\n")
    begun.sendall(b'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n')
    return begun


def test_slow_uploads_hold_nobody_up(app: FastAPI, bank: Bank) -> None:
    """S07: fifty of them, more than there are threads for pages."""
    ways = [("/api/v1/entries", bearer(bank)), ("/deposits", cookie(app))] * 25
    with served(app) as port, contextlib.ExitStack() as open_ones:
        uploads = [open_ones.enter_context(slow(port, place, who)) for place, who in ways]
        answered = 0
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as reader:
            for place in ("/", "/themes", "/api/v1/stats", "/healthz") * 5:
                for upload in uploads:
                    upload.sendall(b"x")
                answered += reader.get(place).status_code == 200
        assert answered == 20
        for upload in uploads:
            upload.settimeout(0.001)
            with pytest.raises(TimeoutError):
                upload.recv(1)
