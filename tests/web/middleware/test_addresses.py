"""Addresses that are too long: 414 with a sentence, and what still fits."""

from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from tests.web.asking import ask

LONG = "x=" + "a" * 8200


@pytest.mark.parametrize(
    ("language", "sentence"), [("es", "La dirección es demasiado larga"), ("pt", "O endereço é longo demais")]
)
def test_an_address_that_is_too_long_is_told_in_the_readers_language(
    client: TestClient, language: str, sentence: str
) -> None:
    for place in ("/search", "/", "/feed.atom", "/entries/1", "/login", "/nowhere"):
        answer = client.get(f"{place}?{LONG}", headers={"accept-language": language})
        assert answer.status_code == 414, place
        assert sentence in answer.text
        assert len(answer.content) < 20_000
    told = client.get(f"/api/v1/search?{LONG}", headers={"accept-language": language})
    assert told.status_code == 414
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["code"] == "address_too_long"
    assert sentence in told.json()["detail"]
    assert told.headers["x-content-type-options"] == "nosniff"


def test_words_may_be_long_but_not_all_else(client: TestClient) -> None:
    words = urlencode({"q": "ñ" * 5000})
    assert len(words) > 30_000
    for asked in (words, f"kind=guide&{words}&size=5", urlencode({"q": "\U0001f600" * 5000})):
        assert ask(client.app, f"/search?{asked}").status == 200
    for refused in (f"{words}&{LONG}", f"{words}&{words}", "q=" + "a" * 65_536, "q" * 9000):
        assert ask(client.app, f"/search?{refused}").status == 414


def test_a_path_that_is_too_long_is_refused_and_not_repeated(client: TestClient) -> None:
    answer = client.get("/" + "%22" * 9000)
    assert answer.status_code == 414
    assert len(answer.content) < 20_000
    assert client.get("/entries/" + "9" * 5000).status_code == 404
