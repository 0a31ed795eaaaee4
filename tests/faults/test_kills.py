"""kill -9 at random moments: what was acknowledged is there, and `bank check` finds nothing wrong.

BANK_ROUNDS says how many rounds of each kind (5 without); `make soak` runs 60. The seed is in the test's name.
"""

import json
import os
import random
import subprocess
import time
from pathlib import Path

import pytest

from bank.cli.opening import has_bank
from bank.settings import Settings
from tests.commands import bank, kill, objects, start
from tests.faults.tally import Tell
from tests.making_files import experiences

ROUNDS = int(os.environ.get("BANK_ROUNDS", "5"))
STEPS = ("file.stored", "entry.written", "entry.committed", "index.written", "index.swapped")


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """Without meaning, which has kills of its own."""
    return {**environment, "BANK_SEMANTIC": "off"}


def acknowledged(printed: bytes) -> set[int]:
    """Entry numbers that the command had told of in whole lines."""
    lines = [line for line in printed.decode(errors="replace").splitlines(keepends=True) if line.endswith("\n")]
    return {told["entry"] for line in lines if (told := json.loads(line))["status"] in ("read", "warning", "duplicate")}


def published(environment: dict[str, str]) -> set[int]:
    """Numbers of every entry that a search lists."""
    return {hit["id"] for hit in objects(bank(environment, "search", "ficticia", "--size", "100", "--json").stdout)}


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_ingest_killed_at_any_moment_loses_nothing_acknowledged(
    environment: dict[str, str], tmp_path: Path, tell: Tell, seed: int
) -> None:
    chance = random.Random(seed)
    folder = experiences(tmp_path / "files", 12)
    process = start(environment, "ingest", str(folder), "--publish", "--json", stdout=subprocess.PIPE)
    time.sleep(chance.uniform(0.2, 4.0))
    kill(process)
    told = acknowledged(process.communicate()[0])
    if has_bank(Settings(home=Path(environment["BANK_HOME"]))):
        bank(environment, "check")
    else:
        assert not told
    bank(environment, "ingest", str(folder), "--publish")
    found = published(environment)
    tell("kill -9 during an ingest", len(told), len(told - found))
    assert told <= found
    assert len(found) == 12
    bank(environment, "check")


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_reindex_killed_at_any_moment_leaves_search_whole(
    environment: dict[str, str], tmp_path: Path, tell: Tell, seed: int
) -> None:
    chance = random.Random(1000 + seed)
    bank(environment, "ingest", str(experiences(tmp_path / "files", 12)), "--publish")
    process = start(environment, "reindex")
    time.sleep(chance.uniform(0.3, 2.5))
    kill(process)
    found = len(published(environment))
    tell("kill -9 during a reindex", 12, 12 - found)
    assert found == 12
    bank(environment, "check")
    bank(environment, "reindex")
    assert len(published(environment)) == 12
    bank(environment, "check")


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_a_named_step_needs_no_hand(environment: dict[str, str], tmp_path: Path, step: str) -> None:
    folder = experiences(tmp_path / "files", 3)
    bank({**environment, "BANK_CRASH_AT": step}, "ingest", str(folder), "--publish", fine=(137,))
    bank(environment, "check")
    bank(environment, "ingest", str(folder), "--publish")
    assert len(published(environment)) == 3
    bank(environment, "check")


@pytest.mark.parametrize("seed", range(max(1, ROUNDS // 5)))
def test_a_backup_taken_during_an_ingest_restores_to_a_whole_bank(
    environment: dict[str, str], tmp_path: Path, tell: Tell, seed: int
) -> None:
    folder = experiences(tmp_path / "files", 12)
    process = start(environment, "ingest", str(folder), "--publish", "--json", stdout=subprocess.PIPE)
    time.sleep(random.Random(2000 + seed).uniform(0.5, 3.0))
    archive = tmp_path / "bank.tar"
    while not (Path(environment["BANK_HOME"]) / "bank.db").exists():
        time.sleep(0.1)
    bank(environment, "backup", str(archive))
    process.communicate()
    elsewhere = tmp_path / "elsewhere"
    bank(environment, "restore", str(archive), "--into", str(elsewhere))
    restored = {**environment, "BANK_HOME": str(elsewhere)}
    bank(restored, "check")
    found, told = published(restored), published(environment)
    tell("backup during an ingest, restored", len(found), len(found - told))
    assert found <= told
