"""The page of questions that found nothing, and which searches are counted there."""

from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bank.jobs.indexer import open_indexer
from bank.web.throttle import QUESTION_RATE
from bank.workflow.bank import Bank
from tests.people import EDITOR
from tests.web.pages.admin.test_cities import HOST, bank, browser, reader

__all__ = ["bank", "reader"]
DESK = "/admin/questions"
NOTHING = "zanfoña nocturna"


@pytest.fixture(autouse=True)
def indexed(bank: Bank) -> None:
    with open_indexer(bank) as index:
        index.finish()


def test_only_coordinators_find_the_page(app: FastAPI) -> None:
    visitor, editor = TestClient(app, base_url=HOST, follow_redirects=False), browser(app, EDITOR)
    assert visitor.get(DESK).headers["location"].startswith("/login?next=%2Fadmin%2Fquestions")
    assert editor.get(DESK).status_code == 404
    assert editor.post(f"{DESK}/forget", data={"words": NOTHING, "language": "en"}).status_code == 404


def test_a_whole_question_that_found_nothing_is_counted(reader: TestClient) -> None:
    reader.get("/search", params={"q": NOTHING})
    reader.get("/search", params={"q": NOTHING.upper()})
    page = reader.get(DESK).text
    assert f"<strong>{NOTHING}</strong>" in page
    assert "2 times" in page
    assert f'href="/search?q={quote(NOTHING)}"' in page
    assert f'href="/admin/synonyms?words={quote(NOTHING)}#new"' in page
    forgotten = reader.post(f"{DESK}/forget", data={"words": NOTHING, "language": "en"})
    assert forgotten.headers["location"] == f"{DESK}?done=forgotten#done"
    assert NOTHING not in reader.get(DESK).text


@pytest.mark.parametrize(
    ("parameters", "headers"),
    [
        ({"theme": "cultura"}, {}),
        ({"page": "2"}, {}),
        ({"verbatim": "1"}, {}),
        ({}, {"sec-fetch-mode": "cors"}),
        ({}, {"sec-purpose": "prefetch"}),
        ({}, {"user-agent": "Examplebot/1.0 (+https://example.org)"}),
    ],
)
def test_others_are_not_counted(reader: TestClient, parameters: dict[str, str], headers: dict[str, str]) -> None:
    reader.get("/search", params={"q": NOTHING, **parameters}, headers=headers)
    reader.get("/api/v1/search", params={"q": NOTHING})
    reader.get("/api/v1/complete", params={"q": NOTHING})
    reader.get("/search.csv", params={"q": NOTHING})
    assert NOTHING not in reader.get(DESK).text


def test_one_address_does_not_fill_the_list(reader: TestClient) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for letter in letters:
        assert reader.get("/search", params={"q": f"zanfoña {letter * 6}"}).status_code == 200
    assert reader.get(DESK).text.count("<strong>zanfoña") <= QUESTION_RATE.at_once + 1
