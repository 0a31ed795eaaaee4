"""A plain copy of an idle bank is whole; one that was taken amid writing is told at its first opening."""

import logging
import os
import shutil
import time
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.catalogue import sqlite
from bank.catalogue.alarms import standing_alarms
from bank.catalogue.audit import audit_head
from bank.jobs.upkeep import empty_busy_journal, empty_quiet_journal, sync_anchor, tell_head
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people import accounts
from bank.workflow.upkeep.check import check_bank
from tests.commands import PATIENCE, bank, served
from tests.jobs.test_worker import free_port
from tests.making_files import experience
from tests.people import OPERATOR, PASSWORD


def copied_without_journal(home: Path, to: Path) -> Settings:
    """A copy of bank.db and uploads/ alone, as somebody makes it who knows no better."""
    to.mkdir()
    shutil.copy(home / "bank.db", to / "bank.db")
    shutil.copytree(home / "uploads", to / "uploads")
    return Settings(home=to, semantic="off")


def alarms(opened: Bank) -> list[str]:
    with opened.database.reading() as session:
        return [alarm.name for alarm in standing_alarms(session)]


def wait_for_empty_journal(home: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while (home / "bank.db-wal").stat().st_size:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_copy_of_database_and_originals_of_an_idle_bank_is_whole(
    environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    environment["BANK_SEMANTIC"] = "off"
    with served(environment, free_port()):
        for number in range(3):
            bank(environment, "ingest", str(experience(tmp_path, number)), "--publish")
        wait_for_empty_journal(home)
        copy = copied_without_journal(home, tmp_path / "copy")
        original = open_bank(Settings(home=home, semantic="off"))
        with original.database.reading() as session:
            head = audit_head(session)
        original.database.close()
    opened = open_bank(copy)
    with opened.database.reading() as session:
        assert audit_head(session) == head
    assert alarms(opened) == []
    faults = check_bank(opened).faults
    assert len(faults) == 1
    assert "--repair" in faults[0]  # the index was not copied
    opened.database.close()


def test_a_copy_that_was_taken_amid_writing_without_the_journal_is_told_at_its_first_opening(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = open_bank(settings.model_copy(update={"semantic": "off"}))
    sqlite.empty_journal(first.database.address, wholly=True)
    for name in ("uno", "dos"):
        accounts.add_user(first, f"{name}@red.example", "coordinator", PASSWORD, actor=OPERATOR)
    copy = copied_without_journal(settings.home, tmp_path / "copy")
    first.database.close()
    with caplog.at_level(logging.ERROR):
        opened = open_bank(copy)
    assert alarms(opened) == ["lost_acts"]
    assert "bank.db-wal" in caplog.text
    assert any("--accept-loss" in fault for fault in check_bank(opened).faults)
    opened.database.close()


def test_the_journal_is_emptied_once_nothing_is_written_and_before_that_as_far_as_others_allow(
    settings: Settings,
) -> None:
    opened = open_bank(settings.model_copy(update={"semantic": "off"}))
    journal = settings.home / "bank.db-wal"
    accounts.add_user(opened, "uno@red.example", "coordinator", PASSWORD, actor=OPERATOR)
    os.utime(journal)
    empty_quiet_journal(opened)
    assert journal.stat().st_size
    empty_busy_journal(opened)
    assert journal.stat().st_size
    assert b"uno@red.example" in (settings.home / "bank.db").read_bytes()
    os.utime(journal, (time.time() - 60, time.time() - 60))
    empty_quiet_journal(opened)
    assert journal.stat().st_size == 0
    empty_quiet_journal(opened)
    sync_anchor(opened)
    opened.database.close()


def test_emptying_the_journal_makes_no_catalogue_where_it_was_moved_away(settings: Settings) -> None:
    opened = open_bank(settings.model_copy(update={"semantic": "off"}))
    opened.database.close()
    database = settings.home / "bank.db"
    database.rename(settings.home / "elsewhere.db")
    (settings.home / "bank.db-wal").write_bytes(b"frames")
    os.utime(settings.home / "bank.db-wal", (0, 0))
    empty_busy_journal(opened)
    empty_quiet_journal(opened)
    assert not database.exists()


def test_the_newest_act_is_told_outside_though_only_warnings_are_logged(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    opened = open_bank(settings.model_copy(update={"semantic": "off"}))
    with opened.database.reading() as session:
        head = audit_head(session)
    tell_head(opened)
    assert head.chain in caplog.messages[-1]
    opened.database.close()
