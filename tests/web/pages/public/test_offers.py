"""The search page and the API offer the filters that the words name."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from tests.web.filling import PLENTY

LINK = re.compile(r'<li><a class="tag" href="/search\?(?P<query>[^"]+)" rel="nofollow">(?P<text>[^<]+)</a></li>')


def offers(client: TestClient, address: str) -> list[tuple[str, str]]:
    """(query, text) of every link that the page offers."""
    page = client.get(address).text
    line = re.search(r'<ul class="tags chips" aria-label="[^"]+">(.*?)</ul>', page, re.DOTALL)
    return [(one["query"], unescape(one["text"])) for one in LINK.finditer(line[1])] if line else []


@pytest.mark.parametrize("words", ["medio ambiente", "environnement", "meio ambiente", "medi ambient en el barrio"])
def test_a_theme_that_the_words_name_is_offered_as_a_link_with_what_it_finds(client: TestClient, words: str) -> None:
    [(query, text)] = offers(client, f"/search?q={words}")
    assert query == "theme=medio-ambiente"
    assert text.endswith(f"Medio ambiente, {PLENTY} fichas")
    page = client.get(f"/search?{query}").text
    assert f'id="total" role="status" tabindex="-1">{PLENTY} fichas' in page


def test_a_principle_is_offered_by_its_number(client: TestClient) -> None:
    [(query, text)] = offers(client, "/search?q=principi 5")
    assert query == "principle=5"
    assert "5 · Diálogo intergeneracional, " in text


def test_words_that_name_nothing_and_filters_that_are_chosen_are_offered_nothing(client: TestClient) -> None:
    assert offers(client, "/search?q=museos") == []
    assert offers(client, "/search?q=medio+ambiente&theme=medio-ambiente") == []
    assert offers(client, "/search") == []


def test_the_api_names_the_filters_in_the_readers_language(client: TestClient) -> None:
    found = client.get("/api/v1/search?q=gent+gran+i+medi+ambient", headers={"accept-language": "en"}).json()
    assert found["offers"] == [
        {
            "facet": "theme",
            "value": "medio-ambiente",
            "label": "Environment",
            "count": PLENTY,
            "url": "http://127.0.0.1:8000/search?theme=medio-ambiente",
        }
    ]
    assert client.get("/api/v1/search?q=museos").json()["offers"] == []
