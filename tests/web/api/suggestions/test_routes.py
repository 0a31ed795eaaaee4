"""Suggested tags over the API: for a text that anybody sends, and for a published entry."""

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bank import ingest
from bank.assembly import open_bank
from bank.settings import Settings
from bank.tagging.tagger import TAGGER_TURNS
from bank.web.app import create_app
from bank.web.throttle import ENTRY_RATE, TEXT_RATE
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from tests.making_files import markdown
from tests.web.conftest import LOOPBACK

GARDEN = "El alumnado separa residuos, hace composta y riega con agua de lluvia un huerto de plantas nativas. " * 3
TAGS = "/api/v1/suggest-tags"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """A bank that goes by words alone, with one published entry and one draft."""
    folder = tmp_path_factory.mktemp("suggestions")
    made = open_bank(Settings(home=folder / "bank", semantic="off"))
    for name, publish in (("uno", True), ("dos", False)):
        sections = [("Presentación", f"Esto es {name}."), ("Desarrollo", GARDEN)]
        import_file(made, markdown(folder, f"{name}.md", title=name, sections=sections), ImportWishes(publish=publish))
    yield made
    made.database.close()
    ingest.close_extractors()


@pytest.fixture
def visitor(bank: Bank) -> Iterator[TestClient]:
    with TestClient(create_app(bank), base_url="http://127.0.0.1", client=LOOPBACK) as client:
        yield client


def asked(visitor: TestClient, body: object, status: int = 200) -> dict[str, Any]:
    answer = visitor.post(TAGS, json=body)
    assert answer.status_code == status, answer.text
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    return found


def test_a_text_gets_principles_and_themes_in_the_shape_that_others_rely_on(visitor: TestClient) -> None:
    found = asked(visitor, {"title": "Reciclaje", "text": GARDEN, "language": "es", "date": "2022-05"})
    assert set(found) == {"principles", "themes", "method"}
    best = found["principles"][0]
    assert set(best) == {"value", "label", "score", "evidence", "why", "mentioned"}
    assert (best["value"], best["mentioned"]) == (13, False)
    assert 0 < best["score"] <= 1
    assert set(best["evidence"][0]) == {"file", "page", "text"}
    assert best["evidence"][0]["page"] is None
    assert found["themes"][0]["value"] == "medio-ambiente"


def test_the_date_says_which_charter_a_number_is_of(visitor: TestClient) -> None:
    text = "La práctica responde al principio 8 de la Carta."
    assert [one["value"] for one in asked(visitor, {"text": text, "date": "2016"})["principles"]] == [11]
    assert [one["value"] for one in asked(visitor, {"text": text, "date": "2022"})["principles"]] == [8]


def test_a_text_that_says_nothing_gets_empty_lists(visitor: TestClient) -> None:
    for text in ("", "asdf qwer zxcv", "\x00\n\ufeff"):
        found = asked(visitor, {"title": "", "text": text})
        assert (found["principles"], found["themes"]) == ([], [])


def test_a_text_of_20000_characters_is_taken_and_a_longer_one_is_not(visitor: TestClient) -> None:
    text = (GARDEN * 100)[:20_000]
    assert asked(visitor, {"text": text})["principles"]
    problem = asked(visitor, {"text": text + "a"}, 413)
    assert "20001" in problem["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"title": "Sin texto"},
        {"text": 5},
        {"text": None},
        {"text": ["a"]},
        {"text": "a", "title": 5},
        {"text": "a", "titulo": "b"},
        {"text": "a", "date": "ayer"},
        {"text": "a", "date": 2020},
        {"text": "a", "title": "b" * 1001},
    ],
)
def test_wrong_and_unknown_fields_are_refused(visitor: TestClient, body: object) -> None:
    assert asked(visitor, body, 422)["errors"]


def test_what_is_no_json_is_refused(visitor: TestClient) -> None:
    answer = visitor.post(TAGS, content=b"{nothing", headers={"content-type": "application/json"})
    assert answer.status_code == 422
    half = visitor.post(TAGS, content=b'{"text": "\\ud800"}', headers={"content-type": "application/json"})
    assert half.status_code in (200, 422)
    assert visitor.get(TAGS).status_code == 405


def test_an_entry_gets_its_suggestions_with_file_and_page(visitor: TestClient) -> None:
    found = visitor.get("/api/v1/entries/1/suggestions").json()
    assert found["principles"][0]["value"] == 13
    assert found["principles"][0]["evidence"][0]["file"] == 1
    assert found["principles"][0]["evidence"][0]["page"] == 2


def test_what_a_visitor_may_not_see_is_not_found(visitor: TestClient) -> None:
    for number in (2, 999):
        assert visitor.get(f"/api/v1/entries/{number}/suggestions").status_code == 404


def test_who_asks_too_often_is_told_when_to_come_back(visitor: TestClient) -> None:
    answers = [visitor.post(TAGS, json={"text": ""}) for _ in range(TEXT_RATE.at_once * 3)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert {answer.status_code for answer in answers} == {200, 429}
    assert int(refused[0].headers["retry-after"]) >= 1
    assert refused[0].json()["code"] == "too_many"
    assert visitor.get("/api/v1/stats").status_code == 200


def test_texts_may_be_sent_a_few_at_once_and_entries_asked_for_more_often(visitor: TestClient) -> None:
    answers = Counter(visitor.post(TAGS, json={"text": ""}).status_code for _ in range(40))
    assert 12 <= answers[200] <= 20
    place = "/api/v1/entries/1/suggestions"
    assert {visitor.get(place).status_code for _ in range(ENTRY_RATE.at_once)} == {200}


@pytest.fixture
def unhurried(bank: Bank) -> TestClient:
    """A visitor of the same bank without buckets."""
    settings = bank.settings.model_copy(update={"throttle": "off"})
    app = create_app(Bank(settings, bank.vocabulary, bank.database, bank.uploads, bank.index, bank.namespace))
    return TestClient(app, base_url="http://127.0.0.1", client=LOOPBACK)


def test_a_bank_may_leave_everybody_alone(unhurried: TestClient) -> None:
    number = TEXT_RATE.at_once * 3
    assert {unhurried.post(TAGS, json={"text": ""}).status_code for _ in range(number)} == {200}


def test_only_two_texts_are_read_at_a_time_some_wait_and_more_are_sent_away(unhurried: TestClient) -> None:
    """Also where nobody is slowed down; an entry that was read just now is answered meanwhile."""
    entry = "/api/v1/entries/1/suggestions"
    assert unhurried.get(entry).status_code == 200
    answers: list[tuple[int, str | None]] = []
    refused = threading.Event()

    def ask(number: int) -> None:
        answer = unhurried.post(TAGS, json={"text": f"{GARDEN} {number}"})
        answers.append((answer.status_code, answer.headers.get("retry-after")))
        if answer.status_code == 503:
            refused.set()

    asking = [threading.Thread(target=ask, args=(number,)) for number in range(11)]
    with TAGGER_TURNS.turn(), TAGGER_TURNS.turn():
        for one in asking:
            one.start()
        assert refused.wait(60)
        assert unhurried.get(entry).status_code == 200
    for one in asking:
        one.join()
    assert Counter(answers) == {(200, None): 10, (503, "5"): 1}
