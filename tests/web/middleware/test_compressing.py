"""What is sent compressed, and what never is; how much a reading page weighs."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bank.settings import Settings
from bank.web.middleware.compressing import accepts_gzip, packed_for_long
from tests.web.filling import Filled
from tests.web.network import Network, network
from tests.web.pages.public.test_pages import addresses

HEAVIEST_PAGE = 60_000
"""Bytes that a reading page may weigh with its stylesheet and scripts, compressed, without pictures."""
HEAVIEST_SCRIPT = 15_000
LOADED = re.compile(r'(?:<link rel="stylesheet" href|<script src|<link rel="modulepreload" href)="(/[^"]+)"')


def sent(client: TestClient, address: str) -> int:
    """Bytes that travel for a GET of the address."""
    with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
        assert answer.status_code == 200, address
        return sum(len(piece) for piece in answer.iter_raw())


def test_every_reading_page_is_light(client: TestClient, made: Filled) -> None:
    for address in addresses(made):
        parts = {part: sent(client, part) for part in LOADED.findall(client.get(address).text)}
        assert parts, address
        script = sum(size for part, size in parts.items() if part.endswith(("js", "mjs")))
        assert script < HEAVIEST_SCRIPT, (address, parts)
        assert sent(client, address) + sum(parts.values()) < HEAVIEST_PAGE, (address, parts)


def test_what_pages_load_is_named_by_its_bytes_and_kept_for_long(client: TestClient, made: Filled) -> None:
    loaded = {part for address in addresses(made) for part in LOADED.findall(client.get(address).text)}
    for part in loaded:
        answer = client.get(part)
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", part), part
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable", part
        assert answer.headers["content-encoding"] == "gzip", part
        assert answer.headers["vary"] == "Accept-Encoding", part


@pytest.mark.parametrize("address", ["/about", "/search?q=huertos", "/api/v1/openapi.json", "/feed.atom", "/themes"])
def test_what_everybody_reads_is_compressed(client: TestClient, address: str) -> None:
    plain = client.get(address, headers={"accept-encoding": "identity"})
    packed = client.get(address, headers={"accept-encoding": "br, gzip;q=0.5"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content)
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["vary"]
    assert packed.headers.get("etag", "W/").startswith("W/")
    head = client.head(address, headers={"accept-encoding": "gzip"})
    assert head.headers["content-length"] == packed.headers["content-length"]


def test_a_page_that_the_browser_has_is_still_told_by_its_etag(client: TestClient) -> None:
    first = client.get("/about", headers={"accept-encoding": "gzip"})
    again = client.get("/about", headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-encoding" not in again.headers
    assert "Accept-Encoding" in again.headers["vary"]
    assert again.headers["etag"] == first.headers["etag"]


def test_originals_pictures_and_exports_are_sent_as_they_are(client: TestClient, made: Filled) -> None:
    entry = f"/entries/{made.bulletin}"
    asked = {"accept-encoding": "gzip"}
    whole = client.get(f"{entry}/files/1", headers=asked)
    part = client.get(f"{entry}/files/1", headers={**asked, "range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)
    answers = [whole, part, *(client.get(f"{entry}{end}", headers=asked) for end in (".docx", "/files/1/thumbnail"))]
    for answer in [*answers, client.get("/search.csv", headers=asked), client.get(f"/api/v1{entry}", headers=asked)]:
        assert answer.is_success, answer.url
        assert "content-encoding" not in answer.headers, answer.url


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with network(Settings(home=tmp_path_factory.mktemp("compressing") / "bank")) as ready:
        yield ready


def test_no_secret_is_compressed_beside_what_somebody_else_wrote(net: Network) -> None:
    entry = net.entries["submitted"]
    for who in ("editor", "coordinator", "admin"):
        browser = net.browser(who)
        for address in ("/", "/search?q=huertos", "/about", "/account", "/deposits", f"/deposits/{entry}"):
            answer = browser.get(address)
            assert answer.status_code == 200, (who, address)
            assert "content-encoding" not in answer.headers, (who, address)
        assert browser.get("/").text.count("bank.") == net.browser().get("/").text.count("bank.")
    visitor = net.browser()
    for address in (
        "/login?next=/about",
        "/login/code",
        f"/reset/{'x' * 43}",
        f"/invitation/{'x' * 43}",
        "/about?lang=pt",
    ):
        answer = visitor.get(address)
        assert answer.is_success or answer.status_code in (404, 410), address
        assert "content-encoding" not in answer.headers, address
    assert net.program("editor").get("/api/v1/search?q=huertos").headers.get("content-encoding") is None


@pytest.mark.parametrize(
    ("header", "accepted"),
    [("gzip", True), ("br, gzip", True), ("GZIP;q=0.1", True), ("gzip;q=0", False), ("gzip; q=0.000", False)],
)
def test_a_browser_says_whether_it_takes_gzip(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


def test_other_ways_of_packing_are_not_taken_for_gzip() -> None:
    assert not any(map(accepts_gzip, ("", "identity", "br, zstd", "x-gzip-like")))


def test_what_is_not_there_is_not_kept_in_place_of_static_files(client: TestClient) -> None:
    packed_for_long.cache_clear()
    for number in range(3):
        headers = {"accept-encoding": "gzip", "accept": "text/html"}
        assert client.get(f"/static/nothing-{number}.css", headers=headers).status_code == 404
    assert packed_for_long.cache_info().currsize == 0
