"""What the form's script sends and is answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pytest

from bank.catalogue.tables import Entry
from bank.settings import Settings
from tests.web.controls import entry_form
from tests.web.network import Network, in_state, network
from tests.web.pages.deposits.test_form import FULL


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


@dataclass(frozen=True)
class Page:
    """The form as somebody opened it, from which the script sends the controls of the fields that were written in."""

    net: Network
    number: int
    who: str = "editor"

    @cached_property
    def controls(self) -> dict[str, str | list[str]]:
        answer = self.net.browser(self.who).get(f"/deposits/{self.number}")
        assert answer.status_code == 200
        return entry_form(answer.text)

    def of(self, *fields: str) -> dict[str, str | list[str]]:
        """What the form would send of these fields as it stands, with the version that it shows."""
        names = ("version", *(f"base.{field}" for field in fields), *fields)
        inside = tuple(f"{field}." for field in fields)
        return {name: value for name, value in self.controls.items() if name in names or name.startswith(inside)}

    def saved(self, *fields: str, **written: str | list[str]) -> Any:
        """The answer to writing in these fields; `__` in a control's name stands for its dot."""
        return self.sent(self.of(*fields) | {name.replace("__", "."): value for name, value in written.items()})

    def sent(self, controls: Mapping[str, str | list[str]]) -> Any:
        return self.net.browser(self.who).patch(f"/deposits/{self.number}", data=controls)


def test_it_saves_the_fields_that_are_sent_and_tells_how_the_entry_stands(net: Network) -> None:
    number = net.desk.written({"title": {"es": "Huertos"}})
    answer = Page(net, number).saved("summary", "cities", summary__es="Tres palabras apenas", cities="Colima")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert set(told) == {"version", "moment", "bases", "pieces"}
    assert told["version"] == 2
    assert told["moment"] == net.desk.view(number).updated.isoformat(timespec="seconds")
    assert set(told["bases"]) == {"summary", "cities"}
    assert 'id="standing"' in told["pieces"]
    assert 'value="4"' in told["pieces"].partition("<meter")[2].partition(">")[0]
    assert all(f'href="#f-{id}"' in told["pieces"] for id in ("start_year", "themes"))
    assert net.desk.view(number).values["cities"] == ["mx-colima"]
    assert net.desk.view(number).values["title"] == {"es": "Huertos"}


def test_a_value_of_every_shape_is_saved_as_the_form_without_script_saves_it(net: Network) -> None:
    plain, empty = (net.desk.written({"title": {"es": "Otra"}}) for _ in range(2))
    whole = {**FULL, "language": "pt"}
    written = Page(net, net.desk.written(whole)).of(*whole) | {f"base.{id}": "another" for id in whole}
    assert net.browser("editor").post(f"/deposits/{plain}", data=written).status_code == 303
    answer = Page(net, empty).sent(written)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()["bases"]) == set(whole)
    assert net.desk.view(empty).values == net.desk.view(plain).values
    page = Page(net, empty).of(*whole)
    assert {f"base.{id}": base for id, base in answer.json()["bases"].items()} == {
        name: base for name, base in page.items() if name.startswith("base.")
    }


def test_what_is_emptied_is_saved_as_empty(net: Network) -> None:
    number = net.desk.written(FULL)
    bare = {"version": "1", "base.sdgs": "0", "base.links": "0", "base.start_year": "0", "start_year": ""}
    assert Page(net, number).sent(bare).status_code == 200
    values = net.desk.view(number).values
    assert [values[id] for id in ("sdgs", "links", "start_year")] == [[], [], None]
    assert values["title"] == FULL["title"]


def test_what_a_file_offers_is_taken_by_the_tick_of_the_form(net: Network) -> None:
    number = net.desk.written({"title": {"es": "El mío"}})
    with net.bank.database.writing() as session:
        note = {"source": "label", "file": 1, "page": 3, "text": "", "value": {"es": "El suyo"}}
        session.get_one(Entry, number).proposed = {"title": note}
    assert Page(net, number).saved("title", use="title").status_code == 200
    assert net.desk.view(number).values["title"] == {"es": "El suyo"}
    assert "title" not in net.desk.view(number).proposed


def test_who_writes_in_a_proposed_field_has_confirmed_it_though_it_reads_as_before(net: Network) -> None:
    number = net.desk.begun()
    assert "summary" in net.desk.view(number).proposed
    assert Page(net, number).saved("summary").status_code == 200
    assert "summary" not in net.desk.view(number).proposed


def test_what_is_said_of_files_and_pictures_is_saved_and_can_be_taken_back(net: Network) -> None:
    number = in_state(net, "draft")
    answer = Page(net, number).saved("files.1", "images.1", files__1__people="minors", files__1__consents="Archivo")
    assert (answer.status_code, answer.json()["bases"]) == (200, {})
    assert net.desk.view(number).files[0].consents == "Archivo"
    answer = Page(net, number).saved("files.1", "images.1", files__1__consents="", images__1__texts__es="")
    assert answer.status_code == 200
    view = net.desk.view(number)
    assert (view.files[0].people, view.files[0].consents, view.images[0].texts) == ("minors", "", {})


@pytest.mark.parametrize(
    ("controls", "status"),
    [
        ({"base.start_year": "0", "start_year": "hace mucho"}, 422),
        ({"base.start_year": "0", "start_year": "20200"}, 422),
        ({"base.licence": "0", "licence": "mine"}, 422),
        ({"base.language": "0", "language": "klingon"}, 422),
        ({"base.title": "0", "title.xx-no-such": "Huertos"}, 422),
        ({"files.1.people": "everybody"}, 422),
        ({"start_year": "2001"}, 200),
        ({"base.nobody_knows": "0", "nobody_knows": "x"}, 200),
        ({"files.9.people": "nobody", "files.x.people": "nobody", "files.1.colour": "red"}, 200),
        ({"base.title": ["0"] * 4001}, 400),
    ],
)
def test_what_cannot_be_taken_or_is_no_field_of_the_form_changes_nothing(
    net: Network, controls: dict[str, str | list[str]], status: int
) -> None:
    number = net.desk.begun()
    before = net.desk.view(number)
    answer = Page(net, number).sent({"version": str(before.version), **controls})
    assert answer.status_code == status, answer.text
    after = net.desk.view(number)
    assert (after.version, after.values, after.files) == (before.version, before.values, before.files)


@pytest.mark.parametrize("body", ['{"start_year": 2001}', "[1]", "", "not a form"])
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_what_is_no_form_changes_nothing(net: Network, body: str, kind: str) -> None:
    number = net.desk.begun()
    before = net.desk.view(number)
    answer = net.browser("editor").patch(f"/deposits/{number}", content=body, headers={"content-type": kind})
    assert 400 <= answer.status_code < 500
    assert (net.desk.view(number).version, net.desk.view(number).values) == (before.version, before.values)


def test_a_change_must_name_the_version_that_it_changes(net: Network) -> None:
    number = net.desk.written()
    for version in ("", "0", "x"):
        answer = Page(net, number).saved("start_year", start_year="2001", version=version)
        assert answer.status_code == 428
    assert net.desk.view(number).values["start_year"] == 2023


def test_who_is_overtaken_is_told_by_whom_in_which_fields(net: Network) -> None:
    number = net.desk.written()
    page = Page(net, number)
    assert page.controls["version"] == "1"
    net.desk.changed(number, {"title": {"es": "El de la otra"}})
    apart = page.saved("start_year", start_year="2001")
    assert (apart.status_code, apart.json()) == (412, {"version": 2, "fields": {}})
    same = page.saved("title", title__es="El mío")
    assert same.status_code == 412
    other = same.json()["fields"]["title"]
    assert (other["text"], other["who"], other["own"]) == ("El de la otra", "editor", True)
    equal = page.saved("title", title__es="El de la otra")
    assert (equal.status_code, equal.json()["version"]) == (200, 2)
    assert net.desk.view(number).values["title"] == {"es": "El de la otra"}


def test_what_somebody_else_of_the_city_saved_is_not_ones_own(net: Network) -> None:
    colleague = replace(net.viewers["coordinator"], role="editor", cities=net.viewers["editor"].cities)
    number = net.desk.written()
    page = Page(net, number)
    assert page.controls["version"] == "1"
    net.desk.changed(number, {"title": {"es": "El de la colega"}}, colleague)
    other = page.saved("title", title__es="El mío").json()["fields"]["title"]
    assert (other["text"], other["who"], other["own"]) == ("El de la colega", "coordinator", False)


def test_a_save_tells_the_title_as_the_page_shows_it(net: Network) -> None:
    number = net.desk.written()
    pieces = Page(net, number).saved("title", title__es="Huertos <b>nuevos</b>").json()["pieces"]
    assert '<h1 id="heading"><span>Huertos &lt;b&gt;nuevos&lt;/b&gt;</span></h1>' in pieces
    whole = net.browser("editor").get(f"/deposits/{number}").text
    assert pieces.partition("<title>")[2].partition("</title>")[0] in whole


def test_what_the_bank_read_in_a_file_gives_way_to_what_a_person_types(net: Network) -> None:
    number = net.desk.begun()
    answer = Page(net, number).saved("title", title__es="El mío", version="1")
    assert (answer.status_code, answer.json()["fields"]) == (412, {})


def test_nobody_and_a_stranger_change_nothing(net: Network) -> None:
    number = net.desk.written()
    controls = Page(net, number).of("start_year") | {"start_year": "2001"}
    assert Page(net, number, "visitor").sent(controls).status_code == 401
    assert Page(net, number, "stranger").sent(controls).status_code == 404
    elsewhere = net.browser("editor").patch(
        f"/deposits/{number}", data=controls, headers={"sec-fetch-site": "cross-site"}
    )
    assert elsewhere.status_code == 403
    assert net.desk.view(number).values["start_year"] == 2023
    assert net.browser().get(f"/deposits/{number}/state.json").status_code == 401
    assert net.browser("stranger").get(f"/deposits/{number}/state.json").status_code == 404


def test_the_state_tells_how_far_the_reading_is_and_what_is_proposed(net: Network) -> None:
    number = net.desk.begun()
    told = net.browser("editor").get(f"/deposits/{number}/state.json").json()
    assert told["job"]["state"] == "done"
    assert {"title", "summary"} <= set(told["proposed"])
    assert told["version"] == net.desk.view(number).version
