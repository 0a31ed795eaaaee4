"""Withdrawn drafts keep their files for thirty days, as their pages say, and their rows for good."""

from datetime import timedelta

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import select, update

from bank.catalogue import audit, info
from bank.catalogue.migrating import upgrade_catalogue
from bank.catalogue.migrations.running import alembic_config
from bank.catalogue.tables import Audit, Entry, File
from bank.clock import now
from bank.jobs.deposits import do_read_job
from bank.workflow.bank import Bank
from bank.workflow.deposits import files
from bank.workflow.deposits.expiring import EXPIRING_SINCE, KEPT_AFTER_WITHDRAWAL, empty_withdrawn_drafts
from bank.workflow.files.quota import forget_gone_files
from bank.workflow.review import deciding
from bank.workflow.upkeep.altered import alteration_faults
from tests.workflow.deposits.making import Desk
from tests.workflow.deposits.test_room import loose
from tests.workflow.deposits.test_starting import count, sent

LONG_AGO = now() - KEPT_AFTER_WITHDRAWAL - timedelta(days=1)


def withdrawn(desk: Desk, number: int | None = None) -> int:
    """A draft with a file that was read, withdrawn."""
    number = number or desk.begun()
    deciding.withdraw(desk.bank, desk.editor, number, desk.view(number).version)
    return number


def let_pass(bank: Bank, number: int, *, known: bool = True) -> None:
    """Makes the withdrawal 31 days old; with `known` the bank told of it then."""
    with bank.database.writing() as session:
        session.execute(update(Entry).where(Entry.id == number).values(since=LONG_AGO))
        if known:
            info.write_info(session, EXPIRING_SINCE, LONG_AGO.isoformat())


def upgrade_again(bank: Bank) -> None:
    """Goes back to the version before there were dates, and forth."""
    before = ScriptDirectory.from_config(alembic_config()).get_revision("0007").down_revision
    with bank.database.writing() as session:
        back = alembic_config()
        back.attributes["connection"] = session.connection()
        command.downgrade(back, str(before))
    upgrade_catalogue(bank.database)


def test_its_files_go_after_thirty_days_and_its_row_and_its_history_stay(desk: Desk) -> None:
    number, other = withdrawn(desk), desk.begun("# Otra\n\nSigue.\n", "otra.md")
    before = desk.view(number)
    assert empty_withdrawn_drafts(desk.bank) == 0
    let_pass(desk.bank, number)
    altered = alteration_faults(desk.bank)
    assert empty_withdrawn_drafts(desk.bank) == 1
    assert set(alteration_faults(desk.bank)) <= set(altered)
    after = desk.view(number)
    assert (len(before.files), len(after.files), after.status) == (1, 0, "withdrawn")
    assert after.version == before.version + 1
    assert after.values["title"] == before.values["title"]
    assert [step.act for step in after.steps] == ["deposit", "withdraw"]
    assert len(desk.view(other).files) == 1
    assert empty_withdrawn_drafts(desk.bank) == 0
    with desk.bank.database.reading() as session:
        assert session.scalars(select(Audit.act).order_by(Audit.id.desc()).limit(1)).one() == "empty_withdrawn"
        assert audit.broken_audit_rows(session) == []


def test_they_count_until_their_bytes_are_gone(desk: Desk) -> None:
    number = withdrawn(desk)
    let_pass(desk.bank, number)
    empty_withdrawn_drafts(desk.bank)
    assert loose(desk.bank) == 1
    assert forget_gone_files(desk.bank) == 0


@pytest.mark.alters_rows
def test_the_date_is_told_and_holds_also_for_what_was_withdrawn_before_an_upgrade(desk: Desk) -> None:
    number = desk.begun()
    assert desk.view(number).files_until is None
    withdrawn(desk, number)
    until = desk.view(number).files_until
    assert until is not None
    assert timedelta(days=29) < until - now() <= KEPT_AFTER_WITHDRAWAL
    let_pass(desk.bank, number, known=False)
    assert desk.view(number).files_until == LONG_AGO + KEPT_AFTER_WITHDRAWAL
    upgrade_again(desk.bank)
    until = desk.view(number).files_until
    assert until is not None
    assert timedelta(days=29) < until - now() <= KEPT_AFTER_WITHDRAWAL
    assert empty_withdrawn_drafts(desk.bank) == 0


def test_what_was_published_once_keeps_its_files(desk: Desk) -> None:
    number = desk.begun()
    desk.handed_in(number)
    deciding.publish(desk.bank, desk.coordinator, number, desk.view(number).version)
    deciding.withdraw(desk.bank, desk.coordinator, number, desk.view(number).version, "La ciudad lo pidió.")
    let_pass(desk.bank, number)
    assert empty_withdrawn_drafts(desk.bank) == 0
    assert (count(desk.bank, File), desk.view(number, desk.coordinator).files_until) == (1, None)


def test_a_file_that_is_still_being_read_goes_too(desk: Desk) -> None:
    number = desk.begun()
    files.add_files(desk.bank, desk.editor, number, sent("otra.md", "# Otra\n\nSin leer.\n"))
    withdrawn(desk, number)
    let_pass(desk.bank, number)
    assert empty_withdrawn_drafts(desk.bank) == 1
    assert do_read_job(desk.bank)
    assert count(desk.bank, File) == 0
