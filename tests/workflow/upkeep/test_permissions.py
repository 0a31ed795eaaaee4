"""The bank's files are its user's and group's, whatever umask it was started with."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.upkeep.permissions import narrow_permissions, wide_paths
from tests.commands import bank
from tests.making_files import experiences


@pytest.mark.parametrize("umask", ["0000", "0022"])
def test_whatever_the_umask_files_are_0640_and_folders_0750(
    environment: dict[str, str], home: Path, tmp_path: Path, umask: str
) -> None:
    folder = experiences(tmp_path / "files", 2)
    command = 'umask "$1"; exec "$2" -m bank ingest "$3" --publish'
    subprocess.run(
        ["sh", "-c", command, "sh", umask, sys.executable, str(folder)],
        env={**environment, "BANK_SEMANTIC": "off"}, check=True, capture_output=True,
    )  # fmt: skip
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in home.rglob("*")}
    assert modes == {(False, 0o640), (True, 0o750)}


def test_check_names_what_too_many_may_read_and_repair_narrows_it(environment: dict[str, str], home: Path) -> None:
    quiet = {**environment, "BANK_SEMANTIC": "off", "BANK_LANGUAGE": "en"}
    bank(quiet, "init")
    (home / "uploads" / "README.md").touch(0o644)
    (home / "bank.db").chmod(0o644)
    (home / "index").chmod(0o755)
    printed = bank(quiet, "check", fine=(1,)).stdout
    assert "All is well" not in printed
    assert f"Too many may read {home}/bank.db: its permissions are 0644, not 0640." in printed
    assert f"Too many may read {home}/index: its permissions are 0755, not 0750." in printed
    assert "README" not in printed
    assert "Too many" not in bank(quiet, "check", "--repair").stdout
    assert stat.S_IMODE((home / "bank.db").stat().st_mode) == 0o640


def test_who_opens_a_bank_without_the_command_gets_a_private_catalogue(settings: Settings) -> None:
    before = os.umask(0)
    try:
        made = open_bank(settings)
        journals = {path.name: stat.S_IMODE(path.stat().st_mode) for path in settings.home.glob("bank.db*")}
        made.database.close()
    finally:
        os.umask(before)
    assert {"bank.db", "bank.db-wal"} <= journals.keys()
    assert set(journals.values()) == {0o640}


def test_links_are_left_alone_and_nothing_is_given(settings: Settings, tmp_path: Path) -> None:
    open_bank(settings).database.close()
    narrow_permissions(settings)
    outside = tmp_path / "outside"
    outside.touch(0o666)
    outside.chmod(0o666)
    (settings.uploads_folder / "link").symlink_to(outside)
    (settings.home / "bank.db").chmod(0o600)
    assert list(wide_paths(settings)) == []
    assert stat.S_IMODE((settings.home / "bank.db").stat().st_mode) == 0o600
