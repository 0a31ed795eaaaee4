"""The suggested tags of an entry on its page: who sees them, why, accepting, rejecting, changing one's mind."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import delete, func, select
from starlette.testclient import TestClient

from bank.catalogue import audit
from bank.catalogue.tables import Audit, Decision, Entry, Tag
from bank.jobs.indexer import open_indexer
from bank.search.request import Filters
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from bank.workflow.search.searching import search
from tests.people import ADMIN, COORDINATOR, EDITOR, PASSWORD
from tests.web.proposing import GARDEN, MUSEUM, STRANGER, Workshop, workshop

HOST = "http://127.0.0.1"
ACCEPT = {"vocabulary": "principle", "term": "13", "outcome": "accepted"}
REJECT = {**ACCEPT, "outcome": "rejected"}


@pytest.fixture
def made(people_home: Path, home: Path, tmp_path: Path) -> Iterator[Workshop]:
    """A bank that goes by words alone, so that its tests are quick."""
    with workshop(people_home, Settings(home=home, semantic="off"), tmp_path / "files") as ready:
        yield ready


@pytest.fixture
def app(made: Workshop) -> FastAPI:
    return create_app(made.bank)


def browser(app: FastAPI, email: str | None = None) -> TestClient:
    """A browser that speaks Spanish; with an address, signed in."""
    reader = TestClient(
        app,
        base_url=HOST,
        client=("192.0.2.1", 5000),
        headers={"accept-language": "es", "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    if email:
        assert reader.post("/login", data={"email": email, "password": PASSWORD}).status_code == 303
    return reader


@pytest.fixture
def coordinator(app: FastAPI) -> TestClient:
    return browser(app, COORDINATOR)


def place(number: int) -> str:
    return f"/entries/{number}/suggestions"


def decide(reader: TestClient, number: int, term: str, outcome: str, vocabulary: str = "principle") -> Response:
    return reader.post(place(number), data={"vocabulary": vocabulary, "term": term, "outcome": outcome})


def proposed(page: str) -> list[str]:
    """The terms that can still be decided about."""
    return re.findall(r'<li class="section-\w*" id="((?:principle|theme)-[\w-]+)">', page)


def item_of(page: str, id: str) -> str:
    """What stands about one proposal, up to its buttons."""
    return page.partition(f'id="{id}"')[2].partition("<form")[0]


def tags(bank: Bank, number: int) -> list[tuple[str, str, bool]]:
    with bank.database.reading() as session:
        rows = session.scalars(select(Tag).where(Tag.entry_id == number).order_by(Tag.vocabulary, Tag.position))
        return [(row.vocabulary, row.term, row.primary) for row in rows]


def decisions(bank: Bank) -> int:
    with bank.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Decision)) or 0


def version(bank: Bank, number: int) -> int:
    with bank.database.reading() as session:
        return session.get_one(Entry, number).version


TO_SIGN_IN, HIDDEN, SEEN, DONE = "303 to /login", "404", "200", "303 to the suggestions"


@pytest.mark.parametrize(
    ("who", "garden", "acts", "report", "draft"),
    [
        (None, TO_SIGN_IN, TO_SIGN_IN, TO_SIGN_IN, HIDDEN),
        (EDITOR, SEEN, DONE, HIDDEN, HIDDEN),
        (STRANGER, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
        (COORDINATOR, SEEN, DONE, SEEN, HIDDEN),
        (ADMIN, SEEN, DONE, SEEN, HIDDEN),
    ],
)
def test_who_may_see_and_decide(
    app: FastAPI, made: Workshop, who: str | None, garden: str, acts: str, report: str, draft: str
) -> None:
    """Everybody else changes nothing, and finds no trace of it on the entry's page."""
    reader = browser(app, who)
    assert outcome(reader.get(place(made.garden))) == garden
    assert outcome(reader.get(place(made.report))) == report
    assert outcome(reader.get(place(made.draft))) == draft
    assert outcome(decide(reader, made.garden, "13", "accepted")) == acts
    assert outcome(decide(reader, made.draft, "13", "accepted")) == draft
    assert outcome(decide(reader, 999, "13", "accepted")) == HIDDEN
    assert decisions(made.bank) == (acts == DONE)
    assert (place(made.garden) in reader.get(f"/entries/{made.garden}").text) == (garden == SEEN)
    assert (place(made.report) in reader.get(f"/entries/{made.report}").text) == (report == SEEN)


@pytest.mark.parametrize(
    ("who", "ways"),
    [(None, 0), (STRANGER, 0), (EDITOR, 2), (COORDINATOR, 3)],
)
def test_who_may_change_an_entry_finds_under_correct_where_and_no_way_is_dead(
    app: FastAPI, made: Workshop, who: str | None, ways: int
) -> None:
    reader = browser(app, who)
    page = reader.get(f"/entries/{made.garden}").text
    found = re.findall(r'href="([^"]+)"', page.partition('id="correct"')[2].partition("</section>")[0])
    assert len(found) == ways
    for way in found:
        assert reader.get(way).status_code == 200, way


def outcome(answer: Response) -> str:
    """A status, and where a redirect leads."""
    if answer.status_code != 303:
        return str(answer.status_code)
    way = answer.headers["location"]
    return TO_SIGN_IN if way.startswith("/login") else DONE if "/suggestions?" in way else way


def test_a_visitor_who_signs_in_comes_back_to_the_suggestions(app: FastAPI, made: Workshop) -> None:
    reader = browser(app)
    way = reader.get(place(made.garden)).headers["location"]
    back = reader.post(way, data={"email": EDITOR, "password": PASSWORD}).headers["location"]
    assert back == place(made.garden)
    lost = browser(app).post(place(made.garden), data=ACCEPT, headers={"referer": f"{HOST}{place(made.garden)}"})
    assert lost.headers["location"] == way


def test_another_sites_page_cannot_decide(app: FastAPI, made: Workshop, coordinator: TestClient) -> None:
    answer = coordinator.post(place(made.garden), data=ACCEPT, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert decisions(made.bank) == 0


def test_each_suggestion_says_how_sure_it_is_and_why(made: Workshop, coordinator: TestClient) -> None:
    page = coordinator.get(place(made.garden)).text
    assert {"principle-13", "principle-8", "theme-medio-ambiente"} <= set(proposed(page))
    item = item_of(page, "principle-13")
    assert re.search(r"<strong>[^<]+</strong> · \d+\xa0%", item)
    assert GARDEN in item
    assert f'href="/entries/{made.garden}/files/1/pages/2"' in item
    assert "huerto" in item.partition("</blockquote>")[2]
    assert "principio 8 de la Carta" in item_of(page, "principle-8")


def test_what_the_entry_carries_is_not_proposed(made: Workshop, coordinator: TestClient) -> None:
    assert ("theme", "cultura", False) in tags(made.bank, made.garden)
    page = coordinator.get(place(made.garden)).text
    assert "theme-cultura" not in proposed(page)
    assert 'href="/themes/cultura"' in page


def test_a_number_of_the_charter_of_2004_is_another_principle(made: Workshop, coordinator: TestClient) -> None:
    with made.bank.database.writing() as session:
        session.add(Tag(entry_id=made.garden, vocabulary="principle", term="13", charter="2004"))
    assert "principle-13" in proposed(coordinator.get(place(made.garden)).text)


def test_a_tag_that_came_or_went_in_another_way_has_overtaken_its_decision(
    made: Workshop, coordinator: TestClient
) -> None:
    decide(coordinator, made.garden, "13", "accepted")
    decide(coordinator, made.garden, "8", "rejected")
    with made.bank.database.writing() as session:
        session.execute(delete(Tag).where(Tag.vocabulary == "principle"))
        session.add(Tag(entry_id=made.garden, vocabulary="principle", term="8", charter="2020"))
    page = coordinator.get(place(made.garden)).text
    assert "principle-13" in proposed(page)
    assert "principle-8" not in proposed(page)
    assert 'id="decided"' not in page


def test_a_text_about_nothing_gets_no_suggestion_and_says_so(made: Workshop, coordinator: TestClient) -> None:
    page = coordinator.get(place(made.report)).text
    assert proposed(page) == []
    assert page.count('class="note"') == 2


def test_the_evidence_is_told_in_its_own_language(made: Workshop, coordinator: TestClient) -> None:
    page = coordinator.get(f"{place(made.garden)}?lang=en").text
    assert f'<blockquote lang="es">{GARDEN}' in page or f'<blockquote lang="es">{MUSEUM}' in page
    assert "Accept" in page


def test_accepting_shows_the_tag_tells_so_and_writes_who_did_it(made: Workshop, coordinator: TestClient) -> None:
    before = version(made.bank, made.garden)
    answer = decide(coordinator, made.garden, "13", "accepted")
    assert answer.headers["location"] == f"{place(made.garden)}?done=principle%3A13#done"
    page = coordinator.get(answer.headers["location"]).text
    assert re.search(r'id="done" role="status" tabindex="-1">\s*\S', page)
    assert "principle-13" not in proposed(page)
    assert 'href="/principles/13"' in coordinator.get(f"/entries/{made.garden}").text
    assert ("principle", "13", True) in tags(made.bank, made.garden)
    assert version(made.bank, made.garden) == before + 1
    with made.bank.database.reading() as session:
        kept = session.scalars(select(Decision)).one()
        written = session.scalars(select(Audit).order_by(Audit.id.desc()).limit(1)).one()
        assert (written.actor, written.act, written.entry_id) == (kept.actor, "decide", made.garden)
        assert kept.actor.startswith("user:")
        assert audit.broken_audit_rows(session) == []


def test_what_is_said_to_be_done_is_said_only_where_it_was(made: Workshop, coordinator: TestClient) -> None:
    for told in ("principle:13", "x", "principle:<b>", ""):
        assert 'id="done"' not in coordinator.get(place(made.garden), params={"done": told}).text


def test_an_accepted_tag_is_found_by_its_filter_when_the_worker_has_heard(made: Workshop, app: FastAPI) -> None:
    decide(browser(app, EDITOR), made.garden, "13", "accepted")
    with open_indexer(made.bank) as index:
        index.finish()
    found = search(made.bank, "", Filters(principle=("13",)), "newest", 1, 10)
    assert [hit.card.id for hit in found.hits] == [made.garden]


def test_a_rejected_one_is_not_proposed_again_and_leaves_the_entry_alone(
    made: Workshop, coordinator: TestClient
) -> None:
    before = tags(made.bank, made.garden), version(made.bank, made.garden)
    page = coordinator.get(decide(coordinator, made.garden, "13", "rejected").headers["location"]).text
    assert "principle-13" not in proposed(page)
    assert 'id="done"' in page
    assert (tags(made.bank, made.garden), version(made.bank, made.garden)) == before


def test_one_can_change_ones_mind_both_ways(made: Workshop, coordinator: TestClient) -> None:
    for now, then in (("accepted", "rejected"), ("rejected", "accepted"), ("accepted", "rejected")):
        page = coordinator.get(decide(coordinator, made.garden, "13", now).headers["location"]).text
        decided = page.partition('id="decided"')[2].partition("</section>")[0]
        assert decided.count("<li>") == 1
        assert f'value="{then}"' in decided
        assert f'value="{now}"' not in decided
        assert (("principle", "13", True) in tags(made.bank, made.garden)) == (now == "accepted")


def add_tag(bank: Bank, number: int, term: str) -> None:
    """A principle that a person gives in another way than by a suggestion."""
    with bank.database.writing() as session:
        session.add(Tag(entry_id=number, vocabulary="principle", term=term, charter="2020"))


def test_a_tag_that_came_in_another_way_is_not_taken_away_and_the_page_says_so(
    made: Workshop, coordinator: TestClient
) -> None:
    """Whose page is older than the tag is told what happened."""
    add_tag(made.bank, made.garden, "13")
    refused = decide(coordinator, made.garden, "13", "rejected")
    assert refused.status_code == 409
    assert "<h1>" in refused.text
    answer = decide(coordinator, made.garden, "13", "accepted")
    page = coordinator.get(answer.headers["location"].replace("#", "&lang=en#")).text
    assert "The entry had this tag already." in page
    decided = page.partition('id="decided"')[2].partition("</section>")[0]
    assert decided.count("<li>") == 1
    assert "<button" not in decided
    assert decide(coordinator, made.garden, "13", "rejected").status_code == 409
    assert tags(made.bank, made.garden)[0] == ("principle", "13", False)
    assert decisions(made.bank) == 1


NONE_LEFT = "now the entry has none"


@pytest.mark.parametrize(
    ("kind", "other", "told"), [("experience", "", True), ("experience", "4", False), ("report", "", False)]
)
def test_who_takes_back_the_only_principle_of_an_experience_is_told(
    made: Workshop, coordinator: TestClient, kind: str, other: str, told: bool
) -> None:
    with made.bank.database.writing() as session:
        session.get_one(Entry, made.garden).kind = kind
    if other:
        add_tag(made.bank, made.garden, other)
    for term, outcome, expected in (("8", "rejected", False), ("13", "accepted", False), ("13", "rejected", told)):
        answer = decide(coordinator, made.garden, term, outcome)
        page = coordinator.get(answer.headers["location"].replace("#", "&lang=en#")).text
        assert 'id="done"' in page
        assert (NONE_LEFT in page) == expected


def test_a_second_click_elsewhere_doubles_nothing(made: Workshop, app: FastAPI, coordinator: TestClient) -> None:
    other = browser(app, EDITOR)
    before = version(made.bank, made.garden)
    for reader in (coordinator, other, coordinator):
        assert decide(reader, made.garden, "13", "accepted").status_code == 303
    assert decisions(made.bank) == 1
    assert version(made.bank, made.garden) == before + 1
    assert [term for _, term, _ in tags(made.bank, made.garden)].count("13") == 1


def test_clicks_at_the_same_moment_lose_nothing(made: Workshop, app: FastAPI) -> None:
    before = version(made.bank, made.garden)
    readers = [(browser(app, who), term) for who in (EDITOR, COORDINATOR, ADMIN) for term in ("13", "8", "4")]
    answers: list[int] = []

    def click(reader: TestClient, term: str) -> None:
        answers.append(decide(reader, made.garden, term, "accepted").status_code)

    clicks = [threading.Thread(target=click, args=pair) for pair in readers]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert answers == [303] * 9
    held = [(term, primary) for name, term, primary in tags(made.bank, made.garden) if name == "principle"]
    assert {term for term, _ in held} == {"13", "8", "4"}
    assert len(held) == 3
    assert [primary for _, primary in held].count(True) == 1
    assert version(made.bank, made.garden) == before + 3
    assert decisions(made.bank) == 3


def test_what_is_no_suggestion_is_refused(made: Workshop, coordinator: TestClient) -> None:
    for values in (
        {**ACCEPT, "term": "21"},
        {**ACCEPT, "vocabulary": "kind"},
        {**ACCEPT, "outcome": "perhaps"},
        {**ACCEPT, "term": "x" * 100},
        {"vocabulary": "principle"},
        {},
    ):
        assert coordinator.post(place(made.garden), data=values).status_code == 422
    assert decisions(made.bank) == 0


def test_the_page_is_sound_html(made: Workshop, coordinator: TestClient) -> None:
    decide(coordinator, made.garden, "8", "rejected")
    for language in ("es", "en", "pt"):
        page = coordinator.get(f"{place(made.garden)}?lang={language}&done=principle:8").text
        tree = html5lib.HTMLParser(strict=True).parse(page)
        ids = [node.get("id") for node in tree.iter() if node.get("id")]
        assert len(ids) == len(set(ids))
        assert f'<html lang="{language}">' in page
