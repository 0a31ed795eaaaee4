"""The groups of the form: one open at a time, each with its state in the list of what is to be done."""

import re
from collections.abc import Iterator

import pytest

from bank.catalogue.tables import Entry
from bank.settings import Settings
from bank.workflow.deposits.saving import save_whole_form
from tests.web.controls import entry_form
from tests.web.network import Network, network
from tests.web.pages.deposits.test_form import seen
from tests.workflow.deposits.making import NEEDED

SECTION = re.compile(r'<details class="group"(?: name="group")? data-group="([a-z-]+)"( open)?>')
ALONE = 'class="group" name="group"'
"""Of such groups one closes where another is opened."""
TASK = re.compile(
    r'data-task="([a-z-]+)"><p><a href="#g-\1">[^<]+</a> <span class="badge ([a-z]+)" data-state>([^<]+)</span>'
)


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def shown(net: Network, number: int) -> str:
    return net.browser("editor").get(f"/deposits/{number}").text


def tasks(page: str) -> dict[str, tuple[str, str]]:
    """Group -> state and what is said of it."""
    return {id: (state, said) for id, state, said in TASK.findall(page)}


def opened(page: str) -> list[str]:
    return [id for id, is_open in SECTION.findall(page) if is_open]


def faulty(net: Network, number: int, **said: str) -> str:
    """The page after a form was sent with these values, which can't all be saved."""
    reader = net.browser("editor")
    form = entry_form(reader.get(f"/deposits/{number}").text) | {
        name.replace("__", "."): at for name, at in said.items()
    }
    answer = reader.post(f"/deposits/{number}", data=form)
    assert answer.status_code == 422
    return answer.text


def test_each_group_tells_its_state_and_only_the_first_that_lacks_something_is_open(net: Network) -> None:
    page = shown(net, net.desk.written({"title": {"es": "Huertos"}, "objectives": {"es": "Uno"}}))
    found = tasks(page)
    assert found["needed"] == ("missing", "faltan 5")
    assert found["content"][0] == "started"
    assert found["context"] == ("optional", "opcional")
    assert [id for id, _ in SECTION.findall(page)] == list(found)
    assert opened(page) == ["needed"]
    assert all(f'id="g-{id}"' in page for id in found)


def test_a_group_of_which_nothing_is_missing_is_complete_and_closed(net: Network) -> None:
    page = shown(net, net.desk.written())
    assert tasks(page)["needed"] == ("complete", "completo")
    assert opened(page) == []
    assert "ya se puede enviar" in page


def test_the_group_with_what_is_wrong_is_open_and_links_to_it(net: Network) -> None:
    number = net.desk.written()
    page = faulty(net, number, participants_women="muchas")
    assert opened(page) == ["people-and-cost"]
    assert tasks(page)["people-and-cost"] == ("wrong", "1 por corregir")
    assert page.count('href="#f-participants_women"') >= 2


def test_every_group_with_what_is_wrong_or_written_by_two_is_open_and_none_closes_another(net: Network) -> None:
    number, reader = net.desk.written(), net.browser("editor")
    assert ALONE in shown(net, number)
    page = faulty(net, number, participants_women="muchas", start_year="20200")
    assert (opened(page), ALONE in page) == (["needed", "people-and-cost"], False)
    form = entry_form(shown(net, number)) | {"title.es": "El mío", "context.es": "Lo mío"}
    net.desk.changed(number, {"title": {"es": "El de la otra"}, "context": {"es": "Lo de la otra"}})
    page = reader.post(f"/deposits/{number}", data=form).text
    assert (opened(page), ALONE in page) == (["needed", "context"], False)


def test_a_value_that_is_refused_does_not_count_as_filled(net: Network) -> None:
    number = net.desk.written()
    page = faulty(net, number, start_year="20200")
    assert tasks(page)["needed"] == ("missing", "falta 1")
    assert 'value="7"' in page.partition("<meter")[2].partition(">")[0]


def test_an_address_that_is_none_is_told_at_its_part_and_not_counted(net: Network) -> None:
    number = net.desk.written(NEEDED | {"contact": {"post": "Oficina", "mailbox": "no es un correo"}})
    page = shown(net, number)
    assert tasks(page)["needed"] == ("missing", "falta 1")
    assert seen(net, number).meter.needed_filled == 7
    assert 'href="#f-contact.mailbox"' in page
    assert re.search(r'name="contact.mailbox"[^>]+wrong-contact.mailbox"[^>]+aria-invalid="true"', page)
    assert not re.search(r'name="contact.post"[^>]+aria-invalid', page)


def test_only_the_language_that_is_too_long_is_wrong_and_the_title_says_first_that_something_is(net: Network) -> None:
    number = net.desk.written(NEEDED | {"title": {"es": "Huertos", "pt": "Hortas"}})
    page = faulty(net, number, title__pt="h " * 200)
    assert re.search(r'name="title.pt"[^>]+aria-invalid="true"', page)
    assert not re.search(r'name="title.es"[^>]+aria-invalid', page)
    assert 'href="#f-title.pt"' in page
    assert 'id="f-title.pt"' in page
    assert page.partition("<title>")[2].startswith("Error: Huertos")
    assert "<title>Huertos" in shown(net, number)
    assert "demasiado largo: 399 de 300 caracteres" in page
    assert "un poco largo" not in page.partition('id="f-title.pt"')[2].partition("</div>")[0]


def test_a_long_text_of_a_field_names_its_language_and_its_limit(net: Network) -> None:
    number = net.desk.written()
    page = faulty(net, number, objectives__es="a" * 20_001)
    assert 'href="#f-objectives.es"' in page
    assert "Como máximo 20000 caracteres" in page or "20000" in page


def test_next_saves_and_goes_on_to_the_group_that_follows(net: Network) -> None:
    number, reader = net.desk.written(), net.browser("editor")
    form = entry_form(shown(net, number)) | {"start_year": "2019", "next": "content"}
    assert reader.post(f"/deposits/{number}", data=form).headers["location"] == f"/deposits/{number}#g-content"
    assert seen(net, number).values["start_year"] == 2019
    form |= {"next": "https://elsewhere.example"}
    assert reader.post(f"/deposits/{number}", data=form).headers["location"] == f"/deposits/{number}"


def test_one_press_confirms_the_proposals_of_a_group_that_were_shown_and_a_tick_taken_away_undoes_it(
    net: Network,
) -> None:
    number, reader = net.desk.begun(), net.browser("editor")
    assert {"title", "summary", "objectives"} <= set(seen(net, number).proposed)
    form = entry_form(shown(net, number))
    assert {"title", "summary", "objectives"} <= set(form["shown"])
    shown_but_one = [id for id in form["shown"] if id != "title"]
    place = f"/deposits/{number}"
    assert (
        reader.post(place, data=form | {"all": "needed", "shown": shown_but_one}).headers["location"]
        == f"{place}#g-needed"
    )
    assert {"title", "objectives"} <= set(seen(net, number).proposed)
    assert "summary" not in seen(net, number).proposed
    form = entry_form(shown(net, number))
    assert reader.post(place, data=form | {"all": "every"}).status_code == 303
    assert not seen(net, number).proposed
    form = entry_form(shown(net, number))
    assert {"title", "summary", "objectives"} <= set(form["sure"])
    before = seen(net, number)
    assert reader.post(place, data=form).status_code == 303
    assert seen(net, number).version == before.version
    form["confirm"] = [id for id in form["confirm"] if id != "summary"]
    assert reader.post(place, data=form).status_code == 303
    assert set(seen(net, number).proposed) == {"summary"}
    assert seen(net, number).values == before.values


def test_a_confirmed_value_that_somebody_else_changed_meanwhile_is_no_conflict(net: Network) -> None:
    number, reader = net.desk.begun(), net.browser("editor")
    reader.post(f"/deposits/{number}", data=entry_form(shown(net, number)) | {"all": "every"})
    form = entry_form(shown(net, number)) | {"start_year": "2019"}
    net.desk.changed(number, {"title": {"es": "El de la otra"}})
    assert reader.post(f"/deposits/{number}", data=form).status_code == 303
    assert seen(net, number).values["title"] == {"es": "El de la otra"}
    assert "title" not in seen(net, number).confirmed


def test_what_the_city_gave_last_time_is_not_called_a_files(net: Network) -> None:
    number = net.desk.written({"title": {"es": "Huertos"}})
    with net.bank.database.writing() as session:
        session.get_one(Entry, number).proposed = {"title": {"source": "city"}}
    page = shown(net, number)
    assert "De la última ficha de tu ciudad" in page
    assert "El archivo llenó" not in page.partition("<form")[0]


def test_who_wrote_in_two_tabs_is_told_so_with_the_words_that_differ(net: Network) -> None:
    number, reader = net.desk.written(), net.browser("editor")
    form = entry_form(shown(net, number)) | {"title.es": "Huertos muy ficticios"}
    net.desk.changed(number, {"title": {"es": "Huertos bien ficticios"}})
    page = reader.post(f"/deposits/{number}", data=form).text
    assert "Lo cambiaste tú en otra pestaña o equipo, hace" in page
    assert "Huertos <mark>bien</mark> ficticios" in page
    assert page.partition("<title>")[2].startswith("Error: ")


def test_the_script_learns_who_changed_what_since_its_version(net: Network) -> None:
    number, reader = net.desk.written(), net.browser("editor")
    net.desk.changed(number, {"title": {"es": "Otro"}})
    page = reader.get(f"/deposits/{number}?since=1").text
    told = page.partition('data-later="')[2].partition('"')[0]
    assert "title" in told
    assert "&#34;own&#34;: true" in told
    assert "data-later" not in reader.get(f"/deposits/{number}?since=x").text


def test_a_proposal_of_a_removed_file_can_not_be_doubted_any_more(net: Network) -> None:
    number, reader = net.desk.begun(), net.browser("editor")
    reader.post(f"/deposits/{number}", data=entry_form(shown(net, number)) | {"all": "every"})
    version = {"version": str(seen(net, number).version)}
    assert reader.post(f"/deposits/{number}/files/1/remove", data=version).status_code == 303
    view = seen(net, number)
    assert (dict(view.confirmed), view.values["title"]) == ({}, {"es": "Huertos ficticios"})


def test_a_form_with_a_value_in_a_public_entry_keeps_its_details(net: Network) -> None:
    number = net.desk.written()
    saved = save_whole_form(net.bank, net.viewers["editor"], number, 1, {"start_year": 2020}, ["title"])
    assert saved.fields == ("start_year",)
