"""A link that can't be used any more says why, and what to do now."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from bank.assembly import open_bank
from bank.catalogue.tables import Ticket
from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from bank.workflow.people.accounts import user_id_of_address
from bank.workflow.people.sending_links import HandableTicket, hand_ticket_over
from bank.workflow.people.using_links import make_first_link
from tests.people import EDITOR, OPERATOR
from tests.web.pages.account.test_signing_in import browser

ENTER, ANOTHER = 'class="button" href="/login"', 'class="button" href="/login/forgotten"'


@pytest.fixture
def reader(app: FastAPI) -> TestClient:
    return browser(app)


def link(bank: Bank, kind: HandableTicket) -> str:
    made = hand_ticket_over(bank, OPERATOR, user_id_of_address(bank, EDITOR), kind, "es")
    return f"/{kind}/{made.secret.rpartition('/')[2]}"


def test_one_that_was_used_leads_to_signing_in(bank: Bank, reader: TestClient) -> None:
    place = link(bank, "reset")
    assert reader.post(place, data={"password": "nueve faroles en la calle"}).status_code == 303
    page = browser(reader.app).get(place)  # type: ignore[arg-type]
    assert page.status_code == 410
    assert "Este enlace ya se usó." in page.text
    assert ENTER in page.text
    assert "volver atrás" not in page.text.lower()
    assert "Puedes regresar" not in page.text
    assert page.headers["cache-control"] == "no-store"
    inside = reader.get(place).text
    assert "Has entrado como" in inside
    assert ENTER not in inside


def test_one_that_has_ended_and_one_that_was_replaced_say_so(bank: Bank, reader: TestClient) -> None:
    old, new = link(bank, "reset"), link(bank, "reset")
    page = reader.get(old)
    assert page.status_code == 410
    assert "se cambió por uno más reciente" in page.text
    assert ANOTHER in page.text
    with bank.database.writing() as session:
        for ticket in session.scalars(select(Ticket)):
            ticket.created, ticket.ends = ticket.created - timedelta(days=2), ticket.ends - timedelta(days=2)
    page = reader.get(new)
    assert page.status_code == 410
    assert "Este enlace ya caducó." in page.text
    assert ANOTHER in page.text


def test_one_that_is_cut_off_is_not_found_and_an_invitation_says_whom_to_ask(bank: Bank, reader: TestClient) -> None:
    page = reader.get(link(bank, "invitation")[:-5])
    assert page.status_code == 404
    assert "no está completo" in page.text
    assert "pide otra invitación a tu coordinación" in page.text


def test_the_first_link_of_a_bank_that_has_people_leads_to_signing_in(bank: Bank, reader: TestClient) -> None:
    page = reader.get("/first/" + "x" * 43)
    assert page.status_code == 404
    assert "bank serve" in page.text


@pytest.fixture
def empty(settings: Settings) -> Iterator[Bank]:
    made = open_bank(settings)
    yield made
    made.database.close()


def test_the_first_account_tells_all_that_is_wrong_at_once_each_at_its_control(empty: Bank) -> None:
    place = "/first/" + str(make_first_link(empty, OPERATOR)).rpartition("/")[2]
    page = browser(create_app(empty)).post(place, data={"email": "nadie", "name": "Ana", "password": "corta"})
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    for name in ("email", "password"):
        assert f'<li><a href="#{name}">' in page.text
        assert f'id="wrong-{name}"' in page.text
        control = page.text.partition(f'id="{name}"')[2].partition(">")[0]
        assert 'aria-invalid="true"' in control
        assert f'aria-describedby="wrong-{name}' in control
    assert 'id="wrong-name"' not in page.text
    assert page.text.count('aria-invalid="true"') == 2
    nothing = browser(create_app(empty)).post(place, data={}).text
    assert nothing.count('aria-invalid="true"') == 2
    assert nothing.count("Escribe el correo.") == 2  # in the summary and at the control
    assert "<title>Error" not in browser(create_app(empty)).get(place).text
