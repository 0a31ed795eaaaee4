"""What is handed over: links that others can open, or a warning; codes that live until the day ends."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bank.catalogue.tables import Ticket
from bank.settings import Settings
from bank.web.app import create_app
from bank.web.words import Words
from bank.workflow.bank import Bank
from bank.workflow.people.accounts import user_id_of_address
from tests.people import ADMIN, COORDINATOR, EDITOR, copied
from tests.web.pages.account.test_signing_in import browser, enter
from tests.web.pages.admin.test_people import WANTED

ONLY_HERE = 'class="note danger" role="alert"'


@pytest.fixture
def bank(people_home: Path, settings: Settings) -> Iterator[Bank]:
    with copied(people_home, settings) as made:
        yield made


def desk_of(bank: Bank, base_url: str, who: str = COORDINATOR) -> TestClient:
    app = create_app(replace(bank, settings=bank.settings.model_copy(update={"base_url": base_url})))
    reader = browser(app)
    assert enter(reader, who).status_code == 303
    return reader


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("http://127.0.0.1:8000", "machine"),
        ("http://localhost:8000", "machine"),
        ("http://[::1]:8000", "machine"),
        ("http://0.0.0.0:8000", "machine"),
        ("http://192.168.1.20", "network"),
        ("http://banco.local", "network"),
        ("http://servidor:8000", "network"),
        ("https://banco.example.org", "everywhere"),
        ("http://203.0.113.200.example.org:8080", "everywhere"),
    ],
)
def test_from_where_a_bank_can_be_reached(address: str, reach: str) -> None:
    assert Settings(base_url=address).reach == reach


def test_a_link_that_opens_only_here_has_a_warning_beside_sharing(bank: Bank) -> None:
    page = desk_of(bank, "http://127.0.0.1:8000").post("/admin/people/new", data=WANTED).text
    warning = page.partition(ONLY_HERE)[2].partition("</div>")[0]
    assert "solo se abren en esta computadora" in warning
    assert "http://127.0.0.1:8000" in warning
    assert "Pide a quien administra el banco" in warning
    assert page.index(ONLY_HERE) < page.index("https://wa.me/")
    number = user_id_of_address(bank, EDITOR)
    page = desk_of(bank, "http://127.0.0.1:8000", ADMIN).post(f"/admin/people/{number}/code").text
    assert "Arranca el banco con BANK_BASE_URL" in page


def test_one_that_everybody_can_open_has_none(bank: Bank) -> None:
    page = desk_of(bank, "http://banco.example.org:8080").post("/admin/people/new", data=WANTED).text
    assert "https://wa.me/" in page
    assert ONLY_HERE not in page


def test_a_code_lives_until_the_day_ends_where_the_coordinator_chooses_so(bank: Bank) -> None:
    desk, number = desk_of(bank, "http://127.0.0.1:8000"), user_id_of_address(bank, EDITOR)
    form = desk.get(f"/admin/people/{number}").text
    assert 'name="until" value="soon" checked' in form
    assert 'name="until" value="day"' in form
    code = ""
    for until, digits in (("soon", 8), ("day", 10)):
        page = desk.post(f"/admin/people/{number}/code", data={"until": until}).text
        code = re.findall(r'id="secret" value="([\d ]+)"', page)[0]
        assert len(code.replace(" ", "")) == digits
        with bank.database.reading() as session:
            ends = session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
        assert ends is not None
        told = Words("es", bank.vocabulary, bank.settings.zone).until(ends.ends)
        assert page.count(f"hasta {told}") == 2  # on the page and in the letter
    reader = browser(create_app(bank))
    assert reader.post("/login/code", data={"email": EDITOR, "code": code}).status_code == 303
    assert reader.post("/login/code", data={"email": EDITOR, "code": code}).status_code == 422


def test_the_list_of_people_tells_who_was_here_and_has_their_codes_at_hand(bank: Bank) -> None:
    desk = desk_of(bank, "http://127.0.0.1:8000")
    page = desk.get("/admin/people").text
    lines = re.findall(r"<li>\s*<div>\s*<h2>.*?</li>", page, re.DOTALL)
    coordinator = next(line for line in lines if "Coordinadora Ficticia" in line)
    editor = next(line for line in lines if "Editora Ficticia" in line)
    assert "Última visita" in coordinator
    assert "/code" not in coordinator  # only administrators look after coordinators
    assert "Última visita" not in editor
    assert re.search(r'action="/admin/people/\d+/code"', editor)
    assert 'class="badge published">Con acceso' in editor
