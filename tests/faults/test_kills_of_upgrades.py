"""A bank of every earlier revision is upgraded and killed meanwhile: at named steps, and at random moments.

After each kill its catalogue is of the old revision or of the new one and keeps every row; the next opening goes on
without a hand, and `bank check` finds nothing wrong. BANK_ROUNDS says how many rounds of random kills.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.catalogue.migrations import HEAD_REVISION
from bank.settings import Settings
from bank.workflow.index.documents import rebuild_index
from bank.workflow.upkeep.check import check_bank
from tests.faults.old_banks import PUBLISHED, earlier_revisions, kept_rows, make_old_bank, revision_of, table_columns
from tests.faults.tally import Tell

ROUNDS = int(os.environ.get("BANK_ROUNDS", "2"))
KILLS = 3
FOUNDING = ("founding.written", "founding.committed")
STEPS = ("migration.written", "migration.committed", *FOUNDING, "seals.renewed")
OPEN = "from bank.assembly import open_bank; from bank.settings import Settings; open_bank(Settings())"
REVISIONS = earlier_revisions()
SOAKING = "BANK_ROUNDS" in os.environ


@pytest.fixture(scope="session")
def old_homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Revision -> the home of a bank of it."""
    homes = {revision: tmp_path_factory.mktemp(f"old-{revision}") for revision in REVISIONS}
    for revision, folder in homes.items():
        make_old_bank(Settings(home=folder), revision)
    return homes


@pytest.fixture
def plain(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "BANK_SEMANTIC": "off"}


def opening(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", OPEN], env=environment, stderr=subprocess.PIPE)


class Upgrade:
    """The upgrade of a copy of an old bank: what it had before, and whether it still has it."""

    def __init__(self, old: Path, home: Path) -> None:
        shutil.copytree(old, home, dirs_exist_ok=True)
        self.home, self.path = home, home / "bank.db"
        self.before, self.columns = revision_of(self.path), table_columns(self.path)
        self.rows = kept_rows(self.path)

    def lost(self) -> int:
        """How many rows of before are not there."""
        found = kept_rows(self.path, self.columns)
        return sum(len(rows - found[table]) for table, rows in self.rows.items())

    def end_well(self) -> None:
        """The next opening goes on, in this process; then everything can be found and nothing is wrong."""
        assert revision_of(self.path) in (self.before, HEAD_REVISION)
        bank = open_bank(Settings(home=self.home, semantic="off"))
        rebuild_index(bank)
        report = check_bank(bank)
        bank.database.close()
        assert report.faults == ()
        assert report.entries == PUBLISHED
        assert revision_of(self.path) == HEAD_REVISION


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_upgrade_killed_at_every_named_step_in_turn_goes_on_and_loses_no_row(
    old_homes: dict[str, Path], home: Path, plain: dict[str, str], tell: Tell, revision: str
) -> None:
    """Without BANK_ROUNDS the steps of founding, which know no revision, only in the upgrade from the first one."""
    upgrade, missing = Upgrade(old_homes[revision], home), 0
    every = SOAKING or revision == REVISIONS[0]
    for step in (step for step in STEPS if every or step not in FOUNDING):
        process = opening({**plain, "BANK_CRASH_AT": step})
        told = process.communicate()[1]
        assert process.returncode == 137, (step, told[-2000:])
        missing += upgrade.lost()
    tell("upgrade killed at each named step", sum(map(len, upgrade.rows.values())), missing)
    assert missing == 0
    upgrade.end_well()
    assert upgrade.lost() == 0


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_upgrade_killed_at_any_moment_goes_on_and_loses_no_row(
    old_homes: dict[str, Path], home: Path, plain: dict[str, str], tell: Tell, seed: int
) -> None:
    chance, revision = random.Random(7000 + seed), REVISIONS[seed % len(REVISIONS)]
    upgrade, missing = Upgrade(old_homes[revision], home), 0
    for _ in range(KILLS):
        process = opening(plain)
        await_writing(process, upgrade.path)
        time.sleep(chance.uniform(0, 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        missing += upgrade.lost()
    tell(f"upgrade killed {KILLS} times at random", sum(map(len, upgrade.rows.values())), missing)
    assert missing == 0
    upgrade.end_well()
    assert upgrade.lost() == 0


def await_writing(process: subprocess.Popen[bytes], database: Path) -> None:
    """Waits until the process has begun to write into the catalogue, or has ended."""
    journal = database.with_name(f"{database.name}-wal")
    while process.poll() is None and not (journal.exists() and journal.stat().st_size):
        time.sleep(0.005)


def test_a_bank_killed_while_it_is_founded_is_founded_by_the_next_start(home: Path, plain: dict[str, str]) -> None:
    for step in STEPS:
        process = opening({**plain, "BANK_CRASH_AT": step})
        told = process.communicate()[1]
        assert process.returncode == 137, (step, told[-2000:])
    bank = open_bank(Settings(home=home, semantic="off"))
    assert check_bank(bank).faults == ()
    bank.database.close()
