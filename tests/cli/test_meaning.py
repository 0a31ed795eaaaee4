"""What the commands do and say about vectors."""

import shutil
import tarfile
from pathlib import Path

import pytest

from tests.commands import bank
from tests.making_files import experiences

WAITING = "found by words but not yet by meaning"


@pytest.fixture
def environment(environment: dict[str, str], landmarks: Path) -> dict[str, str]:
    shutil.copy(landmarks, Path(environment["BANK_HOME"]) / "vectors.db")
    return {**environment, "BANK_LANGUAGE": "en"}


def delete_vectors(environment: dict[str, str]) -> None:
    for path in Path(environment["BANK_HOME"]).glob("vectors.db*"):
        path.unlink()


def test_reindex_embeds_what_is_missing_and_says_how_much_check_and_repair_keep_watch(
    environment: dict[str, str], tmp_path: Path, landmarks: Path
) -> None:
    told = bank(environment, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
    assert f"2 entries are {WAITING}" in told.stderr
    assert "Waiting to be found by meaning: 2." in bank(environment, "check").stdout
    assert "By meaning: 2 entries read anew, 0 unchanged." in bank(environment, "reindex").stdout
    delete_vectors(environment)
    shutil.copy(landmarks, Path(environment["BANK_HOME"]) / "vectors.db")
    gone, *_ = bank(environment, "check", fine=(1,)).stdout.splitlines()
    assert gone.startswith("The vectors by which entries are found by meaning are gone")
    assert "Waiting to be found by meaning: 2." in bank(environment, "check", "--repair").stdout
    assert "By meaning: 2 entries read anew, 0 unchanged." in bank(environment, "reindex").stdout
    assert "By meaning: 0 entries read anew, 2 unchanged." in bank(environment, "reindex").stdout
    assert "Waiting" not in bank(environment, "check").stdout


def test_a_backup_leaves_vectors_out_and_restoring_does_not_trust_those_that_it_finds(
    environment: dict[str, str], tmp_path: Path
) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
    bank(environment, "reindex")
    archive = tmp_path / "bank.tar"
    bank(environment, "backup", str(archive))
    with tarfile.open(archive) as members:
        assert [name for name in members.getnames() if "vectors" in name] == []
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(Path(environment["BANK_HOME"]) / "vectors.db", elsewhere / "vectors.db")
    told = bank(environment, "restore", str(archive), "--into", str(elsewhere))
    assert f"2 entries are {WAITING}" in told.stderr
    restored = {**environment, "BANK_HOME": str(elsewhere)}
    assert "2 unchanged" in bank(restored, "reindex").stdout
    bank(restored, "check")


def test_without_meaning_nothing_is_said_or_written_of_it(environment: dict[str, str], tmp_path: Path) -> None:
    delete_vectors(environment)
    without = {**environment, "BANK_SEMANTIC": "off"}
    told = bank(without, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
    assert WAITING not in told.stderr
    assert "meaning" not in bank(without, "reindex").stdout
    assert "meaning" not in bank(without, "check").stdout
    assert "By meaning" not in bank(without, "search", "bibliotecas").stdout
    assert list(Path(environment["BANK_HOME"]).glob("vectors.db*")) == []
