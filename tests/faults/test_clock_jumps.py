"""The wall clock is set two hours forward and back while people work in a served bank.

Nothing acknowledged is lost, no session ends, no job and no entry waits for the clock to come round again, versions
follow one another, the audit's chain is whole, the log tells of no error. BANK_ROUNDS says how many rounds.
"""

import os
import random
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path

import pytest

from bank.settings import Settings
from tests.faults.clocks import SetClock
from tests.faults.comparing import lost
from tests.faults.mixed_load import Crowd, tokens_in
from tests.faults.serving import asked, checked, drained, serving
from tests.faults.tally import Tell

ROUNDS = max(1, int(os.environ.get("BANK_ROUNDS", "1")) // 3)
HOURS = (2, -2)
NOW = "import time; time.sleep(0.01); print(time.time())"


def test_the_clock_of_a_process_can_be_set(environment: dict[str, str], tmp_path: Path) -> None:
    clock = SetClock(tmp_path, environment)
    told = []
    for hours in HOURS:
        clock.set(hours)
        run = [sys.executable, "-c", NOW]
        told.append(float(subprocess.run(run, env=clock.environment, capture_output=True, check=True).stdout))
    assert told[0] - told[1] > 3.9 * 3600


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_clock_that_jumps_loses_nothing_and_holds_nothing_up(
    people_home: Path, home: Path, environment: dict[str, str], tmp_path: Path, tell: Tell, seed: int
) -> None:
    """In every second round the bank is killed while the clock is ahead, and comes back with one that is behind."""
    chance = random.Random(6000 + seed)
    plain = {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off", "BANK_THROTTLE": "off"}
    clock = SetClock(tmp_path, plain)
    tokens = tokens_in(people_home, Settings(home=home, semantic="off", ocr="off"))
    with serving(clock.environment, tmp_path / "before.log") as served:
        crowd = Crowd([served.address], tokens, seed)
        crowd.begin()
        for hours in (0, *chance.sample(HOURS, 2), 2):
            clock.set(hours)
            time.sleep(1.2)  # after a second at the latest the processes look at their clock's file again
            crowd.acknowledged(chance.randint(1, 6))
        if seed % 2:
            served.kill()
        notes = crowd.end()
        clock.set(-2)
        if not seed % 2:
            drained(plain, served)
            served.end()
        assert served.errors() == []
    with serving(clock.environment, tmp_path / "after.log") as served:
        drained(plain, served)
        clock.set(0)
        missing = lost(served.address, tokens, notes)
        drained(plain, served)
        tell("clock two hours back and forth", notes.acknowledged, len(missing))
        checked(plain)
        served.end()
        assert served.errors() == []
    assert missing == []
    assert notes.odd == []
    assert gaps(plain) == {}


def gaps(environment: dict[str, str]) -> dict[object, list[object]]:
    """Entry -> the versions kept of it, where they don't follow one another (the first has nothing before it)."""
    rows = asked(environment, "SELECT entry_id, version FROM revision ORDER BY entry_id, version")
    kept = {id: [row[1] for row in some] for id, some in groupby(rows, key=lambda row: row[0])}
    return {id: found for id, found in kept.items() if found != list(range(2, len(found) + 2))}
