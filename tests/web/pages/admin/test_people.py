"""The people desk through its pages: inviting, links that are shown once, who may and who may not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from httpx2 import Response
from pydantic import SecretStr
from starlette.testclient import TestClient

from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from bank.workflow.people.accounts import user_id_of_address
from tests.mail_sink import mail_sink
from tests.people import ADMIN, CITY, COORDINATOR, EDITOR, copied
from tests.web.pages.account.test_signing_in import browser, dump, enter

NEW = "nueva@ciudad.example"
WANTED = {"email": NEW, "name": "Nueva Ficticia", "city": CITY, "part": "liaison"}


@pytest.fixture
def bank(people_home: Path, settings: Settings) -> Iterator[Bank]:
    with copied(people_home, settings) as made:
        yield replace(made, settings=settings.model_copy(update={"base_url": "http://banco.example.org:8080"}))


def signed_in(app: FastAPI, email: str) -> TestClient:
    reader = browser(app)
    assert enter(reader, email).status_code == 303
    return reader


def secret_of(answer: Response) -> str:
    """The link or code that a page shows."""
    [found] = re.findall(r'id="secret" value="([^"]+)"', answer.text)
    return unescape(str(found))


def faults_of(answer: Response) -> list[str]:
    return re.findall(r'<li><a href="#([\w-]+)">', answer.text)


def test_an_invitation_is_shown_once_to_copy_to_mail_and_to_share(app: FastAPI) -> None:
    desk = signed_in(app, COORDINATOR)
    answer = desk.post("/admin/people/new", data=WANTED)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    link = secret_of(answer)
    assert re.fullmatch(r"http://banco\.example\.org:8080/invitation/[A-Za-z0-9_-]{43}", link)
    [share] = re.findall(r'href="(https://wa\.me/[^"]+)"', answer.text)
    assert link in parse_qs(urlsplit(unescape(share)).query)["text"][0]
    [mail] = re.findall(r'href="(mailto:[^"]+)"', answer.text)
    assert urlsplit(unescape(mail)).path == NEW
    assert link in parse_qs(urlsplit(unescape(mail)).query)["body"][0]
    page = re.search(r'href="(/admin/people/\d+)"', answer.text)
    assert page
    token = link.rpartition("/")[2]
    for place in (page[1], "/admin/people", "/admin/people?q=nueva"):
        assert token not in desk.get(place).text


def test_the_list_tells_state_part_and_days_in_words(app: FastAPI) -> None:
    desk = signed_in(app, COORDINATOR)
    desk.post("/admin/people/new", data={**WANTED, "since": "2024-02-01", "until": "2031-03-05"})
    page = desk.get("/admin/people").text
    assert "Nueva Ficticia" in page
    assert "1 de febrero de 2024" in page
    assert "5 de marzo de 2031" in page
    assert page.count("<h2>") == 4
    found = desk.get("/admin/people?q=NUÉVA&state=invited").text
    assert found.count("<h2>") == 1
    assert desk.get("/admin/people?q=nadie").text.count("<h2>") == 0


@pytest.mark.parametrize("kind", ["code", "reset", "invitation"])
def test_links_and_codes_for_somebody_are_shown_once(app: FastAPI, bank: Bank, kind: str) -> None:
    desk = signed_in(app, COORDINATOR)
    desk.post("/admin/people/new", data=WANTED)
    email = NEW if kind == "invitation" else EDITOR
    secret = secret_of(desk.post(f"/admin/people/{user_id_of_address(bank, email)}/{kind}"))
    reader = browser(app)
    if kind == "code":
        assert reader.post("/login/code", data={"email": email, "code": secret}).status_code == 303
    else:
        way = urlsplit(secret).path
        assert reader.post(way, data={"password": "nueve jacarandas en el patio"}).status_code == 303
    assert "Ficticia" in reader.get("/").text


def test_what_was_wrong_is_listed_linked_and_kept(app: FastAPI) -> None:
    desk = signed_in(app, ADMIN)
    sent = {"email": "no-address", "name": "Ana", "role": "editor", "city": "", "until": "mañana"}
    answer = desk.post("/admin/people/new", data={**sent, "until": ""})
    assert (answer.status_code, faults_of(answer)) == (422, ["email", "city"])
    assert 'value="no-address"' in answer.text
    assert 'value="Ana"' in answer.text
    answer = desk.post("/admin/people/new", data=sent)
    assert (answer.status_code, faults_of(answer)) == (422, ["until"])
    again = desk.post("/admin/people/new", data={**WANTED, "email": EDITOR, "role": "editor"})
    assert (again.status_code, faults_of(again)) == (412, ["email"])
    assert re.search(r'class="more" href="/admin/people/\d+"', again.text)


def test_a_persons_page_changes_name_part_cities_and_access(app: FastAPI, bank: Bank) -> None:
    desk, number = signed_in(app, ADMIN), user_id_of_address(bank, EDITOR)
    here, editor = f"/admin/people/{number}", signed_in(app, EDITOR)
    for place, sent in [
        ("name", {"name": "Otra Ficticia"}),
        ("cities/1/end", {"last": "2032-01-31"}),
        ("cities/1/end", {}),
        ("cities", {"city": CITY, "part": "director"}),
        ("role", {"role": "coordinator"}),
    ]:
        answer = desk.post(f"{here}/{place}", data=sent)
        assert answer.status_code == 303, place
        assert 'role="status"' in desk.get(answer.headers["location"].partition("#")[0]).text
    assert "Otra Ficticia" in editor.get("/").text
    assert editor.get("/admin/people").status_code == 200
    assert desk.post(f"{here}/access", data={"active": "false"}).status_code == 303
    assert editor.get("/admin/people").status_code == 303
    assert "Otra Ficticia" not in editor.get("/").text
    assert desk.post(f"{here}/code").status_code == 409
    assert desk.post(f"{here}/access", data={"active": "true"}).status_code == 303


EVERYTHING = [
    ("GET", "/admin/people"),
    ("GET", "/admin/people/new"),
    ("POST", "/admin/people/new"),
    ("GET", "/admin/people/{}"),
    *(("POST", "/admin/people/{}/" + act) for act in ("name", "role", "access", "cities", "cities/1/end")),
    *(("POST", "/admin/people/{}/" + kind) for kind in ("invitation", "reset", "code")),
]
SENT = {**WANTED, "role": "admin", "active": "false", "last": ""}


@pytest.mark.parametrize(("method", "place"), EVERYTHING)
def test_an_editor_finds_no_people_desk_and_a_visitor_is_asked_to_sign_in(
    app: FastAPI, bank: Bank, method: str, place: str
) -> None:
    """S24, S28."""
    way = place.format(user_id_of_address(bank, EDITOR))
    editor = signed_in(app, EDITOR)
    before = "\n".join(dump(bank))
    assert editor.request(method, way, data=SENT if method == "POST" else None).status_code == 404
    assert browser(app).request(method, way, data=SENT if method == "POST" else None).status_code == 303
    assert "\n".join(dump(bank)) == before


@pytest.mark.parametrize("act", ["name", "role", "access", "cities", "cities/1/end", "invitation", "reset", "code"])
@pytest.mark.parametrize("email", [ADMIN, COORDINATOR])
def test_a_coordinator_changes_nothing_about_coordinators_and_administrators(
    app: FastAPI, bank: Bank, act: str, email: str
) -> None:
    desk = signed_in(app, COORDINATOR)
    before = "\n".join(dump(bank))
    answer = desk.post(f"/admin/people/{user_id_of_address(bank, email)}/{act}", data=SENT)
    assert answer.status_code in (403, 404)
    assert "\n".join(dump(bank)) == before
    page = desk.get(f"/admin/people/{user_id_of_address(bank, email)}").text
    assert 'action="/admin/people' not in page.partition("<main")[2]


@pytest.mark.parametrize("role", ["coordinator", "admin"])
def test_a_coordinator_invites_editors_only(app: FastAPI, bank: Bank, role: str) -> None:
    desk = signed_in(app, COORDINATOR)
    before = "\n".join(dump(bank))
    assert desk.post("/admin/people/new", data={**WANTED, "role": role}).status_code == 403
    assert "\n".join(dump(bank)) == before
    assert 'name="role"' not in desk.get("/admin/people/new").text


def test_nobody_takes_their_own_access(app: FastAPI, bank: Bank) -> None:
    desk = signed_in(app, ADMIN)
    here = f"/admin/people/{user_id_of_address(bank, ADMIN)}"
    assert desk.post(f"{here}/access", data={"active": "false"}).status_code == 403
    assert desk.post(f"{here}/role", data={"role": "editor"}).status_code == 403
    assert "/access" not in desk.get(here).text


def test_an_invitation_is_mailed_too_or_the_page_says_that_it_could_not_be(bank: Bank) -> None:
    with mail_sink() as sink:
        moved = replace(bank, settings=bank.settings.model_copy(update={"mail_url": SecretStr(sink.url)}))
        desk = signed_in(create_app(moved), COORDINATOR)
        answer = desk.post("/admin/people/new", data=WANTED)
        [mail] = sink.mails
        assert mail.recipients == [f"<{NEW}>"]
        assert secret_of(answer) in mail.text
        assert 'role="status">' in answer.text
        sink.refusing = True
        failed = desk.post(f"/admin/people/{user_id_of_address(bank, NEW)}/invitation")
        assert 'class="note warn" role="alert"' in failed.text
        assert secret_of(failed)


def test_a_name_that_is_refused_stays_in_its_control_with_what_is_wrong(app: FastAPI, bank: Bank) -> None:
    desk = signed_in(app, COORDINATOR)
    answer = desk.post(f"/admin/people/{user_id_of_address(bank, EDITOR)}/name", data={"name": "Nueva\x07 Ficticia"})
    assert (answer.status_code, faults_of(answer)) == (422, ["name"])
    assert re.search(r'name="name" value="Nueva[^"]* Ficticia"[^>]+aria-invalid="true"', answer.text)
    assert 'id="wrong-name"' in answer.text


def test_a_reset_link_says_until_when_it_works(app: FastAPI, bank: Bank) -> None:
    desk = signed_in(app, COORDINATOR)
    page = desk.post(f"/admin/people/{user_id_of_address(bank, EDITOR)}/reset").text
    assert re.search(r"Sirve una vez, hasta las? \d\d:\d\d del \d", page)
    assert re.search(r'href="https://wa\.me/[^"]+" target="_blank" rel="noopener noreferrer"', page)


def test_links_are_built_from_the_banks_own_address(app: FastAPI, bank: Bank) -> None:
    """S40: never from the Host that was asked for."""
    desk = signed_in(app, COORDINATOR)
    way = f"/admin/people/{user_id_of_address(bank, EDITOR)}/reset"
    for host in ("localhost", "127.0.0.1:9"):
        answer = desk.post(way, headers={"host": host, "x-forwarded-host": "evil.example"})
        assert secret_of(answer).startswith("http://banco.example.org:8080/reset/")
    assert desk.post(way, headers={"host": "evil.example"}).status_code == 400


def test_every_page_leads_coordinators_to_the_desk_and_nobody_else(app: FastAPI) -> None:
    assert 'href="/admin/people"' in signed_in(app, COORDINATOR).get("/").text
    assert 'href="/admin/people"' not in signed_in(app, EDITOR).get("/").text
