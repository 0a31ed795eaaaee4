"""A restore on a full disk tells the operator how much must be free and where, and leaves nothing half-written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import COMMAND, PATIENCE, bank
from tests.ingest.making_pdfs import pdf
from tests.making_files import experiences
from tests.small_disks import fill_disk, make_room, mounted_disk

MB = 1024 * 1024
LIMIT_BYTES = 4 * MB
LIMITED = f"""
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT_BYTES}, {LIMIT_BYTES}))
os.execv(sys.argv[1], sys.argv[1:])
"""
"""A program that starts another one with a limit on the size of files, which ends writing as a full disk does."""


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off", "BANK_LANGUAGE": "en"}


@pytest.fixture
def archive(environment: dict[str, str], tmp_path: Path) -> Path:
    """The backup of a bank with three small originals and one over the limit."""
    folder = experiences(tmp_path / "files", 3)
    (folder / "large.pdf").write_bytes(pdf() + b"%%" + b"x" * (LIMIT_BYTES + MB))
    bank(environment, "ingest", str(folder), "--publish")
    bank(environment, "backup", str(tmp_path / "all.tar"))
    return tmp_path / "all.tar"


def limited(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command with the limit."""
    command = [sys.executable, "-c", LIMITED, *COMMAND, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_without_room_nothing_is_begun_and_the_room_is_told(
    environment: dict[str, str], archive: Path, tmp_path: Path
) -> None:
    with mounted_disk(tmp_path / "disk", 24) as disk:
        fill_disk(disk, left=2 * MB)
        (disk / "empty").mkdir()
        for target in (disk / "new", disk / "empty"):
            told = bank(environment, "restore", str(archive), "--into", str(target), fine=(1,)).stderr
            found = re.match(r"The disk of (\S+) has no room for .*: (\d+) MB must be free there, and (\d+) MB", told)
            assert found is not None, told
            assert found.group(1) == str(target)
            assert (int(found.group(2)), int(found.group(3))) == (7, 2), told
            assert told.count("\n") == 1
        assert sorted(path.name for path in disk.rglob("*")) == ["empty", "filler"]
        make_room(disk)
        bank(environment, "restore", str(archive), "--into", str(disk / "new"))
        bank({**environment, "BANK_HOME": str(disk / "new")}, "check")


def test_a_disk_that_fills_amid_restoring_is_told_and_left_as_it_was(
    environment: dict[str, str], archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "new", tmp_path / "empty"):
        there = target.exists()
        ended = limited(environment, "restore", str(archive), "--into", str(target))
        assert ended.returncode == 1
        assert ended.stderr.startswith(f"The disk of {target} became full amid restoring, so nothing was restored. ")
        assert ended.stderr.count("\n") == 1
        assert target.exists() == there
        assert not there or list(target.iterdir()) == []
        bank(environment, "restore", str(archive), "--into", str(target))
        bank({**environment, "BANK_HOME": str(target)}, "check")


def test_what_lay_there_before_a_restore_that_failed_is_left(
    environment: dict[str, str], home: Path, archive: Path
) -> None:
    before = sorted((home / "uploads" / "sha256").glob("??/??/*"))
    (home / "bank.db").unlink()
    next(path for path in before if path.stat().st_size > LIMIT_BYTES).unlink()
    assert limited(environment, "restore", str(archive)).returncode == 1
    assert not (home / "bank.db").exists()
    assert len(sorted((home / "uploads" / "sha256").glob("??/??/*"))) == 3
    bank(environment, "restore", str(archive))
    bank(environment, "check")
