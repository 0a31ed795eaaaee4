"""What the form's script sends and is answered."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bank.settings import Settings
from tests.web.network import Network, network


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def patched(net: Network, number: int, body: object, version: int | None = None, who: str = "editor") -> Any:
    """The answer to saving `body`, which may be text, with If-Match unless `version` is None."""
    headers = {"content-type": "application/json"} | ({"if-match": f'"{version}"'} if version else {})
    content = body if isinstance(body, str) else json.dumps(body)
    return net.browser(who).patch(f"/deposits/{number}", content=content, headers=headers)


def test_it_saves_the_fields_that_are_sent_and_tells_how_the_entry_stands(net: Network) -> None:
    number = net.desk.written({"title": {"es": "Huertos"}})
    answer = patched(net, number, {"summary": {"es": "Tres palabras apenas"}, "cities": ["Colima"]}, 1)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["version"] == 2
    assert told["meter"] == {"filled": 4, "needed": 8}
    assert told["words"] == {"summary": {"es": 3}}
    assert {one["field"] for one in told["faults"]} >= {"start_year", "themes"}
    assert set(told["bases"]) == {"summary", "cities"}
    assert 'id="standing"' in told["standing"]
    assert net.desk.view(number).values["cities"] == ["mx-colima"]
    assert net.desk.view(number).values["title"] == {"es": "Huertos"}


@pytest.mark.parametrize(
    "body",
    [
        {"nobody_knows": "x"},
        {"title": "no language"},
        {"start_year": "2020"},
        {"start_year": True},
        {"themes": "medio-ambiente"},
        {"licence": "mine"},
        {"files.1": {"people": "nobody"}, "files.x": {}},
        {"files.1": {"colour": "red"}},
        "[1]",
        '{"title": {"es": "a"}, "title": {"es": "b"}}',
        "not json",
        "",
    ],
)
def test_a_field_that_is_unknown_or_of_another_type_is_refused(net: Network, body: object) -> None:
    number = net.desk.begun()
    before = net.desk.view(number)
    answer = patched(net, number, body, before.version)
    assert answer.status_code == 422, answer.text
    after = net.desk.view(number)
    assert (after.version, after.values, after.files) == (before.version, before.values, before.files)


def test_a_change_must_name_the_version_that_it_changes(net: Network) -> None:
    number = net.desk.written()
    assert patched(net, number, {"start_year": 2001}).status_code == 428
    assert net.desk.view(number).values["start_year"] == 2023


def test_who_is_overtaken_is_told_by_whom_in_which_fields(net: Network) -> None:
    number = net.desk.written()
    net.desk.changed(number, {"title": {"es": "El de la otra"}})
    apart = patched(net, number, {"start_year": 2001}, 1)
    assert (apart.status_code, apart.json()) == (412, {"version": 2, "fields": {}})
    same = patched(net, number, {"title": {"es": "El mío"}}, 1)
    assert same.status_code == 412
    other = same.json()["fields"]["title"]
    assert (other["text"], other["who"]) == ("El de la otra", "editor")
    equal = patched(net, number, {"title": {"es": "El de la otra"}}, 1)
    assert (equal.status_code, equal.json()["version"], equal.json()["fields"]) == (200, 2, [])
    assert net.desk.view(number).values["title"] == {"es": "El de la otra"}


def test_what_the_bank_read_in_a_file_gives_way_to_what_a_person_types(net: Network) -> None:
    number = net.desk.begun()
    answer = patched(net, number, {"title": {"es": "El mío"}}, 1)
    assert (answer.status_code, answer.json()["fields"]) == (412, {})


def test_nobody_and_a_stranger_change_nothing(net: Network) -> None:
    number = net.desk.written()
    assert patched(net, number, {"start_year": 2001}, 1, "visitor").status_code == 401
    assert patched(net, number, {"start_year": 2001}, 1, "stranger").status_code == 404
    assert net.browser().get(f"/deposits/{number}/state.json").status_code == 401
    assert net.browser("stranger").get(f"/deposits/{number}/state.json").status_code == 404


def test_the_state_tells_how_far_the_reading_is_and_what_is_proposed(net: Network) -> None:
    number = net.desk.begun()
    told = net.browser("editor").get(f"/deposits/{number}/state.json").json()
    assert told["job"]["state"] == "done"
    assert {"title", "summary"} <= set(told["proposed"])
    assert told["version"] == net.desk.view(number).version
