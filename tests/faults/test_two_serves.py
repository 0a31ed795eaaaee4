"""Two `bank serve` on one home: people act through both at once, one is killed with kill -9, the other goes on.

Nothing acknowledged is lost, the audit's chain is whole, nothing is indexed twice. BANK_ROUNDS says how many rounds.
"""

import os
import random
import time
from pathlib import Path

import pytest

from bank.settings import Settings
from tests.faults.comparing import lost
from tests.faults.mixed_load import Crowd, tokens_in
from tests.faults.serving import checked, drained, serving
from tests.faults.tally import Tell

ROUNDS = max(1, int(os.environ.get("BANK_ROUNDS", "1")) // 3)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_of_two_served_banks_on_one_home_one_is_killed_and_the_other_goes_on(
    people_home: Path, home: Path, environment: dict[str, str], tmp_path: Path, tell: Tell, seed: int
) -> None:
    """The one killed is the first, whose worker is at work, or the second, whose worker waits."""
    plain = {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off", "BANK_THROTTLE": "off"}
    tokens = tokens_in(people_home, Settings(home=home, semantic="off", ocr="off"))
    chance = random.Random(5000 + seed)
    with serving(plain, tmp_path / "one.log") as one, serving(plain, tmp_path / "other.log") as other:
        crowd = Crowd([one.address, other.address], tokens, seed)
        crowd.begin()
        crowd.acknowledged(chance.randint(5, 30))
        time.sleep(chance.uniform(0, 0.2))
        dead, alive = (one, other) if seed % 2 == 0 else (other, one)
        dead.kill()
        crowd.acknowledged(chance.randint(3, 20))
        notes = crowd.end()
        drained(plain, alive)
        missing = lost(alive.address, tokens, notes)
        drained(plain, alive)
        tell("two serves on one home, one killed", notes.acknowledged, len(missing))
        checked(plain)
        alive.end()
        assert alive.errors() == []
    assert missing == []
    assert notes.odd == []
