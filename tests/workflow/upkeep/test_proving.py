"""A backup counts as proved once a restore of it was found whole, and no other backup does."""

import hashlib
import io
import shutil
import tarfile
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.clock import now
from bank.disk import margin_bytes
from bank.errors import BankError, Damaged
from bank.settings import Settings
from bank.uploads import UploadsFolder
from bank.workflow.bank import Bank
from bank.workflow.upkeep import proving
from bank.workflow.upkeep.archive import Manifest, add_manifest, add_member
from bank.workflow.upkeep.backup import make_backup
from bank.workflow.upkeep.notes import BackupNote, last_backup, last_proof
from bank.workflow.upkeep.proving import note_proof_of, prove_backup
from tests.faults.old_banks import DRAFTS, PUBLISHED, earlier_revisions, make_old_bank
from tests.originals import add_original


@pytest.fixture
def filled(bank: Bank) -> Bank:
    add_original(bank, "La plaza")
    return bank


def noted(bank: Bank) -> BackupNote | None:
    with bank.database.reading() as session:
        return last_backup(session)


def test_a_bank_knows_its_last_backup_and_whether_that_one_was_proved(filled: Bank, tmp_path: Path) -> None:
    assert noted(filled) is None
    first, second = tmp_path / "1.tar", tmp_path / "2.tar"
    made = make_backup(filled, first)
    note = noted(filled)
    assert note is not None
    assert (note.size, note.name, note.proved) == (first.stat().st_size, "1.tar", None)
    assert made.noted
    proof = prove_backup(first, filled.settings)
    assert (proof.originals, proof.made, proof.digest, proof.sealed) == (1, note.made, note.digest, True)
    assert note_proof_of(filled, proof)
    note = noted(filled)
    assert note is not None
    assert note.proved == proof.moment
    make_backup(filled, second)
    assert note_proof_of(filled, prove_backup(first, filled.settings))
    note = noted(filled)
    assert note is not None
    assert (note.name, note.proved) == ("2.tar", None), "only the first was proved"
    with filled.database.reading() as session:
        proved = last_proof(session)
    assert proved is not None
    assert proved.name == "1.tar"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.tar", "2.tar", "bank"]


def test_a_backup_that_lacks_an_original_or_was_altered_is_not_proved(filled: Bank, tmp_path: Path) -> None:
    whole, lacking = tmp_path / "whole.tar", tmp_path / "lacking.tar"
    make_backup(filled, whole)
    altered = whole.read_bytes().replace(b"La plaza", b"La plasa")
    (tmp_path / "altered.tar").write_bytes(altered)
    shutil.rmtree(filled.settings.uploads_folder)
    make_backup(filled, lacking)
    for archive in (tmp_path / "altered.tar", lacking):
        with pytest.raises(Damaged):
            prove_backup(archive, filled.settings)
    prove_backup(whole, filled.settings)
    assert not list(tmp_path.glob(".bank-proof-*"))


def archive_of_old_bank(settings: Settings, revision: str, to: Path) -> Path:
    """A backup as a version with this revision of the catalogue wrote it."""
    settings.home.mkdir()
    make_old_bank(settings, revision)
    digests = sorted(UploadsFolder(settings.uploads_folder).digests())
    with tarfile.open(to, "w") as archive:
        database = (settings.home / "bank.db").read_bytes()
        add_member(archive, "bank.db", io.BytesIO(database), 0)
        for digest in digests:
            content = UploadsFolder(settings.uploads_folder).path(digest).read_bytes()
            add_member(archive, f"originals/{digest}", io.BytesIO(content), 0)
        sealed = hashlib.sha256(database).hexdigest()
        add_manifest(archive, Manifest(1, "0.1", now().isoformat(), sealed, tuple(digests), ()), 0)
    return to


@pytest.mark.parametrize("revision", [earlier_revisions()[0], earlier_revisions()[-1]])
def test_a_backup_of_an_earlier_version_is_proved_without_its_seals(
    tmp_path: Path, settings: Settings, revision: str
) -> None:
    archive = archive_of_old_bank(Settings(home=tmp_path / "old"), revision, tmp_path / "old.tar")
    proof = prove_backup(archive, settings)
    assert (proof.sealed, proof.originals) == (False, PUBLISHED + DRAFTS)


def test_the_proof_of_another_banks_backup_is_noted_nowhere(filled: Bank, tmp_path: Path) -> None:
    make_backup(filled, tmp_path / "bank.tar")
    other = open_bank(Settings(home=tmp_path / "other"))
    assert not note_proof_of(other, prove_backup(tmp_path / "bank.tar", other.settings))
    with other.database.reading() as session:
        assert last_proof(session) is None
    other.database.close()


def test_without_room_beside_the_archive_nothing_is_begun(
    filled: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(filled, tmp_path / "bank.tar")
    size = (tmp_path / "bank.tar").stat().st_size
    for free in (10, size + margin_bytes(tmp_path) - 1):
        monkeypatch.setattr(proving, "free_bytes", lambda folder, free=free: free)
        with pytest.raises(BankError, match="free beside it"):
            prove_backup(tmp_path / "bank.tar", filled.settings)
