"""The cities' desk: pages for coordinators, and where a merged city leads."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.cities import views
from bank.workflow.entries import public
from bank.workflow.entries.city_by_name import find_or_make_city
from tests.people import COORDINATOR, EDITOR, PASSWORD, copied

HOST = "http://127.0.0.1"
NEW, OTHER = "mx-leono", "mx-leon"
PLACE = f"/admin/cities/{NEW}"
GETS = ("/admin/cities", PLACE, f"{PLACE}/merge", f"{PLACE}/merge?into={OTHER}")
POSTS = ("confirm", "name", "names", "names/drop", "merge")


@pytest.fixture
def bank(people_home: Path, home: Path) -> Iterator[Bank]:
    with copied(people_home, Settings(home=home, semantic="off")) as made:
        with made.database.writing() as session:
            assert find_or_make_city(session, made.vocabulary, "Leono", "MX") == NEW
        yield made


def browser(app: FastAPI, email: str = COORDINATOR) -> TestClient:
    reader = TestClient(
        app,
        base_url=HOST,
        headers={"accept-language": "en", "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    assert reader.post("/login", data={"email": email, "password": PASSWORD}).status_code == 303
    return reader


@pytest.fixture
def reader(app: FastAPI) -> TestClient:
    return browser(app)


def test_only_coordinators_find_the_desk(app: FastAPI, bank: Bank) -> None:
    """S24."""
    visitor, editor = TestClient(app, base_url=HOST, follow_redirects=False), browser(app, EDITOR)
    for place in GETS:
        assert visitor.get(place).headers["location"].startswith("/login?next=%2Fadmin%2Fcities"), place
        assert editor.get(place).status_code == 404, place
    for act in POSTS:
        sent = {"name": "X", "alias": "X", "into": OTHER}
        assert visitor.post(f"{PLACE}/{act}", data=sent).status_code == 303
        assert editor.post(f"{PLACE}/{act}", data=sent).status_code == 404
    assert "/admin/cities" not in editor.get("/").text
    assert 'href="/admin/cities"' in browser(app).get("/").text
    with bank.database.reading() as session:
        assert not views.expect_unmerged_city(session, NEW).verified


def test_a_city_that_a_file_named_is_found_first_and_confirmed(reader: TestClient, bank: Bank) -> None:
    page = reader.get("/admin/cities").text
    assert page.index("Leono") < page.index('id="known"')
    assert "Leono" in reader.get("/admin/cities?q=leo").text
    assert "Leono" not in reader.get("/admin/cities?q=sevilla").text
    answer = reader.post(f"{PLACE}/confirm")
    assert answer.headers["location"] == f"{PLACE}?done=confirmed#done"
    assert 'id="done"' in reader.get(f"{PLACE}?done=confirmed").text
    assert public.public_city_view(bank, NEW).verified


def test_a_name_is_changed_and_a_wrong_one_kept_with_the_reason(reader: TestClient) -> None:
    page = reader.get(PLACE).text
    assert 'value="misspelt" checked' in page
    assert reader.post(f"{PLACE}/name", data={"name": "Leonora", "why": "misspelt"}).status_code == 303
    assert "<h1>Leonora</h1>" in reader.get(PLACE).text
    wrong = reader.post(f"{PLACE}/name", data={"name": "León", "why": "changed"})
    assert wrong.status_code == 422
    assert OTHER in wrong.text
    assert 'value="León"' in wrong.text
    assert 'href="#name"' in wrong.text
    assert reader.post(f"{PLACE}/name", data={"name": "X", "why": "whim"}).status_code == 422


def test_other_names_come_and_go(reader: TestClient) -> None:
    assert reader.post(f"{PLACE}/names", data={"alias": "La Leona"}).headers["location"].endswith("done=added#done")
    assert 'value="La Leona"' in reader.get(PLACE).text
    assert reader.post(f"{PLACE}/names", data={"alias": ""}).status_code == 422
    assert reader.post(f"{PLACE}/names/drop", data={"alias": "La Leona"}).status_code == 303
    assert 'value="La Leona"' not in reader.get(PLACE).text
    assert reader.post(f"{PLACE}/names/drop", data={"alias": "Leono"}).status_code == 422


def test_a_merger_is_shown_before_it_is_done_and_looking_does_nothing(reader: TestClient, bank: Bank) -> None:
    assert "No other city is called so" in reader.get(f"{PLACE}/merge?q=nowhere").text
    assert f"into={OTHER}" in reader.get(f"{PLACE}/merge?q=le%C3%B3n").text
    choice = reader.get(f"{PLACE}/merge").text
    (link,) = re.findall(rf'href="({PLACE}/merge\?into={OTHER})"', choice)
    page = reader.get(link).text
    assert "Merge Leono into León" in page
    assert 'name="into" value="mx-leon"' in page
    assert public.id_of_present_city(bank, NEW) == NEW
    answer = reader.post(f"{PLACE}/merge", data={"into": OTHER})
    assert answer.headers["location"] == f"/admin/cities/{OTHER}?done=merged#done"
    assert public.id_of_present_city(bank, NEW) == OTHER
    assert reader.get(PLACE).status_code == 404
    assert reader.post(f"{PLACE}/merge", data={"into": OTHER}).status_code == 404
    assert NEW in reader.get(f"/admin/cities/{OTHER}").text


def test_a_merger_with_itself_or_nothing_is_refused(reader: TestClient) -> None:
    for into, status in ((NEW, 422), ("nowhere", 404), ("", 404)):
        assert reader.post(f"{PLACE}/merge", data={"into": into}).status_code == status
    assert reader.get(f"{PLACE}/merge?into={NEW}").status_code == 422


def test_the_public_page_of_a_merged_city_leads_to_the_other(reader: TestClient, app: FastAPI, bank: Bank) -> None:
    visitor = TestClient(app, base_url=HOST, follow_redirects=False)
    assert visitor.get(f"/cities/{NEW}").status_code == 404
    reader.post(f"{PLACE}/merge", data={"into": OTHER})
    answer = visitor.get(f"/cities/{NEW}")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/cities/{OTHER}")
    listed = [city["id"] for city in visitor.get("/api/v1/cities").json()["cities"]]
    assert OTHER in listed
    assert NEW not in listed
    with open_indexer(bank) as index:
        index.finish()
    page = visitor.get(f"/search?city={NEW}&lang=en").text
    assert "is not known" not in page
    assert NEW not in re.sub(r'(href|content|value)="[^"]*"', "", page)


def test_a_citys_name_is_text_on_every_page(reader: TestClient) -> None:
    """S19."""
    reader.post(f"{PLACE}/names", data={"alias": "<b>x"})
    reader.post(f"{PLACE}/name", data={"name": "<i>{{7*7}}", "why": "changed"})
    for place in (*GETS, f"/admin/cities/{OTHER}/merge?into={NEW}"):
        page = reader.get(place).text
        assert "<i>{{" not in page
        assert "<b>x" not in page
    assert "&lt;i&gt;{{7*7}}" in reader.get(PLACE).text
