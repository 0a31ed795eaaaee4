"""The N-th system call of an ingest fails, by strace: fsync with EIO, a write with ENOSPC, a rename with EIO.

Nothing acknowledged is lost, the next run needs no hand, and `bank check` finds nothing wrong. Only with BANK_ROUNDS
set (`make soak`).
"""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands import COMMAND, PATIENCE, bank
from tests.faults.tally import Tell
from tests.faults.test_kills import acknowledged, published
from tests.making_files import experiences

ROUNDS = int(os.environ.get("BANK_ROUNDS", "0")) // 3
FILES = 6
CALLS = (("fdatasync,fsync", "EIO"), ("pwrite64", "ENOSPC"), ("rename,renameat,renameat2", "EIO"))


def may_trace() -> bool:
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "-qq", "-o", os.devnull, "true"], check=False).returncode == 0


@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize(("calls", "error"), CALLS)
def test_a_system_call_that_fails_loses_nothing_acknowledged(
    environment: dict[str, str], tmp_path: Path, tell: Tell, calls: str, error: str, seed: int
) -> None:
    """Each thread's call number `which` fails, and only that one."""
    assert may_trace(), "strace is not installed, or may not trace"
    which = random.Random(8000 + seed).randint(1, 60)
    plain = {**environment, "BANK_SEMANTIC": "off"}
    folder = experiences(tmp_path / "files", FILES)
    traced = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}"]
    traced += ["-e", f"inject={calls}:error={error}:when={which}"]
    ended = subprocess.run(
        [*traced, *COMMAND, "ingest", str(folder), "--publish", "--json"],
        env=plain,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    told = acknowledged(ended.stdout)
    bank(plain, "ingest", str(folder), "--publish")
    found = published(plain)
    tell(f"{calls.partition(',')[0]} number N fails with {error}", len(told), len(told - found))
    assert told <= found
    assert len(found) == FILES
    bank(plain, "check")
    assert b"Traceback" not in ended.stderr, ended.stderr[-3000:]
