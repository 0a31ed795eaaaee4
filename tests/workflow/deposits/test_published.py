"""What is added to a published entry, or changed in it, is public only once everything is known of it."""

import io
from collections.abc import Mapping

import pytest

from bank.catalogue.tables import Entry, File
from bank.clock import now
from bank.errors import InvalidFields, NotFound
from bank.jobs.deposits import do_read_job
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.saving import save_whole_form
from bank.workflow.deposits.whole import picture_for_viewer, whole_entry
from bank.workflow.entries import public
from bank.workflow.review import deciding
from tests.ingest.making_pictures import corners, encoded
from tests.workflow.deposits.making import NEEDED, Desk

LETTER = "# Acta\n\nLista de quienes vinieron a la reunión ficticia."


def version(desk: Desk, number: int) -> int:
    return desk.view(number, desk.coordinator).version


def published(desk: Desk) -> int:
    number = desk.handed_in(desk.begun())
    deciding.publish(desk.bank, desk.coordinator, number, version(desk, number))
    return number


def add(desk: Desk, number: int, name: str, data: bytes, purpose: str = "") -> None:
    files.add_files(desk.bank, desk.coordinator, number, [IncomingFile(name, io.BytesIO(data))], purpose=purpose)


def say(desk: Desk, number: int, place: str, **said: object) -> None:
    name, _, one = place.partition(".")
    act = files.describe_file if name == "files" else files.describe_image
    act(desk.bank, desk.coordinator, number, int(one), version(desk, number), said)


def names(told: pytest.ExceptionInfo[InvalidFields]) -> set[str]:
    return {fault.name for fault in told.value.faults}


def seen_files(desk: Desk, number: int) -> list[int]:
    return [file.number for file in public.published_entry(desk.bank, number).files]


def test_a_file_added_later_is_nobodys_to_see_until_its_licence_and_who_is_in_it_are_said(desk: Desk) -> None:
    number = published(desk)
    assert public.published_original(desk.bank, number, 1).name == "huertos.md"
    add(desk, number, "acta.md", LETTER.encode())

    def hidden() -> bool:
        with pytest.raises(NotFound):
            public.published_original(desk.bank, number, 2)
        with pytest.raises(NotFound):
            public.published_page(desk.bank, number, 2, 1)
        return seen_files(desk, number) == [1]

    assert hidden()
    assert do_read_job(desk.bank)
    assert hidden()
    say(desk, number, "files.2", people="nobody")
    say(desk, number, "files.2", licence=None)
    assert hidden()
    say(desk, number, "files.2", licence="CC-BY-4.0")
    assert seen_files(desk, number) == [1, 2]
    assert public.published_original(desk.bank, number, 2).name == "acta.md"
    assert "reunión" in public.published_page(desk.bank, number, 2, 1).text


def test_a_file_that_is_described_before_it_is_read_is_shown_once_it_is(desk: Desk) -> None:
    number = published(desk)
    add(desk, number, "acta.md", LETTER.encode())
    say(desk, number, "files.2", people="nobody", licence="CC-BY-4.0")
    assert seen_files(desk, number) == [1]
    assert do_read_job(desk.bank)
    assert seen_files(desk, number) == [1, 2]


def test_one_that_is_not_evaluated_shows_its_record_and_never_its_original(desk: Desk) -> None:
    number = published(desk)
    for said in ({"licence": "not-evaluated"}, {"consents": "Archivo"}):
        say(desk, number, "files.1", **said)
        assert seen_files(desk, number) == [1]
        with pytest.raises(NotFound):
            public.published_original(desk.bank, number, 1)
    desk.changed(number, {"licence": "CC-BY-4.0"}, desk.coordinator)
    assert public.published_original(desk.bank, number, 1).name == "huertos.md"
    desk.changed(number, {"licence": "not-evaluated"}, desk.coordinator)
    with pytest.raises(NotFound):
        public.published_original(desk.bank, number, 1)
    add(desk, number, "acta.md", LETTER.encode())
    assert do_read_job(desk.bank)
    assert seen_files(desk, number) == [1]


def test_a_picture_added_later_is_shown_once_it_is_whole(desk: Desk) -> None:
    number = published(desk)
    add(desk, number, "foto.png", encoded(corners(), "PNG"))

    def shown() -> bool:
        found = [image.number for image in whole_entry(desk.bank, None, number).images]
        if not found:
            with pytest.raises(NotFound):
                picture_for_viewer(desk.bank, None, number, 1)
        return found == [1]

    assert not shown()
    say(desk, number, "images.1", texts={"es": "Un huerto"}, author="Ciudad", licence="not-evaluated")
    assert not shown()
    say(desk, number, "images.1", licence="CC-BY-4.0")
    assert not shown()
    say(desk, number, "images.1", people="minors", consents="Archivo municipal")
    assert shown()
    say(desk, number, "images.1", licence="not-evaluated")
    assert not shown()
    say(desk, number, "images.1", licence="CC-BY-SA-4.0")
    assert picture_for_viewer(desk.bank, None, number, 1).name == "foto.png"


@pytest.mark.parametrize(
    ("place", "said", "fault"),
    [
        ("files.1", {"people": "minors"}, "files.1.consents"),
        ("files.1", {"people": None}, "files.1.people"),
        ("files.1", {"licence": None}, "files.1.licence"),
        ("images.1", {"people": "minors"}, "images.1.consents"),
        ("images.1", {"texts": {}}, "images.1.text"),
        ("images.1", {"texts": {"es": "a" * 1001}}, "images.1.text"),
        ("images.1", {"author": " "}, "images.1.author"),
        ("images.1", {"licence": None}, "images.1.licence"),
    ],
)
def test_what_is_public_does_not_lose_what_publishing_asked_for(
    desk: Desk, place: str, said: dict[str, object], fault: str
) -> None:
    number = published(desk)
    add(desk, number, "foto.png", encoded(corners(), "PNG"))
    add(desk, number, "acta.md", LETTER.encode())
    say(desk, number, "images.1", texts={"es": "Un huerto"}, author="Ciudad", licence="CC-BY-4.0", people="nobody")
    before = desk.view(number, desk.coordinator)
    with pytest.raises(InvalidFields) as told:
        say(desk, number, place, **said)
    assert fault in names(told)
    with pytest.raises(InvalidFields) as told:
        save_whole_form(desk.bank, desk.coordinator, number, before.version, {"start_year": 2020, place: said})
    assert fault in names(told)
    assert desk.view(number, desk.coordinator) == before


EMPTY: Mapping[str, object] = {"title": {}, "summary": {}, "principles": [], "themes": [], "contact": None}


@pytest.mark.parametrize("field", [*EMPTY, "start_year", "licence"])
def test_a_published_entry_keeps_the_fields_that_publishing_needs(desk: Desk, field: str) -> None:
    number = published(desk)
    before = desk.view(number, desk.coordinator)
    with pytest.raises(InvalidFields) as told:
        desk.changed(number, {"participants_women": 7, field: EMPTY.get(field)}, desk.coordinator)
    assert field in names(told)
    assert desk.view(number, desk.coordinator) == before


def test_what_it_lacked_already_keeps_nobody_from_the_rest(desk: Desk) -> None:
    """What the operator brought was never asked who is in it, and stays to be seen whatever else is written."""
    number = desk.begun()
    desk.changed(number, {**NEEDED, "start_year": None})
    with desk.bank.database.writing() as session:
        entry = session.get_one(Entry, number)
        entry.status, entry.published = "published", now()
        session.query(File).update({"licence": None, "people": None})
    assert desk.changed(number, {"participants_women": 7}, desk.coordinator).fields == ("participants_women",)
    assert public.published_original(desk.bank, number, 1).name == "huertos.md"
    desk.changed(number, {"licence": "CC-BY-4.0"}, desk.coordinator)
    say(desk, number, "files.1", people="adults")
    assert seen_files(desk, number) == [1]
    with pytest.raises(InvalidFields) as told:
        desk.changed(number, {"summary": {}}, desk.coordinator)
    assert names(told) == {"summary"}


def test_the_numbers_of_what_everybody_sees_tell_nothing_of_the_rest(desk: Desk) -> None:
    number = desk.begun()
    add_as_editor(desk, number, "carta.md", "mayor_letter")
    add_as_editor(desk, number, "dos.md")
    add_as_editor(desk, number, "otra.md", "mayor_letter")
    found = {file.view.name: file.view.number for file in desk.view(number).files}
    assert found == {"huertos.md": 1, "dos.md": 2, "carta.md": 1001, "otra.md": 1002}
    desk.handed_in(number)
    deciding.publish(desk.bank, desk.coordinator, number, version(desk, number))
    assert seen_files(desk, number) == [1, 2]


def add_as_editor(desk: Desk, number: int, name: str, purpose: str = "") -> None:
    files.add_files(desk.bank, desk.editor, number, [IncomingFile(name, io.BytesIO(name.encode()))], purpose=purpose)
    assert do_read_job(desk.bank)
