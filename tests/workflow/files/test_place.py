"""The folder of originals goes or becomes another's while the bank runs: it is told, and nothing is stored there."""

import io
from pathlib import Path

import pytest

from bank.catalogue.alarms import standing_alarms
from bank.jobs.housekeeping import CHORES
from bank.markers import write_marker
from bank.workflow.bank import Bank
from bank.workflow.deposits.files import add_files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.entries.public import published_original
from bank.workflow.files.place import AWAY_ALARM, OriginalsAway, watch_place
from bank.workflow.rights import Viewer
from bank.workflow.upkeep.health import bank_readiness
from bank.workflow.upkeep.looking import look_over_originals
from tests.making_files import experience
from tests.workflow.conftest import Publish

COORDINATOR = Viewer(2, "Coordinadora Ficticia", "coordinator", frozenset())


def unmounted(bank: Bank) -> None:
    """As when the disk goes: the folder is there and empty."""
    folder = bank.settings.uploads_folder
    folder.rename(folder.with_name("away"))
    folder.mkdir()


def gone(bank: Bank) -> None:
    folder = bank.settings.uploads_folder
    folder.rename(folder.with_name("away"))


def made_anothers(bank: Bank) -> None:
    folder = bank.settings.uploads_folder
    folder.rename(folder.with_name("away"))
    write_marker(folder, "other.educating-bank", folder / "other.db")


def back(bank: Bank) -> None:
    folder = bank.settings.uploads_folder
    if folder.exists():
        folder.rename(folder.with_name("wrong"))
    folder.with_name("away").rename(folder)


def alarms(bank: Bank) -> list[str]:
    with bank.database.reading() as session:
        return [alarm.name for alarm in standing_alarms(session)]


@pytest.mark.parametrize(
    ("lose", "told"), [(unmounted, "not there"), (gone, "not there"), (made_anothers, "of another bank")]
)
def test_a_folder_of_originals_that_is_another_is_told_until_it_is_back(
    bank: Bank, publish: Publish, tmp_path: Path, lose: object, told: str
) -> None:
    number = publish(experience(tmp_path / "given", 1)).entry
    assert number is not None
    assert callable(lose)
    lose(bank)
    watch_place(bank)
    assert alarms(bank) == [AWAY_ALARM]
    state = bank_readiness(bank)
    assert (state.ready, state.checks["originals"]) == (False, told)
    assert not look_over_originals(bank)
    with pytest.raises(OriginalsAway):
        published_original(bank, number, 1)
    sent = [IncomingFile("una.md", io.BytesIO(b"# Una\n"))]
    with pytest.raises(OriginalsAway):
        start_new_deposit(bank, COORDINATOR, DepositRequest(incoming=sent))
    draft = start_new_deposit(bank, COORDINATOR, DepositRequest()).entry
    with pytest.raises(OriginalsAway):
        add_files(bank, COORDINATOR, draft, sent)
    back(bank)
    watch_place(bank)
    assert (alarms(bank), bank_readiness(bank).ready) == ([], True)
    assert published_original(bank, number, 1).path.is_file()


def test_the_worker_watches_the_folder() -> None:
    assert watch_place in [chore.act for chore in CHORES]
