"""Hosts (S51), methods (S58), sizes and failures that tell nothing (S56)."""

import logging
import re
from collections.abc import Iterator

import anyio
import pytest
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from bank.settings import Settings
from bank.web.app import ROUTERS, create_app
from bank.web.middleware.hosts import host_name
from tests.web.filling import Filled
from tests.web.middleware.test_headers import breaking, visitor

__all__ = ["breaking", "visitor"]
INSIDE = ("Traceback", "RuntimeError", "SELECT", "/srv/", ".py", "sqlalchemy", "secret")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "127.0.0.1@evil.example", "localhost/..", ""],
)
def test_a_host_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert client.get("/api/v1/stats", headers={"host": host}).json()["status"] == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "[::1]:80", "LOCALHOST"])
def test_our_own_names_are_answered_with_any_port(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_two_hosts_in_one_request_are_refused() -> None:
    assert host_name(["127.0.0.1", "127.0.0.1"]) is None
    assert host_name([]) is None


def test_links_come_from_the_settings_and_never_from_the_request(client: TestClient) -> None:
    page = client.get("/", headers={"host": "localhost:1234", "x-forwarded-host": "evil.example"}).text
    assert "localhost:1234" not in page
    assert "evil.example" not in page
    assert 'rel="canonical" href="http://127.0.0.1:8000/"' in page


def test_a_forwarded_address_is_not_believed(made: Filled) -> None:
    app = create_app(made.bank)
    with TestClient(app, base_url="http://127.0.0.1", client=("192.0.2.7", 5000)) as stranger:
        assert stranger.get("/metrics").status_code == 404
        assert stranger.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 5000)) as near:
        assert near.get("/metrics").status_code == 200
        assert near.get("/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404


def test_every_address_refuses_the_methods_it_does_not_know_and_names_those_it_does(client: TestClient) -> None:
    known: dict[str, set[str]] = {}
    for route in [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]:
        known.setdefault(route.path_format, set()).update(route.methods or ())
    assert len(known) > 30
    for path, methods in known.items():
        filled = path.replace("{name}", "themes").replace("{id}", "cultura").replace("{ending}", "csv")
        filled = re.sub(r"\{\w+\}", "1", filled.replace("{format}", "csv"))
        allowed = ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
        for method in {"TRACE", "PUT", "DELETE", "PATCH", "POST", "OPTIONS", "FROB"} - methods:
            answer = client.request(method, filled)
            assert answer.status_code == 405, (method, filled)
            assert answer.headers["allow"] == allowed, (method, filled)


def test_head_is_answered_like_get_without_the_body(client: TestClient, made: Filled) -> None:
    for address in ("/", "/search?q=villa", f"/entries/{made.bulletin}", "/api/v1/stats", "/feed.atom", "/nowhere"):
        got, headed = client.get(address), client.head(address)
        assert headed.status_code == got.status_code
        assert headed.content == b""
        assert headed.headers["content-type"] == got.headers["content-type"]


def test_a_failure_inside_tells_nothing_but_the_requests_number(
    visitor: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for address in ("/broken", "/api/v1/broken"):
        with caplog.at_level(logging.ERROR, logger="bank.web"):
            answer = visitor.get(address)
        assert answer.status_code == 500
        for word in INSIDE:
            assert word not in answer.text, word
        number = answer.headers["x-request-id"]
        assert number in answer.text
        assert number in [getattr(record, "request", "") for record in caplog.records]
    assert '<html lang="es">' in visitor.get("/broken", headers={"accept-language": "es"}).text


def test_the_number_of_a_request_is_never_taken_from_it(client: TestClient) -> None:
    answer = client.get("/", headers={"x-request-id": "mine\r\n"[:4]})
    assert answer.headers["x-request-id"] != "mine"


def test_a_body_over_the_limit_is_refused_before_it_is_read(made: Filled) -> None:
    read = 0
    sent: list[int] = []

    async def receive() -> Message:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b"x" * 1024, "more_body": True}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            sent.append(message["status"])

    headers = [(b"host", b"127.0.0.1"), (b"content-length", str(10**10).encode())]
    scope: Scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    anyio.run(create_app(made.bank), scope, receive, send)
    assert sent == [413]
    assert read == 0


def test_a_body_of_no_stated_size_is_cut_off_at_the_limit(made: Filled) -> None:
    small = create_app(made.bank)
    limit = Settings().max_upload_bytes + 1024 * 1024
    taken = 0

    async def read_all(request: Request) -> dict[str, int]:
        nonlocal taken
        async for piece in request.stream():
            taken += len(piece)
        return {"taken": taken}

    small.add_api_route("/taking", read_all, methods=["POST"])
    with TestClient(small, base_url="http://127.0.0.1") as sender:
        answer = sender.post("/taking", content=endless(limit + 5 * 1024 * 1024))
    assert answer.status_code == 413
    assert taken <= limit


def endless(size: int) -> Iterator[bytes]:
    """A body in pieces, so that no length is declared."""
    for _ in range(size // (1024 * 1024)):
        yield b"x" * (1024 * 1024)
