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


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=HOST, headers={"accept-language": "en"})


def test_only_coordinators_find_the_page(app: FastAPI) -> None:
    visitor, editor = TestClient(app, base_url=HOST, follow_redirects=False), browser(app, EDITOR)
    assert visitor.get(DESK).headers["location"].startswith("/login?next=%2Fadmin%2Fquestions")
    assert editor.get(DESK).status_code == 404
    assert editor.post(f"{DESK}/forget", data={"words": NOTHING, "language": "en"}).status_code == 404


def test_a_whole_question_that_found_nothing_is_counted(reader: TestClient, visitor: TestClient) -> None:
    visitor.get("/search", params={"q": NOTHING})
    visitor.get("/search", params={"q": NOTHING.upper()})
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
def test_others_are_not_counted(
    reader: TestClient, visitor: TestClient, parameters: dict[str, str], headers: dict[str, str]
) -> None:
    visitor.get("/search", params={"q": NOTHING, **parameters}, headers=headers)
    visitor.get("/api/v1/search", params={"q": NOTHING})
    visitor.get("/api/v1/complete", params={"q": NOTHING})
    visitor.get("/search.csv", params={"q": NOTHING})
    assert NOTHING not in reader.get(DESK).text


def test_one_address_does_not_fill_the_list(reader: TestClient, visitor: TestClient) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for letter in letters:
        assert visitor.get("/search", params={"q": f"zanfoña {letter * 6}"}).status_code == 200
    assert reader.get(DESK).text.count("<strong>zanfoña") <= QUESTION_RATE.at_once + 1


def test_what_those_try_out_who_look_after_the_search_is_not_counted(app: FastAPI, reader: TestClient) -> None:
    reader.get("/search", params={"q": NOTHING})
    assert NOTHING not in reader.get(DESK).text
    browser(app, EDITOR).get("/search", params={"q": NOTHING})
    assert NOTHING in reader.get(DESK).text


@pytest.mark.parametrize("q", [f"{NOTHING} OR zarabanda", "title:zanfoña", f"{NOTHING} -parque"])
def test_signs_of_the_query_language_are_not_counted(reader: TestClient, visitor: TestClient, q: str) -> None:
    visitor.get("/search", params={"q": q})
    assert "zanfoña" not in reader.get(DESK).text


def test_a_question_too_long_for_a_synonym_is_not_offered_as_one(reader: TestClient, visitor: TestClient) -> None:
    long = " ".join(["zanfoña"] * 9)
    visitor.get("/search", params={"q": long})
    page = reader.get(DESK).text
    assert f"<strong>{long}</strong>" in page
    assert "/admin/synonyms?words=" not in page
