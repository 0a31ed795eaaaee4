"""`bank backup --prove`, `bank restore --prove` and `--originals`, as an operator runs them."""

from pathlib import Path

from tests.commands import bank
from tests.making_files import experience


def test_a_backup_is_proved_and_a_lost_original_put_back_from_it(environment: dict[str, str], tmp_path: Path) -> None:
    environment = {**environment, "BANK_SEMANTIC": "off", "BANK_LANGUAGE": "en"}
    archive = tmp_path / "bank.tar"
    bank(environment, "ingest", str(experience(tmp_path, 1)), "--publish")
    assert "everything in it is whole (1 original)" in bank(environment, "backup", str(archive), "--prove").stdout
    assert "everything in it is whole" in bank(environment, "restore", str(archive), "--prove").stdout
    elsewhere = {**environment, "BANK_HOME": str(tmp_path / "empty")}
    assert "everything in it is whole" in bank(elsewhere, "restore", str(archive), "--prove").stdout
    assert not (tmp_path / "empty" / "bank.db").exists()
    (original,) = (Path(environment["BANK_HOME"]) / "uploads" / "sha256").glob("??/??/*")
    original.unlink()
    assert "its original is gone" in bank(environment, "check", fine=(1,)).stdout
    assert "1 original was put back" in bank(environment, "restore", str(archive), "--originals").stdout
    bank(environment, "check")
