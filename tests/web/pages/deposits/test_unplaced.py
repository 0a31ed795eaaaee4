"""The list of what found no field, as a browser without script sends its buttons."""

from collections.abc import Iterator

import pytest

from bank.settings import Settings
from bank.workflow.deposits.draft import DraftView, open_draft
from tests.web.controls import entry_form
from tests.web.network import Network, network
from tests.workflow.deposits.test_unplaced import FORM


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def seen(net: Network, number: int) -> DraftView:
    return open_draft(net.bank, net.viewers["editor"], number)


def test_a_button_puts_an_answer_into_a_field_and_saves_what_was_typed(net: Network) -> None:
    reader, number = net.browser("editor"), net.desk.begun(FORM)
    place = f"/deposits/{number}"
    page = reader.get(place).text
    assert "Esto del archivo no encontró su lugar" in page
    form = entry_form(page)
    assert (form["into.1.1"], form["into.1.2"]) == ("evaluation", "context")
    form |= {"evaluation.es": "Escrito a mano.", "place": "1.1"}
    answer = reader.post(f"{place}/unplaced", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{place}#unplaced")
    told = "Escrito a mano.\n\nLecciones aprendidas: Hace falta un comité de riego."
    assert seen(net, number).values["evaluation"] == {"es": told}
    again = entry_form(reader.get(place).text)
    assert "into.1.1" not in again
    assert reader.post(f"{place}/unplaced", data=again | {"back": "1.1"}).status_code == 303
    assert seen(net, number).values["evaluation"] == {"es": "Escrito a mano."}
    again = entry_form(reader.get(place).text)
    assert reader.post(f"{place}/unplaced", data=again | {"leave": "1.2"}).status_code == 303
    assert [one.key for one in seen(net, number).unplaced] == ["1.1"]


def test_the_script_is_answered_with_the_list_alone(net: Network) -> None:
    reader, number = net.browser("editor"), net.desk.begun(FORM)
    answer = reader.post(
        f"/deposits/{number}/unplaced", data={"place": "1.1", "into.1.1": "evaluation", "part": "true"}
    )
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="unplaced"')
    assert 'value="1.2"' in answer.text
    assert [one.into for one in seen(net, number).settled] == ["evaluation"]


@pytest.mark.parametrize(("said", "status"), [({"place": "1.9"}, 404), ({"place": "x"}, 404), ({}, 404)])
def test_an_answer_that_there_is_not_is_not_found(net: Network, said: dict[str, str], status: int) -> None:
    number = net.desk.begun(FORM)
    form = entry_form(net.browser("editor").get(f"/deposits/{number}").text)
    assert net.browser("editor").post(f"/deposits/{number}/unplaced", data=form | said).status_code == status


def test_a_field_that_takes_no_text_is_told(net: Network) -> None:
    number = net.desk.begun(FORM)
    form = entry_form(net.browser("editor").get(f"/deposits/{number}").text)
    form |= {"place": "1.1", "into.1.1": "themes"}
    answer = net.browser("editor").post(f"/deposits/{number}/unplaced", data=form)
    assert answer.status_code == 422
    assert 'id="faults"' in answer.text


def test_visitors_and_programs_are_told_nothing_of_it(net: Network) -> None:
    number = net.desk.begun(FORM)
    assert "unplaced" not in net.program("editor").get(f"/api/v1/entries/{number}").json()
    assert net.browser().get(f"/deposits/{number}").status_code in (302, 303)
    assert net.browser("stranger").get(f"/deposits/{number}").status_code == 404
