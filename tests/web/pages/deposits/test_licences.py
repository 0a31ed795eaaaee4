"""The licence of files, asked by three questions, in the form as a browser without script sends it."""

import re
from collections.abc import Iterator

import pytest

from bank.settings import Settings
from tests.web.controls import entry_form
from tests.web.network import Network, in_state, network
from tests.web.pages.deposits.test_form import seen


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def answered(net: Network, number: int, status: int, **said: str) -> str:
    """The page after these answers were sent."""
    reader, place = net.browser("editor"), f"/deposits/{number}"
    form = entry_form(reader.get(place).text) | {name.replace("__", "."): value for name, value in said.items()}
    answer = reader.post(place, data=form)
    assert answer.status_code == status, answer.text
    return reader.get(place).text if status == 303 else answer.text


def test_three_answers_give_a_licence_and_its_name_is_shown(net: Network) -> None:
    number = net.desk.begun()
    assert seen(net, number).values["licence"] is None
    page = answered(net, number, 303, licence__share="yes", licence__adapt="alike", licence__earn="no")
    assert seen(net, number).values["licence"] == "CC-BY-NC-SA-4.0"
    told = page.partition("data-result")[2].partition("</p>")[0]
    assert "(CC BY-NC-SA 4.0)" in told
    assert "https://creativecommons.org/licenses/by-nc-sa/4.0/" in told
    assert entry_form(page)["licence.adapt"] == "alike"


def test_who_has_not_answered_all_is_told_so_and_the_answers_stay(net: Network) -> None:
    number = net.desk.begun()
    assert (
        "Todavía no hay ninguna elegida. Se propone CC BY 4.0" in net.browser("editor").get(f"/deposits/{number}").text
    )
    page = answered(net, number, 422, licence__share="yes", licence__adapt="yes")
    assert seen(net, number).values["licence"] is None
    assert "Responde las tres preguntas" in page
    form = entry_form(page)
    assert (form["licence.share"], form["licence.adapt"]) == ("yes", "yes")
    reader = net.browser("editor")
    assert reader.post(f"/deposits/{number}", data=form | {"licence.earn": "yes"}).status_code == 303
    assert seen(net, number).values["licence"] == "CC-BY-4.0"
    answered(net, number, 303, licence__share="unknown")
    again = answered(net, number, 422, licence__share="yes")
    assert "Responde las tres preguntas" in again
    assert seen(net, number).values["licence"] == "not-evaluated"


def test_who_does_not_share_or_does_not_know_yet_says_it_with_one_answer(net: Network) -> None:
    number = net.desk.begun()
    page = answered(net, number, 303, licence__share="unknown")
    assert re.findall(r'name="licence.share" value="(\w+)"( checked)?', page) == [("yes", ""), ("unknown", " checked")]
    assert "No, o todavía no se sabe" in page
    assert seen(net, number).values["licence"] == "not-evaluated"


def test_who_knows_a_licence_chooses_it_by_its_name_and_may_change_to_the_questions(net: Network) -> None:
    number = net.desk.begun()
    page = answered(net, number, 303, licence="CC0-1.0")
    assert seen(net, number).values["licence"] == "CC0-1.0"
    assert "licence.share" not in entry_form(page)
    answered(net, number, 303, licence__share="yes", licence__adapt="yes", licence__earn="yes")
    assert seen(net, number).values["licence"] == "CC-BY-4.0"


def test_a_name_that_says_otherwise_than_the_answers_is_told(net: Network) -> None:
    number = net.desk.begun()
    said = {"licence": "CC0-1.0", "licence__share": "yes", "licence__adapt": "no", "licence__earn": "yes"}
    page = answered(net, number, 422, **said)
    assert "son licencias distintas (CC-BY-ND-4.0 · CC0-1.0)" in page
    assert 'id="wrong-licence"' in page
    assert seen(net, number).values["licence"] is None


def test_a_contradiction_keeps_both_choices_and_never_takes_away_what_is_saved(net: Network) -> None:
    number = net.desk.begun()
    answered(net, number, 303, licence="CC-BY-4.0")
    said = {"licence": "CC0-1.0", "licence__share": "yes", "licence__adapt": "no", "licence__earn": "yes"}
    form = entry_form(answered(net, number, 422, **said))
    assert (form["licence.was"], form["licence"], form["licence.adapt"]) == ("CC-BY-4.0", "CC0-1.0", "no")
    reader = net.browser("editor")
    assert reader.post(f"/deposits/{number}", data=form).status_code == 422
    assert seen(net, number).values["licence"] == "CC-BY-4.0"
    assert reader.post(f"/deposits/{number}", data=form | {"licence": "CC-BY-ND-4.0"}).status_code == 303
    assert seen(net, number).values["licence"] == "CC-BY-ND-4.0"


def test_a_picture_and_each_of_several_files_have_their_own_answers(net: Network) -> None:
    number = in_state(net, "draft")
    answered(
        net, number, 303, images__1__licence__share="yes", images__1__licence__adapt="no", images__1__licence__earn="no"
    )
    assert seen(net, number).images[0].licence == "CC-BY-NC-ND-4.0"
    said = {"images__1__licence": "CC0-1.0", "images__1__licence__share": "unknown"}
    page = answered(net, number, 422, **said)
    assert re.search(r'id="wrong-images\.1\.licence"', page)
    assert seen(net, number).images[0].licence == "CC-BY-NC-ND-4.0"
