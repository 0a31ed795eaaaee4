import threading
from dataclasses import replace

import pytest

from bank.catalogue.tables import Entry
from bank.errors import InvalidFields, NotAllowed, NotFound, VersionConflict, VersionNeeded, WrongState
from bank.workflow.cities.views import managed_cities, managed_city
from bank.workflow.deposits.changing import change_values
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from tests.workflow.deposits.making import HERE, NEEDED, THERE, Desk


def test_a_change_makes_a_new_version_and_touching_confirms_what_was_proposed(desk: Desk) -> None:
    number = desk.begun()
    before = desk.view(number)
    assert {"title", "summary", "objectives"} <= set(before.proposed)
    saved = desk.changed(number, {"title": before.values["title"]})
    after = desk.view(number)
    assert saved.version == before.version + 1 == after.version
    assert "title" not in after.proposed
    assert "summary" in after.proposed


def test_saving_what_is_there_already_makes_no_version(desk: Desk) -> None:
    number = desk.written()
    version = desk.view(number).version
    assert desk.changed(number, dict(NEEDED)).version == version


def test_of_two_editors_exactly_one_wins_and_the_other_is_told_what_changed(desk: Desk) -> None:
    number = desk.written()
    for round in range(60):
        version = desk.view(number).version
        outcomes: list[object] = []

        def save(name: str, version: int = version, round: int = round, outcomes: list[object] = outcomes) -> None:
            try:
                changes = {"title": {"es": f"{name} {round}"}}
                outcomes.append((name, change_values(desk.bank, desk.editor, number, version, changes)))
            except VersionConflict as error:
                outcomes.append(error)

        threads = [threading.Thread(target=save, args=(name,)) for name in ("una", "otra")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        won = [one for one in outcomes if isinstance(one, tuple)]
        lost = [one for one in outcomes if isinstance(one, VersionConflict)]
        assert (len(won), len(lost)) == (1, 1)
        assert desk.view(number).values["title"] == {"es": f"{won[0][0]} {round}"}
        assert (lost[0].version, lost[0].fields) == (version + 1, {"title": {"es": f"{won[0][0]} {round}"}})


def test_a_version_that_is_still_to_come_is_no_version_to_write_into(desk: Desk) -> None:
    number = desk.written()
    version = desk.view(number).version
    with pytest.raises(VersionConflict) as told:
        change_values(desk.bank, desk.editor, number, version + 1, {"start_year": 2020})
    assert (told.value.version, told.value.fields) == (version, {})
    assert desk.view(number).version == version


def test_a_token_for_depositing_changes_nothing_that_was_handed_in(desk: Desk) -> None:
    number = desk.handed_in()
    version = desk.view(number).version
    for scope in ("read", "deposit"):
        with pytest.raises(NotAllowed):
            change_values(desk.bank, replace(desk.coordinator, scope=scope), number, version, {"start_year": 2020})
    change_values(desk.bank, replace(desk.coordinator, scope="review"), number, version, {"start_year": 2020})


def test_a_change_without_a_version_is_refused(desk: Desk) -> None:
    number = desk.written()
    with pytest.raises(VersionNeeded):
        change_values(desk.bank, desk.editor, number, None, {"start_year": 2020})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "admin"),
        ("status", "published"),
        ("id", 7),
        ("made_by", 3),
        ("version", 1),
        ("start_year", "2020"),
        ("start_year", True),
        ("start_year", 1492),
        ("title", "sin lengua"),
        ("title", {"es": 7}),
        ("title", {"espanol": "x"}),
        ("title", {"es": "x" * 301}),
        ("themes", "medio-ambiente"),
        ("themes", ["no-existe"]),
        ("principles", ["21"]),
        ("cities", [""]),
        ("cities", {"a": "b"}),
        ("language", "klingon"),
        ("licence", "GPL"),
        ("events", [{"id": "no-existe"}]),
        ("events", [{"id": "x", "role": "jury"}]),
        ("contact", "correo@ciudad.example"),
        ("participants_women", "muchas"),
        ("state", "quizas"),
        ("kind", "novel"),
        ("city", THERE),
        ("city", None),
    ],
)
def test_what_is_unknown_wrongly_typed_or_anothers_is_refused_whole(desk: Desk, field: str, value: object) -> None:
    number = desk.written()
    before = desk.view(number)
    with pytest.raises(InvalidFields) as told:
        desk.changed(number, {"summary": {"es": "otro"}, field: value})
    assert field in {fault.name.partition(".")[0] for fault in told.value.faults}
    assert desk.view(number) == before


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("title", {"es": "Huertos", "pt": "x" * 301}, "title.pt"),
        ("objectives", {"ca": "x" * 20_001, "es": "Uno"}, "objectives.ca"),
        ("contact", {"post": "Oficina", "mailbox": 7}, "contact.mailbox"),
        ("cost", {"amount": "mucho"}, "cost.amount"),
        ("contact_person", "x" * 20_001, "contact_person"),
    ],
)
def test_a_fault_names_the_language_or_part_that_is_wrong(desk: Desk, field: str, value: object, place: str) -> None:
    number = desk.written()
    with pytest.raises(InvalidFields) as told:
        desk.changed(number, {field: value})
    assert [fault.name for fault in told.value.faults] == [place]


def test_every_value_comes_back_as_it_was_written(desk: Desk) -> None:
    number = desk.written()
    values = {
        "summary": {"es": "Línea uno.\nLínea dos.", "pt": "Linha um."},
        "cities": [THERE],
        "groups": ["ninas-ninos"],
        "sdgs": ["4"],
        "principles": ["11", "8"],
        "language": "es",
        "period": {"from": "2020", "to": "2023-05"},
        "cost": {"amount": 120000, "currency": "MXN", "year": 2023},
        "participants_women": 240,
        "objectives": {"es": "Uno\nDos"},
        "links": [{"title": "Video", "url": "https://ciudad.example/video"}],
    }
    desk.changed(number, values)
    found = desk.view(number).values
    assert {id: found[id] for id in values} == values
    assert found["city"] == HERE


def test_another_kind_keeps_what_only_the_first_kind_has(desk: Desk) -> None:
    number = desk.written()
    desk.changed(number, {"methodology": {"es": "Talleres en el patio."}})
    desk.changed(number, {"kind": "report"})
    assert "methodology" not in desk.view(number).values
    desk.changed(number, {"kind": "experience"})
    assert desk.view(number).values["methodology"] == {"es": "Talleres en el patio."}


def test_what_one_may_not_see_is_not_there_and_what_is_handed_in_is_the_networks(desk: Desk) -> None:
    number = desk.written()
    with pytest.raises(NotFound):
        change_values(desk.bank, desk.stranger, number, 1, {"start_year": 2020})
    with pytest.raises(NotFound):
        change_values(desk.bank, desk.coordinator, number, 1, {"start_year": 2020})
    desk.handed_in(number)
    with pytest.raises(NotAllowed):
        desk.changed(number, {"start_year": 2020})
    assert desk.changed(number, {"start_year": 2020}, desk.coordinator).fields == ("start_year",)


def test_what_was_withdrawn_is_not_changed(desk: Desk) -> None:
    number = desk.written()
    with desk.bank.database.writing() as session:
        entry = session.get(Entry, number)
        assert entry is not None
        entry.status = "withdrawn"
    with pytest.raises(WrongState):
        desk.changed(number, {"start_year": 2020})


def test_control_characters_do_not_get_in(desk: Desk) -> None:
    number = desk.written()
    desk.changed(number, {"title": {"es": "Uno\x00 dos\x1b[31m\r\ntres"}, "summary": {"es": "a\x00b\r\nc"}})
    found = desk.view(number).values
    assert found["title"] == {"es": "Uno dos[31m tres"}
    assert found["summary"] == {"es": "ab\nc"}


def test_a_city_that_only_a_draft_names_is_told_to_nobody_else(desk: Desk) -> None:
    first = desk.written({**NEEDED, "cities": ["Villa Canaria Inédita"]})
    hidden = desk.view(first).values["cities"][0]  # type: ignore[index]
    assert hidden == "xx-villa-canaria-inedita"
    assert hidden not in {city.id for city in managed_cities(desk.bank, desk.coordinator)}
    with pytest.raises(NotFound):
        managed_city(desk.bank, desk.coordinator, hidden)
    theirs = start_new_deposit(
        desk.bank, desk.stranger, DepositRequest(values={"cities": ["villa canaria inedita", hidden]})
    ).entry
    found = desk.view(theirs, desk.stranger).values["cities"]
    assert hidden not in found  # type: ignore[operator]
    again = desk.written({**NEEDED, "cities": ["Villa Canaria Inédita"]})
    assert desk.view(again).values["cities"] == [hidden]
    desk.handed_in(first)
    assert hidden in {city.id for city in managed_cities(desk.bank, desk.coordinator)}
