"""A backup holds the whole bank of one moment; restoring gives that bank or nothing."""

import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.catalogue import files
from bank.catalogue.anchor import ANCHOR_FILE
from bank.errors import Busy, Conflict, Damaged, NotFound, SettingsError
from bank.markers import MARKER_NAME
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.index.lock import worker_lock
from bank.workflow.upkeep.archive import MANIFEST_MEMBER, examine_archive
from bank.workflow.upkeep.backup import make_backup, restore_backup
from bank.workflow.upkeep.check import faults_of_originals
from bank.workflow.upkeep.putting_back import restore_originals
from tests.originals import add_original

Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copies" / "bank.tar"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "elsewhere")


@pytest.fixture
def filled(bank: Bank, target: Path) -> Bank:
    """A bank with two entries, and a folder for copies."""
    target.parent.mkdir()
    add_original(bank, "La plaza que enseña", name="La plaza que enseña")
    add_original(bank, "El río vuelve", name="El río vuelve")
    return bank


def original_digests(bank: Bank) -> set[str]:
    with bank.database.reading() as session:
        return files.digests_in_rows(session)


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def members(archive: Path) -> Members:
    with tarfile.open(archive) as opened:
        return [(member, content.read()) for member in opened if (content := opened.extractfile(member)) is not None]


def rewritten(archive: Path, given: Members) -> Path:
    """The archive, holding these members instead."""
    with tarfile.open(archive, "w") as out:
        for member, content in given:
            member.size = len(content) if member.isreg() else 0
            out.addfile(member, io.BytesIO(content))
    return archive


def test_a_restored_bank_has_every_entry_and_every_original(filled: Bank, target: Path, elsewhere: Settings) -> None:
    made = make_backup(filled, target)
    assert (made.originals, made.left_out, made.size) == (2, (), target.stat().st_size)
    restore_backup(target, elsewhere)
    restored = open_bank(elsewhere)
    assert restored.namespace == filled.namespace
    digests = original_digests(restored)
    assert digests == original_digests(filled)
    assert set(restored.uploads.digests()) == digests
    assert all(restored.uploads.verify(digest) for digest in digests)
    restored.database.close()


def test_only_the_database_and_the_originals_are_restored(filled: Bank, target: Path, elsewhere: Settings) -> None:
    digest = min(original_digests(filled))
    filled.uploads.put_derived(f"{digest}.webp", b"picture")
    make_backup(filled, target)
    restore_backup(target, elsewhere)
    originals = {str(filled.uploads.path(one).relative_to(filled.settings.home)) for one in original_digests(filled)}
    markers = {f"uploads/{MARKER_NAME}", f"index/{MARKER_NAME}"}
    assert (
        tree(elsewhere.home)
        == {"bank.db", "bank.anchor", "worker.lock", f"uploads/{ANCHOR_FILE}"} | markers | originals
    )


def test_a_backup_is_private_and_leaves_nothing_beside_it(filled: Bank, target: Path) -> None:
    make_backup(filled, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["bank.tar"]


def test_a_new_backup_takes_the_place_of_the_old_one(filled: Bank, target: Path) -> None:
    target.write_bytes(b"old")
    make_backup(filled, target)
    assert len(examine_archive(target).originals) == 2


def test_the_archive_is_a_tar_that_any_program_reads(filled: Bank, target: Path) -> None:
    make_backup(filled, target)
    names = [member.name for member, _ in members(target)]
    assert names[0] == "bank.db"
    assert names[-1] == "manifest.json"
    assert set(names[1:-1]) == {f"originals/{digest}" for digest in original_digests(filled)}


def test_what_is_added_meanwhile_does_not_disturb(filled: Bank, target: Path) -> None:
    told = []

    def progress(done: int, total: int | None, message: str = "") -> None:
        told.append((done, total))
        if len(told) == 1:
            add_original(filled, "Más tarde", name="Más tarde")

    assert make_backup(filled, target, progress).originals == 2
    assert len(original_digests(filled)) == 3
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert len(examine_archive(target).originals) == 2


def test_a_missing_and_a_damaged_original_do_not_stop_the_rest(filled: Bank, target: Path, elsewhere: Settings) -> None:
    missing, damaged = sorted(original_digests(filled))
    filled.uploads.path(missing).unlink()
    filled.uploads.path(damaged).write_bytes(b"changed")
    made = make_backup(filled, target)
    assert (made.originals, made.left_out) == (0, (missing, damaged))
    assert restore_backup(target, elsewhere).manifest.left_out == (missing, damaged)


UNREADABLE: list[Callable[[Path], None]] = [lambda path: path.mkdir(), lambda path: path.symlink_to("/proc/self/mem")]
"""What stands where an original was: reading it ends with EISDIR, with EIO."""


@pytest.mark.parametrize("put_there", UNREADABLE)
def test_an_original_that_cannot_be_read_stops_neither_backup_nor_check_nor_its_return(
    filled: Bank, target: Path, tmp_path: Path, elsewhere: Settings, put_there: Callable[[Path], None]
) -> None:
    make_backup(filled, target)
    unreadable, whole = sorted(original_digests(filled))
    path = filled.uploads.path(unreadable)
    path.unlink()
    put_there(path)
    lacking = tmp_path / "lacking.tar"
    made = make_backup(filled, lacking)
    assert (made.originals, made.left_out) == (1, (unreadable,))
    assert examine_archive(lacking).originals == (whole,)
    assert len(faults_of_originals(filled, {unreadable, whole})) == 1
    assert restore_originals(filled, target).number == 1
    assert filled.uploads.verify(unreadable)
    assert set(filled.uploads.digests()) == {unreadable, whole}


def test_a_bank_that_is_there_already_is_not_written_over(filled: Bank, target: Path, elsewhere: Settings) -> None:
    make_backup(filled, target)
    before = (filled.settings.home / "bank.db").stat().st_ino
    with pytest.raises(Conflict) as refused:
        restore_backup(target, filled.settings)
    assert str(filled.settings.home) in refused.value.told()
    assert (filled.settings.home / "bank.db").stat().st_ino == before


def test_a_left_over_journal_is_moved_aside_and_not_played_into_the_restored_bank(
    filled: Bank, target: Path, elsewhere: Settings
) -> None:
    make_backup(filled, target)
    elsewhere.home.mkdir()
    journal = elsewhere.home / "bank.db-wal"
    shutil.copy(filled.settings.home / "bank.db-wal", journal)
    frames = journal.read_bytes()
    assert frames
    ((source, moved),) = restore_backup(target, elsewhere).moved
    assert (source, moved.read_bytes()) == (journal, frames)
    assert not journal.exists()
    restored = open_bank(elsewhere)
    assert original_digests(restored) == original_digests(filled)
    restored.database.close()


def test_a_running_bank_is_not_restored_into(filled: Bank, target: Path, elsewhere: Settings) -> None:
    make_backup(filled, target)
    with worker_lock(elsewhere), pytest.raises(Busy):
        restore_backup(target, elsewhere)


def spoilt_byte(given: Members) -> Members:
    return [
        (one, bytes([content[0] ^ 1]) + content[1:] if "originals" in one.name else content) for one, content in given
    ]


def spoilt_database(given: Members) -> Members:
    return [(one, content + b"x" if one.name == "bank.db" else content) for one, content in given]


def original_gone(given: Members) -> Members:
    return [pair for number, pair in enumerate(given) if number != 1]


def cut_off(given: Members) -> Members:
    return given[:-1]


def twice(given: Members) -> Members:
    return [given[0], *given]


def surplus_original(given: Members) -> Members:
    member = tarfile.TarInfo("originals/" + hashlib.sha256(b"more").hexdigest())
    return [(member, b"more"), *given]


def named(name: str) -> Callable[[Members], Members]:
    def more(given: Members) -> Members:
        return [(tarfile.TarInfo(name), b"evil"), *given]

    return more


def linked(kind: bytes, name: str = "bank.db") -> Callable[[Members], Members]:
    def more(given: Members) -> Members:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        return [(member, b""), *given[1:]]

    return more


def told_by_manifest(text: str) -> Callable[[Members], Members]:
    def changed(given: Members) -> Members:
        return [*given[:-1], (given[-1][0], text.encode())]

    return changed


def of_a_newer_version(given: Members) -> Members:
    manifest = json.loads(given[-1][1]) | {"format": 99}
    return told_by_manifest(json.dumps(manifest))(given)


SPOILT = [
    spoilt_byte, spoilt_database, original_gone, cut_off, twice, surplus_original, of_a_newer_version,
    named("../evil"), named("/tmp/evil"), named("originals/../../evil"), named("secret.key"), named("originals/evil"),
    linked(tarfile.SYMTYPE), linked(tarfile.LNKTYPE), linked(tarfile.DIRTYPE), linked(tarfile.FIFOTYPE),
    linked(tarfile.SYMTYPE, "originals"), told_by_manifest("{"), told_by_manifest("[]"), told_by_manifest("{}"),
    told_by_manifest("[" * 100_000),
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
def test_an_archive_that_is_not_whole_and_ours_writes_nothing(
    filled: Bank, target: Path, elsewhere: Settings, spoil: Callable[[Members], Members]
) -> None:
    make_backup(filled, target)
    rewritten(target, spoil(members(target)))
    before = tree(target.parent.parent)
    with pytest.raises(Damaged):
        restore_backup(target, elsewhere)
    assert tree(target.parent.parent) == before
    assert not elsewhere.home.exists()


def test_a_name_that_leads_elsewhere_is_refused_before_its_content_is_read(
    filled: Bank, target: Path, elsewhere: Settings
) -> None:
    make_backup(filled, target)
    rewritten(target, named("originals/../../evil")(members(target)))
    read = []
    with pytest.raises(Damaged) as refused:
        restore_backup(target, elsewhere, lambda done, total, message="": read.append(message))
    assert "originals/../../evil" in refused.value.told()
    assert read == []


@pytest.mark.parametrize("size", [0, 100, 512, 5000, -1])
def test_an_archive_cut_at_any_byte_is_refused(filled: Bank, target: Path, elsewhere: Settings, size: int) -> None:
    make_backup(filled, target)
    whole = target.read_bytes()
    end = whole.index(MANIFEST_MEMBER.encode()) if size < 0 else size
    target.write_bytes(whole[:end])
    with pytest.raises(Damaged):
        restore_backup(target, elsewhere)


def test_what_is_no_archive_at_all_is_said_to_be_so(tmp_path: Path, elsewhere: Settings) -> None:
    with pytest.raises(NotFound):
        restore_backup(tmp_path / "nothing.tar", elsewhere)
    (tmp_path / "letter.tar").write_text("Estimada red:" * 100)
    with pytest.raises(Damaged):
        restore_backup(tmp_path / "letter.tar", elsewhere)


@pytest.mark.alters_rows
def test_a_damaged_database_is_not_backed_up_over_a_good_copy(filled: Bank, target: Path) -> None:
    make_backup(filled, target)
    filled.database.close()
    database = filled.settings.home / "bank.db"
    whole = bytearray(database.read_bytes())
    whole[4096:20_000] = b"\xff" * (20_000 - 4096)
    database.write_bytes(whole)
    with pytest.raises(Damaged):
        make_backup(filled, target)
    assert len(examine_archive(target).originals) == 2
    assert [path.name for path in target.parent.iterdir()] == ["bank.tar"]


def test_a_folder_that_is_not_there_is_named(filled: Bank, tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        make_backup(filled, tmp_path / "nowhere" / "bank.tar")
    assert "nowhere" in refused.value.told()


def test_a_server_database_is_left_to_its_own_programs(filled: Bank, target: Path) -> None:
    make_backup(filled, target)
    with pytest.raises(SettingsError):
        restore_backup(target, Settings(database_url="postgresql+psycopg://bank@localhost/bank"))


ACT = """
import sys
from pathlib import Path
from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.upkeep.backup import make_backup, restore_backup
home, archive = Settings(home=Path(sys.argv[2])), Path(sys.argv[3])
make_backup(open_bank(home), archive) if sys.argv[1] == "backup" else restore_backup(archive, home)
"""


def act(name: str, home: Path, archive: Path, place: str = "") -> int:
    command = [sys.executable, "-c", ACT, name, str(home), str(archive)]
    return subprocess.run(command, env={**os.environ, "BANK_CRASH_AT": place}, check=False).returncode


@pytest.mark.parametrize("place", ["backup.copied", "backup.written"])
def test_a_crash_during_a_backup_leaves_the_old_one(filled: Bank, target: Path, place: str) -> None:
    target.write_bytes(b"old")
    assert act("backup", filled.settings.home, target, place) == 137
    assert target.read_bytes() == b"old"
    assert act("backup", filled.settings.home, target) == 0
    assert len(examine_archive(target).originals) == 2


@pytest.mark.parametrize("place", ["upload.renamed", "restore.written"])
def test_a_crash_during_a_restore_leaves_no_bank_and_it_can_be_run_again(
    filled: Bank, target: Path, elsewhere: Settings, place: str
) -> None:
    make_backup(filled, target)
    assert act("restore", elsewhere.home, target, place) == 137
    assert not (elsewhere.home / "bank.db").exists()
    assert act("restore", elsewhere.home, target) == 0
    restored = open_bank(elsewhere)
    assert original_digests(restored) == original_digests(filled)
    restored.database.close()
