import pytest
from sqlalchemy import select

from bank.catalogue.tables import Acceptance
from bank.errors import InvalidFields, NotAllowed, VersionConflict
from bank.workflow.deposits import files
from bank.workflow.deposits.lists import own_submissions, review_queue
from bank.workflow.deposits.submitting import submit
from tests.workflow.deposits.making import Desk


def names(error: InvalidFields) -> set[str]:
    return {fault.name for fault in error.faults}


def test_everything_that_is_missing_is_told_at_once_and_nothing_is_lost(desk: Desk) -> None:
    number = desk.written({"title": {"es": "Solo un título"}})
    before = desk.view(number)
    with pytest.raises(InvalidFields) as told:
        submit(desk.bank, desk.editor, number, before.version)
    assert names(told.value) == {"start_year", "summary", "themes", "principles", "contact", "accept"}
    assert desk.view(number) == before


def test_a_complete_entry_is_handed_in_and_waits_for_the_network(desk: Desk) -> None:
    number = desk.handed_in(desk.begun())
    assert [(one.card.id, one.status, one.turn) for one in own_submissions(desk.bank, desk.editor)] == [
        (number, "submitted", "network")
    ]
    assert [one.card.id for one in review_queue(desk.bank, desk.coordinator)] == [number]
    assert own_submissions(desk.bank, desk.stranger) == ()


def test_who_agreed_to_which_text_is_kept(desk: Desk) -> None:
    number = desk.handed_in()
    agreement = desk.bank.network.agreement
    with desk.bank.database.reading() as session:
        row = session.scalars(select(Acceptance)).one()
    assert (row.entry_id, row.user_id, row.agreement, row.digest) == (
        number,
        desk.editor.id,
        agreement.version,
        agreement.digest("es"),
    )


def test_minors_without_consents_are_not_handed_in(desk: Desk) -> None:
    number = desk.begun()
    view = desk.view(number)

    def say(**said: object) -> None:
        files.describe_file(desk.bank, desk.editor, number, 1, desk.view(number).version, said)

    assert "files.1.people" in {fault.name for fault in view.faults}
    say(people="minors")
    assert "files.1.consents" in {fault.name for fault in desk.view(number).faults}
    say(consents="Archivo municipal, expediente 7")
    assert not [fault for fault in desk.view(number).faults if fault.name.startswith("files.1.")]


def test_an_older_version_is_not_handed_in(desk: Desk) -> None:
    number = desk.written()
    version = desk.view(number).version
    desk.changed(number, {"start_year": 2019})
    with pytest.raises(VersionConflict):
        submit(desk.bank, desk.editor, number, version, accept="1")


def test_a_token_for_reading_hands_nothing_in(desk: Desk) -> None:
    from dataclasses import replace

    number = desk.written()
    with pytest.raises(NotAllowed):
        submit(desk.bank, replace(desk.editor, scope="read"), number, 1, accept="1")
