"""The disk fills at random moments while people work in a served bank, and has room again a little later.

What was acknowledged is there, what was refused was refused with a sentence (507), and the bank goes on without a
restart. BANK_ROUNDS says how many rounds; where no disk may be mounted the rounds are skipped.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bank.reserve import Reserve
from bank.settings import Settings
from tests.faults.comparing import lost
from tests.faults.mixed_load import Crowd, tokens_in
from tests.faults.serving import checked, drained, serving, until
from tests.faults.tally import Tell
from tests.small_disks import fill_disk, make_room, mounted_disk

ROUNDS = max(1, int(os.environ.get("BANK_ROUNDS", "1")) // 3)
DISK_MB = 160
LEFT = (0, 4096, 65536, 1 << 20, 5 << 20)
"""Bytes that are free on a full disk."""
TOLD = (": 507 ", ": 503 ", "etag")
"""How what was refused for want of room begins, and what a page without an entry's version says."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted_disk(tmp_path / "disk", DISK_MB) as folder:
        yield folder


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_disk_that_fills_under_mixed_load_loses_nothing_and_needs_no_restart(
    people_home: Path, disk: Path, environment: dict[str, str], tmp_path: Path, tell: Tell, seed: int
) -> None:
    chance, home = random.Random(9000 + seed), disk / "bank"
    home.mkdir()
    tokens = tokens_in(people_home, Settings(home=home, semantic="off", ocr="off"))
    Reserve(home).make()
    plain = {**environment, "BANK_HOME": str(home)}
    plain |= {"BANK_SEMANTIC": "off", "BANK_OCR": "off", "BANK_THROTTLE": "off"}
    with serving(plain, tmp_path / "serve.log") as served:
        crowd = Crowd([served.address], tokens, seed)
        crowd.begin()
        for _ in range(2):
            time.sleep(chance.uniform(0.5, 2.0))
            fill_disk(disk, chance.choice(LEFT))
            time.sleep(chance.uniform(0.5, 2.0))
            make_room(disk)
        time.sleep(1.0)
        notes = crowd.end()
        until(lambda: served.answers("/readyz"), "the bank is not ready again", served)
        drained(plain, served)
        missing = lost(served.address, tokens, notes)
        drained(plain, served)
        tell("disk that fills under mixed load", notes.acknowledged, len(missing), "by itself, once there was room")
        checked(plain)
        served.end()
    assert missing == []
    assert [line for line in notes.odd if not any(told in line for told in TOLD)] == []
