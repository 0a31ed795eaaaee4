"""What is told of a bank's disk, on a real small one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.catalogue.alarms import standing_alarms
from bank.reserve import Reserve
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.operations.state import bank_state
from bank.workflow.upkeep.disk_state import FULL_DISK_ALARM, disk_state, look_after_disk
from bank.workflow.upkeep.health import bank_readiness
from tests.small_disks import fill_disk, make_room, mounted_disk, read_only

MB = 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted_disk(tmp_path / "disk", 40) as folder:
        yield folder


@pytest.fixture
def bank(disk: Path) -> Iterator[Bank]:
    made = open_bank(Settings(home=disk / "bank", semantic="off"))
    yield made
    made.database.close()


def alarms(bank: Bank) -> list[str]:
    with bank.database.reading() as session:
        return [alarm.name for alarm in standing_alarms(session)]


def test_a_disk_below_its_margin_is_full_raises_an_alarm_and_is_not_ready(bank: Bank, disk: Path) -> None:
    look_after_disk(bank)
    assert disk_state(bank.settings).condition == "ok"
    assert (Reserve(bank.settings.home).held(), alarms(bank)) == (MB, [])
    fill_disk(disk, left=MB)
    look_after_disk(bank)
    state = disk_state(bank.settings)
    assert (state.condition, state.margin) == ("full", 2 * MB)
    assert (bank_readiness(bank).ready, bank_readiness(bank).checks["disk"]) == (False, state.told)
    assert state.told.startswith("full: ")
    assert str(disk) not in state.told  # strangers read it
    assert alarms(bank) == [FULL_DISK_ALARM]
    Reserve(bank.settings.home).release()
    look_after_disk(bank)
    assert Reserve(bank.settings.home).held() == 0
    make_room(disk)
    look_after_disk(bank)
    assert (disk_state(bank.settings).condition, alarms(bank)) == ("ok", [])
    assert Reserve(bank.settings.home).held() == MB


def test_a_disk_that_can_only_be_read_is_told_as_such(bank: Bank, disk: Path) -> None:
    bank.database.close()
    with read_only(disk):
        assert disk_state(bank.settings).told == "read-only"
        look_after_disk(bank)
        assert not bank_readiness(bank).ready
        bank.database.close()


def test_the_disk_of_the_originals_counts_too(bank: Bank, tmp_path: Path) -> None:
    with mounted_disk(tmp_path / "other", 40) as other:
        settings = bank.settings.model_copy(update={"uploads_url": f"file:{other}/uploads"})
        fill_disk(other)
        assert (disk_state(settings).condition, disk_state(settings).folder) == ("full", other)
        assert bank_state(replace(bank, settings=settings)).disk == disk_state(settings)
