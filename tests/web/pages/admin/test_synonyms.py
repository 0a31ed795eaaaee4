"""The synonyms desk: coordinators add, change and take away groups of words that mean the same."""

import re

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bank.jobs.indexer import open_indexer
from bank.workflow.bank import Bank
from bank.workflow.rights import Viewer
from bank.workflow.search.synonyms import synonym_groups
from tests.people import COORDINATOR, EDITOR
from tests.web.pages.admin.test_cities import HOST, bank, browser, reader

__all__ = ["bank", "reader"]
DESK = "/admin/synonyms"


def groups(bank: Bank) -> set[tuple[str, ...]]:
    return {group.terms for group in synonym_groups(bank, Viewer(1, "", "admin"))}


def test_only_coordinators_find_the_list(app: FastAPI) -> None:
    visitor, editor = TestClient(app, base_url=HOST, follow_redirects=False), browser(app, EDITOR)
    assert visitor.get(DESK).headers["location"].startswith("/login?next=%2Fadmin%2Fsynonyms")
    assert editor.get(DESK).status_code == 404
    for place in (DESK, f"{DESK}/dif", f"{DESK}/dif/remove"):
        assert editor.post(place, data={"terms": "parque, jardín"}).status_code == 404
    assert f'href="{DESK}"' not in editor.get("/").text
    for place in ("/", "/review"):
        page = browser(app, COORDINATOR).get(place).text
        assert f'href="{DESK}"' in page
        assert 'href="/admin/questions"' in page


def test_a_group_is_added_changed_and_taken_away(bank: Bank, reader: TestClient) -> None:
    sent = reader.post(DESK, data={"terms": "parque, jardín público"})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{DESK}?done=added#done")
    assert ("parque", "jardín público") in groups(bank)
    page = reader.get(f"{DESK}?done=added").text
    assert "The group is added" in page
    id = re.search(rf'action="{DESK}/(own-[0-9a-f]+)"', page)
    assert id
    assert reader.post(f"{DESK}/{id[1]}", data={"terms": "parque; alameda"}).status_code == 303
    assert ("parque", "alameda") in groups(bank)
    assert reader.post(f"{DESK}/{id[1]}/remove").status_code == 303
    assert not any("parque" in terms for terms in groups(bank))


def test_what_is_refused_stands_in_its_field_again(bank: Bank, reader: TestClient) -> None:
    before = groups(bank)
    sent = reader.post(DESK, data={"terms": "<parque>"})
    assert sent.status_code == 422
    assert 'value="&lt;parque&gt;"' in sent.text
    assert "can&#39;t be searched for" in sent.text
    changed = reader.post(f"{DESK}/dif", data={"terms": "DIF, cabildo"})
    assert changed.status_code == 422
    assert 'value="DIF, cabildo"' in changed.text
    assert "stands in another group already" in changed.text
    assert groups(bank) == before


def test_the_form_can_begin_with_a_word(reader: TestClient) -> None:
    assert 'value="alameda, "' in reader.get(f"{DESK}?words=alameda").text


@pytest.mark.parametrize("words", ["dif", "ayuntamiento"])
def test_the_search_page_links_to_the_search_as_typed(bank: Bank, reader: TestClient, words: str) -> None:
    with open_indexer(bank) as index:
        index.finish()
    page = reader.get("/search", params={"q": words}).text
    assert "Also searched for, as it means the same:" in page
    assert f"/search?q={words}&amp;verbatim=1" in page
    assert "Also searched for" not in reader.get("/search", params={"q": words, "verbatim": "1"}).text
    told = reader.get("/api/v1/search", params={"q": words}).json()
    assert told["also_searched"]
    assert reader.get("/api/v1/search", params={"q": words, "verbatim": "1"}).json()["also_searched"] == []


def test_a_group_that_changed_meanwhile_is_told_and_keeps_what_was_typed(bank: Bank, reader: TestClient) -> None:
    reader.post(DESK, data={"terms": "parque, jardín público"})
    [id] = re.findall(rf'action="{DESK}/(own-[0-9a-f]+)"', reader.get(DESK).text)
    shown = "parque, jardín público"
    assert reader.post(f"{DESK}/{id}", data={"terms": "parque, alameda", "before": shown}).status_code == 303
    late = reader.post(f"{DESK}/{id}", data={"terms": "parque, vergel", "before": shown})
    assert (late.status_code, "changed meanwhile: parque, alameda" in late.text) == (422, True)
    assert 'value="parque, vergel"' in late.text
    assert ("parque", "alameda") in groups(bank)
    again = reader.post(f"{DESK}/{id}", data={"terms": "parque, vergel", "before": "parque, alameda"})
    assert (again.status_code, ("parque", "vergel") in groups(bank)) == (303, True)


def test_a_group_that_was_taken_away_meanwhile_is_offered_as_a_new_one(bank: Bank, reader: TestClient) -> None:
    reader.post(DESK, data={"terms": "parque, jardín público"})
    [id] = re.findall(rf'action="{DESK}/(own-[0-9a-f]+)"', reader.get(DESK).text)
    for _ in range(2):
        assert reader.post(f"{DESK}/{id}/remove").status_code == 303
    late = reader.post(f"{DESK}/{id}", data={"terms": "parque, vergel", "before": "parque, jardín público"})
    assert (late.status_code, "taken away meanwhile" in late.text) == (422, True)
    assert re.search(r'id="terms-new"[^>]*value="parque, vergel"', late.text)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("cabildos, concejo", "stands in another group already"),
        ("huerto, Huertos", "at least two words"),
        ("niñez, title:casa", "can&#39;t be searched for"),
        ("casa*, hogar", "can&#39;t be searched for"),
        ("-niño, hogar", "can&#39;t be searched for"),
    ],
)
def test_plurals_and_signs_of_queries_are_refused(reader: TestClient, terms: str, said: str) -> None:
    sent = reader.post(DESK, data={"terms": terms})
    assert (sent.status_code, said in sent.text) == (422, True)
