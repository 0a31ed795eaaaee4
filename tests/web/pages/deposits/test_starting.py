"""Beginning an entry, with and without files, and the list of one's own."""

import io
from collections.abc import Iterator

import docx
import pytest
from httpx2 import Response
from sqlalchemy import func, select
from starlette.testclient import TestClient

from bank.catalogue.tables import Entry, Membership
from bank.clock import now
from bank.settings import Settings
from bank.workflow.review import deciding
from tests.web.controls import controls
from tests.web.network import Network, in_state, network
from tests.workflow.deposits.making import TEXT, THERE


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def begun(reader: TestClient, files: list[tuple[str, bytes]], **said: str) -> Response:
    form = dict(controls(reader.get("/deposits/new").text, "begin")) | said
    return reader.post("/deposits", data=form, files=[("files", (name, data)) for name, data in files])


def entries(net: Network) -> int:
    with net.bank.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Entry)) or 0


def test_a_form_that_is_sent_twice_makes_one_entry(net: Network) -> None:
    reader = net.browser("editor")
    form = dict(controls(reader.get("/deposits/new").text, "begin"))
    places = []
    for _ in range(2):
        files = [("files", ("huertos.md", io.BytesIO(TEXT.encode())))]
        places.append(reader.post("/deposits", data=form, files=files).headers["location"])
    assert places[0] == places[1]
    assert entries(net) == 1


def test_it_is_begun_without_files_too(net: Network) -> None:
    reader = net.browser("editor")
    answer = begun(reader, [])
    assert answer.status_code == 303
    page = reader.get(answer.headers["location"]).text
    assert 'name="title.es"' in page
    assert "Mis envíos" in page or "My entries" in page


def test_who_goes_back_and_begins_again_goes_on_with_the_empty_draft(net: Network) -> None:
    reader = net.browser("editor")
    first = begun(reader, []).headers["location"]
    assert begun(reader, []).headers["location"] == first
    assert begun(reader, [], kind="bulletin").headers["location"] != first
    assert begun(reader, [("huertos.md", TEXT.encode())]).headers["location"] != first
    assert begun(reader, []).headers["location"] == first
    assert net.browser("stranger").get(first).status_code == 404
    assert begun(net.browser("stranger"), []).headers["location"] != first
    number = int(first.rpartition("/")[2])
    net.desk.changed(number, {"title": {"es": "Ya escrita"}})
    second = begun(reader, []).headers["location"]
    assert second != first
    deciding.withdraw(net.bank, net.viewers["editor"], int(second.rpartition("/")[2]), 1)
    assert begun(reader, []).headers["location"] not in (first, second)


def test_a_draft_that_a_program_filled_is_not_gone_on_with(net: Network) -> None:
    number = net.desk.written()
    assert begun(net.browser("editor"), []).headers["location"] != f"/deposits/{number}"


def test_a_file_that_is_refused_leaves_what_was_chosen_and_says_why(net: Network) -> None:
    reader = net.browser("editor")
    answer = begun(reader, [("huertos.md", TEXT.encode()), ("programa.exe", b"MZ\x90\x00 program")], kind="bulletin")
    assert answer.status_code == 415
    assert "programa.exe" in answer.text
    assert ("kind", "bulletin") in controls(answer.text, "begin")
    assert entries(net) == 0


def test_who_speaks_for_two_cities_says_for_which(net: Network) -> None:
    with net.bank.database.writing() as session:
        session.add(Membership(user_id=net.viewers["editor"].id, city_id=THERE, since=now().date()))
    reader = net.browser("editor")
    assert begun(reader, []).status_code == 422
    assert entries(net) == 0
    answer = begun(reader, [], city=THERE)
    assert answer.status_code == 303
    assert f'value="{THERE}" selected' in reader.get(answer.headers["location"]).text


def test_photos_become_the_pages_of_one_document_where_that_is_said(net: Network) -> None:
    from tests.ingest.making_pictures import corners, encoded

    photos = [("uno.png", encoded(corners(), "PNG")), ("dos.png", encoded(corners(), "PNG"))]
    number = int(begun(net.browser("editor"), photos, photos="document").headers["location"].rpartition("/")[2])
    view = net.desk.view(number)
    assert [file.view.media_type for file in view.files] == ["application/pdf"]
    assert view.images == ()


def test_the_template_is_a_word_file_for_everybody_in_three_languages(net: Network) -> None:
    for language, word in (("es", "Resumen"), ("en", "Summary"), ("pt", "Resumo")):
        answer = net.browser().get(f"/deposits/template.docx?kind=experience&lang={language}")
        assert answer.headers["content-disposition"].startswith("attachment")
        paragraphs = [one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs]
        assert any(word in text for text in paragraphs)
    assert net.browser().get("/deposits/template.docx?kind=nothing").status_code == 404


def test_the_list_shows_every_entry_of_the_city_with_whose_turn_it_is(net: Network) -> None:
    assert "/deposits/new" in net.browser("editor").get("/deposits").text
    numbers = {state: in_state(net, state) for state in ("returned", "draft", "submitted", "published")}
    page = net.browser("editor").get("/deposits").text
    for state, number in numbers.items():
        assert (f'href="/entries/{number}"' if state == "published" else f'href="/deposits/{number}"') in page
    assert page.index(f"/deposits/{numbers['returned']}") < page.index(f"/deposits/{numbers['submitted']}")
    assert "Falta decir quién lo evaluó." in page
    stranger = net.browser("stranger").get("/deposits").text
    assert not any(f"/deposits/{number}" in stranger for number in numbers.values())


def test_who_may_not_deposit_is_told_so(net: Network) -> None:
    assert net.browser().get("/deposits/new").headers["location"].startswith("/login")
    assert net.browser().post("/deposits").headers["location"].startswith("/login")
    with net.bank.database.writing() as session:
        for one in session.scalars(select(Membership)):
            session.delete(one)
    assert net.browser("editor").get("/deposits/new").status_code == 403
