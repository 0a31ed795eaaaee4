"""A form that can't be saved because the disk is full keeps what was typed and says why."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from bank.settings import Settings
from tests.web.controls import controls, dead_links, entry_form
from tests.web.network import Network, network

FULL = "El disco está lleno y no se guardó nada de esto."
TYPED = "Los huertos que enseñan a cuidar. " * 250


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def let_the_catalogue_grow_no_more(net: Network) -> None:
    """From now on SQLite says that the disk is full where a page more would be needed."""

    @event.listens_for(net.bank.database.engine, "connect")
    def connected(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    net.bank.database.engine.dispose()


@pytest.mark.parametrize("act", ["", "/submit"])
def test_a_form_that_finds_the_disk_full_keeps_what_was_typed(net: Network, act: str) -> None:
    reader, number = net.browser("editor"), net.desk.begun()
    place = f"/deposits/{number}"
    form = entry_form(reader.get(place).text) | {"title.es": "Huertos que enseñan", "context.es": TYPED}
    let_the_catalogue_grow_no_more(net)
    refused = reader.post(f"{place}{act}", data=form)
    assert refused.status_code == 507
    assert "No se guardó nada. Lo que escribiste sigue en esta página:" in refused.text
    assert FULL in refused.text
    assert not dead_links(refused.text)
    again = entry_form(refused.text)
    assert (again["title.es"], str(again["context.es"]).strip()) == ("Huertos que enseñan", TYPED.strip())


def test_what_is_saved_and_finds_the_disk_full_when_it_is_sent_can_be_sent_again(net: Network) -> None:
    reader, number = net.browser("editor"), net.desk.written()
    place = f"/deposits/{number}"
    form = entry_form(reader.get(place).text) | {"accept": net.bank.network.agreement.version, "remarks": TYPED * 50}
    let_the_catalogue_grow_no_more(net)
    refused = reader.post(f"{place}/submit", data=form)
    assert refused.status_code == 507
    assert "No se ha enviado. Lo que escribiste está guardado:" in refused.text
    assert FULL in refused.text
    assert ("accept", form["accept"]) in controls(refused.text, "entry")
    assert net.desk.view(number).status == "draft"


def test_an_autosave_that_finds_the_disk_full_says_so_to_the_script(net: Network) -> None:
    reader, number = net.browser("editor"), net.desk.begun()
    form = entry_form(reader.get(f"/deposits/{number}").text) | {"context.es": TYPED}
    let_the_catalogue_grow_no_more(net)
    refused = reader.patch(f"/deposits/{number}", data=form)
    assert (refused.status_code, refused.json()["code"]) == (507, "disk_full")
    assert refused.json()["detail"].startswith(FULL)
