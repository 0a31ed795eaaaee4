"""kill -9 of a served bank while people deposit, save, hand in, publish, withdraw and search, all at once.

Everything that was acknowledged is there after a restart that needs no hand, each published entry is found once, and
`bank check` finds nothing wrong. BANK_ROUNDS says how many rounds (2 without); one in ten has search by meaning.
"""

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from bank.settings import Settings
from tests.faults.comparing import lost
from tests.faults.mixed_load import Crowd, tokens_in
from tests.faults.serving import checked, drained, serving
from tests.faults.tally import Tell

ROUNDS = int(os.environ.get("BANK_ROUNDS", "2"))
MOST_ACTS = 40
"""Acts that are acknowledged at most before the kill, but for those of the last instant."""


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_bank_killed_under_mixed_load_has_all_that_was_acknowledged(
    people_home: Path,
    home: Path,
    environment: dict[str, str],
    tmp_path: Path,
    tell: Tell,
    request: pytest.FixtureRequest,
    seed: int,
) -> None:
    chance = random.Random(4000 + seed)
    meaning = "on" if seed % 10 == 9 else "off"
    plain = {**environment, "BANK_SEMANTIC": meaning, "BANK_OCR": "off", "BANK_THROTTLE": "off"}
    tokens = tokens_in(people_home, Settings(home=home, semantic="off", ocr="off"))
    if meaning == "on":
        shutil.copy(request.getfixturevalue("landmarks"), home / "vectors.db")
    with serving(plain, tmp_path / "before.log") as served:
        crowd = Crowd([served.address], tokens, seed)
        crowd.begin()
        crowd.acknowledged(chance.randint(3, MOST_ACTS))
        time.sleep(chance.uniform(0, 0.2))
        served.kill()
        notes = crowd.end()
    with serving(plain, tmp_path / "after.log") as served:
        drained(plain, served)
        missing = lost(served.address, tokens, notes)
        drained(plain, served)
        tell(f"kill -9 under mixed load, meaning {meaning}", notes.acknowledged, len(missing))
        checked(plain)
        served.end()
        assert served.errors() == []
    assert missing == []
    assert notes.odd == []
