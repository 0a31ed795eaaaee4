"""The points at which a fault experiment ends the process."""

import os
import subprocess
import sys

import pytest

PASS = "from bank import crash_points; crash_points.crash_point('here'); print('passed')"


CASES = [("here", 137, b""), ("there", 0, b"passed\n"), ("", 0, b"passed\n")]


@pytest.mark.parametrize(("told", "code", "said"), CASES)
def test_a_process_ends_only_at_the_point_it_was_told(told: str, code: int, said: bytes) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PASS], env={**os.environ, "BANK_CRASH_AT": told}, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (code, said)
