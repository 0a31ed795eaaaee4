"""What pages, API and command say about meaning: similar entries, hits found by it, questions put otherwise."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from bank.web.app import create_app
from tests.understanding import GARDENS, PROBLEM, SCREENS, understanding
from tests.web.api.test_api import HIT

Known = tuple[TestClient, dict[str, int]]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """A visitor who reads English, and the entries' numbers by name."""
    folder = tmp_path_factory.mktemp("web-similar")
    with understanding(folder / "bank", folder / "files") as (bank, numbers):
        headers = {"accept-language": "en"}
        with TestClient(create_app(bank), base_url="http://127.0.0.1", headers=headers) as client:
            yield client, numbers


def test_the_api_answers_similar_entries_as_hits(known: Known) -> None:
    client, numbers = known
    answer = client.get(f"/api/v1/entries/{numbers['screens']}/similar")
    assert answer.status_code == 200
    assert set(answer.json()) == {"hits"}
    hits = answer.json()["hits"]
    assert {hit["id"] for hit in hits[:2]} == {numbers[name] for name in SCREENS if name != "screens"}
    assert set(hits[0]) == HIT
    assert (hits[0]["by_meaning"], hits[0]["reason"]) == (True, "meaning")
    assert set(hits[0]["snippets"][0]) == {"file", "page", "text", "html"}


@pytest.mark.parametrize("number", ["99999", "0", "x", "1.5"])
def test_what_one_may_not_see_is_like_nothing(known: Known, number: str) -> None:
    client, _ = known
    answer = client.get(f"/api/v1/entries/{number}/similar")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_entrys_page_leads_to_similar_ones_and_to_the_page_that_says_why(known: Known) -> None:
    client, numbers = known
    page = client.get(f"/entries/{numbers['huertos']}").text
    section = page[page.index('aria-labelledby="similar"') :]
    assert "Similar entries" in section
    for name in GARDENS:
        if name != "huertos":
            assert f'href="/entries/{numbers[name]}"' in section
    assert re.search(r'href="/entries/\d+/files/1/pages/\d"', section)
    assert "2020" in section
    assert f'href="/entries/{numbers["huertos"]}"' not in section[: section.index("</section>")]


def test_a_search_says_what_was_found_by_its_meaning(known: Known) -> None:
    client, numbers = known
    found = client.get("/api/v1/search", params={"q": "pupils grow vegetables"}).json()
    assert found["meant"] == sum(hit["by_meaning"] for hit in found["hits"]) > 0
    assert (found["corrected"], found["dropped"]) == (None, [])
    assert numbers["horts"] in {hit["id"] for hit in found["hits"] if hit["by_meaning"]}
    page = unescape(client.get("/search", params={"q": "pupils grow vegetables"}).text)
    assert page.count("Found by its meaning.") == found["meant"]
    assert f"{found['meant']} of them don't have all your words; they were found by their meaning." in page


def test_the_api_tells_what_was_corrected_and_takes_words_as_they_stand(known: Known) -> None:
    client, _ = known
    found = client.get("/api/v1/search?q=huertsos").json()
    assert (found["corrected"], found["did_you_mean"]) == ("huertos", "huertos")
    assert client.get("/api/v1/search?q=huertsos&verbatim=1").json()["corrected"] is None
    assert client.get("/api/v1/search?q=huertsos&verbatim=perhaps").status_code == 422


def test_a_described_problem_is_answered_with_who_has_done_it(known: Known) -> None:
    client, numbers = known
    page = client.get("/search", params={"q": PROBLEM}).text
    assert "You described a problem: these entries are nearest to it." in page
    assert "found by their meaning" not in page
    firsts = re.findall(r'<h2><a href="/entries/(\d+)">', page)[:3]
    assert {int(first) for first in firsts} == {numbers[name] for name in SCREENS}


def test_export_and_feed_have_just_the_entries_of_the_result(known: Known) -> None:
    client, _ = known
    for q in ("pupils grow vegetables", "huertsos", PROBLEM):
        ids = {hit["id"] for hit in client.get("/api/v1/search", params={"q": q, "size": 100}).json()["hits"]}
        rows = client.get("/search.jsonl", params={"q": q}).text.splitlines()
        assert len(rows) == len(ids)
        followed = "huertos" if q == "huertsos" else q
        assert client.get("/feed.atom", params={"q": followed}).text.count("<entry>") == len(ids)
