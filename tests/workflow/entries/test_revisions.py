"""Saves that are told apart: the last ones, and every move; of older ones the fields are still known."""

import pytest
from sqlalchemy import func, select

from bank.catalogue.tables import Revision
from bank.errors import VersionConflict
from bank.workflow.bank import Bank
from bank.workflow.deposits.changing import change_values
from bank.workflow.entries import revisions
from tests.workflow.deposits.conftest import desk
from tests.workflow.deposits.making import Desk

__all__ = ["desk"]


def kept(bank: Bank, number: int) -> int:
    with bank.database.reading() as session:
        query = select(func.count()).select_from(Revision).where(Revision.entry_id == number)
        return session.scalar(query) or 0


def test_many_saves_leave_few_rows_and_an_old_form_is_still_told_of_all_that_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "KEPT_SAVES", 20)
    monkeypatch.setattr(revisions, "THINNED_EVERY", 10)
    number = desk.written()
    first = desk.view(number).version
    desk.changed(number, {"summary": {"es": "Otro resumen."}})
    for round in range(100):
        desk.changed(number, {"start_year": 1950 + round % 70})
    assert desk.view(number).version == first + 101
    assert kept(desk.bank, number) <= 20 + 10
    with pytest.raises(VersionConflict) as told:
        change_values(desk.bank, desk.editor, number, first, {"title": {"es": "Tarde"}})
    assert set(told.value.fields) == {"summary", "start_year"}


def test_moves_stay_however_many_saves_come_after_them(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "KEPT_SAVES", 5)
    monkeypatch.setattr(revisions, "THINNED_EVERY", 5)
    number = desk.handed_in()
    handed = desk.view(number).version
    for round in range(30):
        desk.changed(number, {"start_year": 1950 + round}, desk.coordinator)
    with desk.bank.database.reading() as session:
        row = session.get(Revision, (number, handed))
        assert row is not None
        assert "status" in row.fields
    assert [step.act for step in desk.view(number).steps] == ["deposit", "submit"]
