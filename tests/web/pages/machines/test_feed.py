"""Any search as a feed: what RFC 4287 asks of one, ids that stay, pages, and nothing sent twice."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID
from xml.etree.ElementTree import Element, fromstring

import html5lib
import pytest
from starlette.testclient import TestClient

from bank.clock import CROCKFORD_ALPHABET
from bank.web.app import create_app
from bank.workflow.rights import Viewer
from bank.workflow.search.synonyms import add_synonyms, remove_synonyms
from tests.web.filling import PLENTY, Filled

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:\S+")


def read(client: TestClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return fromstring(answer.content)


def texts(node: Element, path: str) -> list[str]:
    return [found.text or "" for found in node.findall(path, ATOM)]


def links(node: Element) -> dict[str, str]:
    found = [(link.get("rel", ""), link.get("href", "")) for link in node.findall("a:link", ATOM)]
    assert len(dict(found)) == len(found)
    return dict(found)


@pytest.mark.parametrize(
    "address", ["/feed.atom", "/feed.atom?q=museos&kind=guide", "/feed.atom?q=zqxwv", "/feed.atom?page=9"]
)
def test_a_feed_has_what_the_standard_asks_of_it(client: TestClient, address: str) -> None:
    feed = read(client, address)
    entries = feed.findall("a:entry", ATOM)
    assert bool(entries) == (address.rpartition("?")[2] not in ("q=zqxwv", "page=9"))
    for node in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"a:{name}", ATOM)) == 1, name
        assert ABSOLUTE.fullmatch(texts(node, "a:id")[0])
        assert all(MOMENT.fullmatch(moment) for moment in texts(node, "a:updated") + texts(node, "a:published"))
        assert links(node)
        assert all(ABSOLUTE.fullmatch(address) for address in links(node).values())
        assert len(node.findall("a:summary", ATOM)) <= 1
    assert {"self", "alternate"} <= set(links(feed))
    assert all("alternate" in links(entry) for entry in entries)
    assert texts(feed, "a:author/a:name")
    assert all(texts(feed, "a:author/a:name"))
    ids = texts(feed, "a:entry/a:id")
    assert len(set(ids)) == len(ids)


def test_an_entrys_id_comes_from_its_uid_and_stays_when_the_bank_moves(client: TestClient, made: Filled) -> None:
    uid = client.get(f"/api/v1/entries/{made.held_back}").json()["uid"]
    feed = read(client, "/feed.atom?q=museos&kind=guide")
    (id,) = texts(feed, "a:entry/a:id")
    number = sum(CROCKFORD_ALPHABET.index(letter) * 32**place for place, letter in enumerate(reversed(uid)))
    assert UUID(id).int == number
    assert id.startswith("urn:uuid:")
    moved = replace(made.bank, settings=made.bank.settings.model_copy(update={"base_url": "http://127.0.0.1:9"}))
    with TestClient(create_app(moved), base_url="http://127.0.0.1") as visitor:
        elsewhere = read(visitor, "/feed.atom?q=museos&kind=guide")
    assert texts(elsewhere, "a:entry/a:id") == [id]
    assert texts(elsewhere, "a:id") == texts(feed, "a:id")
    assert links(elsewhere) != links(feed)
    assert texts(read(client, "/feed.atom?q=museos"), "a:id") != texts(feed, "a:id")


def test_an_entry_has_its_cities_and_terms(client: TestClient, made: Filled) -> None:
    (entry,) = read(client, "/feed.atom?q=museos&kind=guide").findall("a:entry", ATOM)
    assert texts(entry, "a:author/a:name") == ["Villa Ejemplo"]
    categories = [
        (node.get("scheme"), node.get("term"), node.get("label")) for node in entry.findall("a:category", ATOM)
    ]
    assert ("http://127.0.0.1:8000/themes", "cultura", "Cultura") in categories
    assert ("http://127.0.0.1:8000/principles", "4", "Acceso a la cultura") in categories
    whole = read(client, "/feed.atom")
    told = f"http://127.0.0.1:8000/entries/{made.told}"
    (old,) = [node for node in whole.findall("a:entry", ATOM) if links(node)["alternate"] == told]
    terms = [node.get("term") for node in old.findall("a:category", ATOM)]
    assert terms
    assert "9" not in terms


def test_a_long_feed_goes_on_page_by_page(client: TestClient) -> None:
    every = texts(read(client, "/feed.atom"), "a:entry/a:id")
    assert len(every) == PLENTY + 4
    met: list[str] = []
    address, met_pages = "/feed.atom?theme=medio-ambiente&size=10", 0
    while address:
        feed = read(client, address)
        page = links(feed)
        assert page["self"].endswith(address)
        assert page["first"].endswith("/feed.atom?theme=medio-ambiente&size=10")
        assert ("previous" in page) == (met_pages > 0)
        met += texts(feed, "a:entry/a:id")
        met_pages += 1
        address = page.get("next", "").removeprefix("http://127.0.0.1:8000")
    assert met_pages == 3
    assert len(met) == len(set(met)) == PLENTY
    assert met == [id for id in every if id in met]


def test_a_feed_holds_fifty_entries_at_most_unless_asked(client: TestClient) -> None:
    assert "next" not in links(read(client, "/feed.atom"))
    assert len(texts(read(client, "/feed.atom?size=5"), "a:entry/a:id")) == 5


def test_a_feed_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/feed.atom?q=museos")
    again = client.get("/feed.atom?q=museos", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get("/feed.atom", headers={"if-none-match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize("asked", ["", "q=museos+%22y%22&kind=guide&kind=report&year_from=2001", "theme=cultura"])
def test_a_search_page_leads_to_its_feed_with_its_very_parameters(client: TestClient, asked: str) -> None:
    page = html5lib.parse(client.get(f"/search?{asked}&sort=title&page=1").text, namespaceHTMLElements=False)
    (found,) = [link for link in page.iter("link") if link.get("type") == "application/atom+xml"]
    assert found.get("rel") == "alternate"
    address = found.get("href", "")
    assert parse_qsl(urlsplit(address).query) == parse_qsl(asked)
    assert links(read(client, address))["self"] == f"http://127.0.0.1:8000{address}"


def test_the_first_page_leads_to_the_feed_of_everything(client: TestClient) -> None:
    assert '<link rel="alternate" type="application/atom+xml"' in client.get("/").text


def test_a_feed_takes_the_words_as_they_were_typed(client: TestClient) -> None:
    """A page puts a slip right and says so; who follows a search means what was typed."""
    assert "<entry>" not in client.get("/feed.atom?q=huertso").text
    assert "<entry>" in client.get("/feed.atom?q=huertos").text


def test_a_feed_finds_what_means_the_same_as_the_page_does(client: TestClient, made: Filled) -> None:
    coordinator = Viewer(1, "Coordinadora", "coordinator")
    id = add_synonyms(made.bank, coordinator, "zanfoña, huertos")
    try:
        assert "<entry>" in client.get("/feed.atom?q=zanfoña").text
        assert "<entry>" not in client.get("/feed.atom?q=zanfoña&verbatim=1").text
    finally:
        remove_synonyms(made.bank, coordinator, id)
    assert "<entry>" not in client.get("/feed.atom?q=zanfoña").text
