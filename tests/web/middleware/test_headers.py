"""Security headers on every response: S21, S22, S23."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.requests import Request
from starlette.testclient import TestClient

from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from tests.web.filling import Filled
from tests.web.pages.public.test_pages import addresses

NEEDED = ("frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "default-src 'none'")


def broken(request: Request) -> None:
    raise RuntimeError("SELECT secret FROM /srv/bank/inside.py")


@pytest.fixture
def breaking(made: Filled) -> FastAPI:
    """The application with one address that fails."""
    app = create_app(made.bank)
    app.add_api_route("/broken", broken)
    app.add_api_route("/api/v1/broken", broken)
    return app


@pytest.fixture
def visitor(breaking: FastAPI) -> Iterator[TestClient]:
    with TestClient(breaking, base_url="http://127.0.0.1", raise_server_exceptions=False) as ready:
        yield ready


def everything(made: Filled) -> list[str]:
    """Addresses that are answered 200, 404, 405, 422 and 500, as page, file and API."""
    return [
        *addresses(made),
        f"/entries/{made.bulletin}/files/1",
        f"/entries/{made.catalan}/files/1",
        f"/entries/{made.bulletin}/files/1/thumbnail",
        f"/entries/{made.bulletin}.ris",
        "/search.csv",
        "/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/healthz",
        "/readyz",
        "/metrics",
        "/static/bank.css",
        "/static/bank.js",
        "/favicon.ico",
        "/api/v1/search",
        "/api/v1/openapi.json",
        "/nowhere",
        "/api/v1/nowhere",
        "/search?sort=x",
        "/api/v1/search?sort=x",
        "/broken",
        "/api/v1/broken",
    ]


def test_every_answer_carries_a_strict_content_policy(visitor: TestClient, made: Filled) -> None:
    statuses = set()
    for address in everything(made):
        for method in ("GET", "POST", "HEAD"):
            answer = visitor.request(method, address)
            statuses.add(answer.status_code)
            policy = answer.headers["content-security-policy"]
            for part in NEEDED:
                assert part in policy, (method, address)
            assert "unsafe" not in policy
            assert "*" not in policy
    assert statuses >= {200, 404, 405, 422, 500}


def test_every_answer_forbids_sniffing_and_keeps_addresses_to_itself(visitor: TestClient, made: Filled) -> None:
    for address in everything(made):
        answer = visitor.get(address)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert answer.headers["x-request-id"]


def test_no_other_site_may_read_an_answer(visitor: TestClient, made: Filled) -> None:
    for address in everything(made):
        answer = visitor.get(address, headers={"origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.startswith("access-control-")], address


def test_a_wrong_host_and_a_large_body_are_answered_with_the_same_headers(visitor: TestClient) -> None:
    refused = visitor.get("/", headers={"host": "evil.example"})
    large = visitor.post("/", headers={"content-length": "99999999999"})
    assert (refused.status_code, large.status_code) == (400, 413)
    for answer in (refused, large):
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_https_is_held_to_only_where_there_is_https(made: Filled) -> None:
    assert "strict-transport-security" not in answer_of(made.bank, "http://127.0.0.1:8000").headers
    secure = answer_of(made.bank, "https://banco.example.org")
    assert secure.headers["strict-transport-security"].startswith("max-age=31536000")
    assert "__Host-lang=en" in secure.headers["set-cookie"]
    assert "Secure" in secure.headers["set-cookie"]


def answer_of(bank: Bank, base_url: str) -> Response:
    """The answer to an address that is not there, of the same bank at another address."""
    moved = Bank(
        settings=Settings(home=bank.settings.home, base_url=base_url),
        vocabulary=bank.vocabulary,
        database=bank.database,
        uploads=bank.uploads,
        index=bank.index,
        namespace=bank.namespace,
    )
    with TestClient(create_app(moved), base_url=base_url) as visitor:
        return visitor.get("/nowhere?lang=en")
