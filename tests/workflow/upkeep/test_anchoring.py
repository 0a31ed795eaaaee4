"""Acts that are gone are told at the first opening, by the check and as an alarm, until somebody accepts the loss."""

import logging
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.catalogue.alarms import standing_alarms
from bank.catalogue.audit import audit_head
from bank.messages import say
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people import accounts
from bank.workflow.upkeep.anchoring import ACTS_LOST, ANCHORS_GONE_ALARM, accept_lost_acts, anchor_paths
from bank.workflow.upkeep.backup import make_backup, restore_backup
from bank.workflow.upkeep.check import check_bank
from tests.people import OPERATOR, PASSWORD

pytestmark = pytest.mark.alters_rows


def add_person(bank: Bank, name: str) -> None:
    accounts.add_user(bank, f"{name}@red.example", "coordinator", PASSWORD, actor=OPERATOR)


def reopened(settings: Settings) -> Bank:
    return open_bank(settings.model_copy(update={"semantic": "off"}))


def alarms(bank: Bank) -> list[str]:
    with bank.database.reading() as session:
        return [alarm.name for alarm in standing_alarms(session)]


@pytest.fixture
def older(settings: Settings, tmp_path: Path) -> Path:
    """A copy of the database with one person; the bank itself has three more by now."""
    bank = reopened(settings)
    add_person(bank, "uno")
    bank.database.close()
    copy = tmp_path / "older.db"
    shutil.copy(settings.home / "bank.db", copy)
    bank = reopened(settings)
    for name in ("dos", "tres", "cuatro"):
        add_person(bank, name)
    bank.database.close()
    return copy


def test_a_bank_that_lost_nothing_tells_nothing(
    older: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        bank = reopened(settings)
    assert alarms(bank) == []
    assert check_bank(bank).faults == ()
    assert caplog.records == []
    bank.database.close()


@pytest.mark.parametrize("gone", [None, 0, 1])
def test_an_older_copy_of_the_database_is_told_at_its_first_opening(
    older: Path, settings: Settings, caplog: pytest.LogCaptureFixture, gone: int | None
) -> None:
    shutil.copy(older, settings.home / "bank.db")
    if gone is not None:
        anchor_paths(settings)[gone].unlink()
    with caplog.at_level(logging.ERROR):
        bank = reopened(settings)
    assert "3" in caplog.records[0].getMessage()
    assert "bank.db-wal" in caplog.records[0].getMessage()
    assert alarms(bank) == ["lost_acts"]
    assert [fault for fault in check_bank(bank).faults if "--accept-loss" in fault]
    bank.database.close()


def test_a_cut_end_of_the_audit_is_told(older: Path, settings: Settings) -> None:
    with sqlite3.connect(settings.home / "bank.db") as connection:
        connection.execute("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
    connection.close()
    bank = reopened(settings)
    assert alarms(bank) == ["lost_acts"]
    bank.database.close()


def test_an_older_copy_that_went_on_by_itself_is_told_though_it_has_as_many_acts(
    older: Path, settings: Settings
) -> None:
    kept = settings.home / "bank.anchor"
    before = kept.read_bytes()
    shutil.copy(older, settings.home / "bank.db")
    for path in anchor_paths(settings):
        path.unlink()
    bank = reopened(settings)
    for name in ("cinco", "seis", "siete", "ocho"):
        add_person(bank, name)
    bank.database.close()
    kept.write_bytes(before)
    bank = reopened(settings)
    assert "lost_acts" in alarms(bank)
    bank.database.close()


def test_the_anchor_stays_as_evidence_until_the_loss_is_accepted(older: Path, settings: Settings) -> None:
    shutil.copy(older, settings.home / "bank.db")
    bank = reopened(settings)
    assert bank.database.anchor is not None
    evidence = {record.head for record in bank.database.anchor.records().values()}
    for number in range(6):
        add_person(bank, f"otra{number}")
    assert {record.head for record in bank.database.anchor.records().values()} == evidence
    assert accept_lost_acts(bank, OPERATOR)
    assert alarms(bank) == []
    with bank.database.reading() as session:
        head = audit_head(session)
    assert {record.head for record in bank.database.anchor.records().values()} == {head}
    assert check_bank(bank).faults == ()
    add_person(bank, "nueva")
    bank.database.close()
    bank = reopened(settings)
    assert alarms(bank) == []
    bank.database.close()


def test_the_database_brought_back_ends_it(older: Path, settings: Settings, tmp_path: Path) -> None:
    newest = tmp_path / "newest.db"
    shutil.copy(settings.home / "bank.db", newest)
    shutil.copy(older, settings.home / "bank.db")
    reopened(settings).database.close()
    for ending in ("-wal", "-shm"):
        (settings.home / f"bank.db{ending}").unlink(missing_ok=True)
    shutil.copy(newest, settings.home / "bank.db")
    bank = reopened(settings)
    assert alarms(bank) == []
    add_person(bank, "cinco")
    assert check_bank(bank).faults == ()
    bank.database.close()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "emptied"])
def test_anchors_that_are_gone_are_told_until_it_is_accepted(
    older: Path, settings: Settings, caplog: pytest.LogCaptureFixture, spoil: Callable[[Path], object]
) -> None:
    shutil.copy(older, settings.home / "bank.db")
    for path in anchor_paths(settings):
        spoil(path)
    with caplog.at_level(logging.ERROR):
        bank = reopened(settings)
    assert alarms(bank) == [ANCHORS_GONE_ALARM]
    assert len(caplog.records) == 1
    bank.database.close()
    bank = reopened(settings)
    assert [fault for fault in check_bank(bank).faults if "bank.anchor" in fault]
    assert accept_lost_acts(bank, OPERATOR)
    assert alarms(bank) == []
    assert check_bank(bank).faults == ()
    bank.database.close()


def test_a_backup_names_the_newest_act_and_a_restored_bank_begins_its_anchor_anew(
    older: Path, settings: Settings, tmp_path: Path
) -> None:
    bank = reopened(settings)
    archive = tmp_path / "bank.tar"
    make_backup(bank, archive)
    add_person(bank, "cinco")
    bank.database.close()
    for ending in ("", "-wal", "-shm"):
        (settings.home / f"bank.db{ending}").unlink(missing_ok=True)
    manifest = restore_backup(archive, settings).manifest
    bank = reopened(settings)
    with bank.database.reading() as session:
        assert (manifest.acts, manifest.head) == (audit_head(session).id, audit_head(session).chain)
    assert alarms(bank) == []
    assert check_bank(bank).faults == ()
    bank.database.close()


def test_one_lost_act_and_many_are_told_in_the_same_words() -> None:
    values = {"since": "2026-01-02 10:00", "anchor": "bank.anchor"}
    assert say(ACTS_LOST, "en", lost=1, **values).startswith("Acts of the bank that are gone: 1. Its newest one is of")
    assert say(ACTS_LOST, "es", lost=1, **values).startswith("Actos del banco que faltan: 1. El más reciente es")
