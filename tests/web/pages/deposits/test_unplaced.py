"""The list of what found no field, as a browser without script sends its buttons."""

import re
from collections.abc import Iterator

import pytest

from bank.settings import Settings
from bank.workflow.deposits.draft import DraftView, open_draft
from tests.web.controls import dead_links, entry_form
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
    assert (answer.status_code, answer.headers["location"]) == (303, f"{place}#f-unplaced")
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


def test_a_value_too_long_is_told_to_the_script_in_the_words_of_its_field(net: Network) -> None:
    number = net.desk.begun(FORM)
    net.desk.changed(number, {"title": {"es": "t" * 299}})
    said = {"place": "1.2", "into.1.2": "title", "part": "true"}
    answer = net.browser("editor").post(f"/deposits/{number}/unplaced", data=said)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["title.es"]
    assert "caracteres" in answer.json()["errors"][0]["message"]


def test_the_same_answer_from_two_windows_is_placed_once(net: Network) -> None:
    reader, number = net.browser("editor"), net.desk.begun(FORM)
    place, form = f"/deposits/{number}/unplaced", entry_form(net.browser("editor").get(f"/deposits/{number}").text)
    said = {"place": "1.2", "part": "true"}
    assert reader.post(place, data=said | {"into.1.2": "context"}).status_code == 200
    answer = reader.post(place, data=said | {"into.1.2": "results"})
    assert answer.status_code == 409
    assert 'name="back" value="1.2"' in answer.text
    answer = reader.post(place, data=form | {"place": "1.2", "into.1.2": "results"})
    assert (answer.status_code, 'href="#f-unplaced"' in answer.text, dead_links(answer.text)) == (409, True, [])
    assert re.search(r'data-fold="unplaced" open|<div class="wrong small" id="f-unplaced"', answer.text)
    assert not seen(net, number).values["results"]


def test_what_was_left_out_is_counted_apart(net: Network) -> None:
    reader, number = net.browser("editor"), net.desk.begun(FORM)
    for said in ({"place": "1.1", "into.1.1": "evaluation"}, {"leave": "1.2"}):
        reader.post(f"/deposits/{number}/unplaced", data=said | {"part": "true"})
    page = reader.get(f"/deposits/{number}").text
    assert "puestos 1, dejados fuera 1" in page
    assert "Todo lo del archivo tiene su lugar" not in page


def test_personal_data_is_marked(net: Network) -> None:
    number = net.desk.begun(f"{FORM}\n## Quien asiste\n\nTel. 477 123 4567\n")
    page = net.browser("editor").get(f"/deposits/{number}").text
    assert page.count("Parece un dato personal") == 1
    assert entry_form(page)["into.1.3"] == "contact_phone"


SECRET = "Hace falta un"
"""Of an answer, what is written alike in JSON and in text."""


def test_visitors_and_programs_are_told_nothing_of_it(net: Network) -> None:
    number = net.desk.begun(FORM)
    own = f"entries/{number}"
    for place in (own, f"{own}.jsonld", f"{own}.xml", f"{own}/look-alikes", "submissions", "stats"):
        answer = net.program("editor").get(f"/api/v1/{place}")
        assert answer.status_code == 200 or "." in place
        assert SECRET not in answer.text
        assert "unplaced" not in answer.text
    assert net.browser().get(f"/deposits/{number}").status_code in (302, 303)
    assert net.browser("stranger").get(f"/deposits/{number}").status_code == 404
