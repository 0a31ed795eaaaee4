"""kill -9 while vectors are made: after a restart nothing is lost, nothing waits for ever, `bank check` is content."""

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from tests.commands import bank, kill, start
from tests.making_files import experiences

ROUNDS = int(os.environ.get("BANK_ROUNDS", "5"))
ENTRIES = 12
STEPS = ("vectors.made", "vectors.written")


@pytest.fixture
def environment(environment: dict[str, str], landmarks: Path) -> dict[str, str]:
    shutil.copy(landmarks, Path(environment["BANK_HOME"]) / "vectors.db")
    return {**environment, "BANK_LANGUAGE": "en"}


def checked(environment: dict[str, str], waiting: int) -> None:
    """`bank check` finds no fault, and that so many entries wait for their vectors."""
    printed = bank(environment, "check").stdout
    assert ("Waiting to be found by meaning" in printed) == (waiting > 0), printed
    assert not waiting or f"meaning: {waiting}." in printed, printed


def found_by_meaning(environment: dict[str, str]) -> int:
    printed = bank(environment, "search", "afternoon libraries", "--json").stdout
    return printed.count('"by_meaning": true')


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_a_named_step_needs_no_hand(environment: dict[str, str], tmp_path: Path, step: str) -> None:
    told = bank(environment, "ingest", str(experiences(tmp_path / "files", 3)), "--publish").stderr
    assert "3 entries are found by words but not yet by meaning" in told
    bank({**environment, "BANK_CRASH_AT": step}, "reindex", fine=(137,))
    checked(environment, waiting=3)
    ended = bank(environment, "reindex")
    told = "2 entries read anew, 1 unchanged" if step == "vectors.written" else "3 entries read anew, 0 unchanged"
    assert told in ended.stdout.replace("By meaning: ", "")
    checked(environment, waiting=0)
    assert found_by_meaning(environment) > 0


@pytest.mark.parametrize("seed", range(max(1, ROUNDS // 5)))
def test_embedding_killed_at_any_moment_goes_on_where_it_was(
    environment: dict[str, str], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(3000 + seed)
    bank(environment, "ingest", str(experiences(tmp_path / "files", ENTRIES)), "--publish")
    for _ in range(2):
        process = start(environment, "reindex")
        time.sleep(chance.uniform(1.0, 4.0))
        kill(process)
        bank(environment, "check")
    bank(environment, "reindex")
    checked(environment, waiting=0)
