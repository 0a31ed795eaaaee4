"""Makes a backup of the whole bank in one file while the bank runs, and restores it elsewhere.

The database is copied first, then every original that the copy names: originals are written before the rows that name
them, so the copy never names one that isn't there. The index, the vectors and the thumbnails are not in it; they can be
made again from what is.
"""

import shutil
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bank import __version__, clock, crash_points
from bank.catalogue import audit, files, people, sqlite, tickets
from bank.catalogue.audit import AuditHead
from bank.disk import expect_disk_room, free_bytes, telling_disk_failures
from bank.errors import Busy, Conflict, Damaged, DiskFull, NotFound, ReadOnlyDisk
from bank.messages import N_
from bank.progress import Progress, no_progress
from bank.settings import Settings
from bank.uploads import Uploads, UploadsFolder
from bank.whole_files import writing_whole_file
from bank.workflow.bank import Bank
from bank.workflow.index.lock import worker_lock
from bank.workflow.upkeep.anchoring import begin_anchor, remove_anchors
from bank.workflow.upkeep.anew import bank_is_there, moment_ending, move_database
from bank.workflow.upkeep.archive import (
    ARCHIVE_CHUNK_BYTES,
    ARCHIVE_FORMAT,
    DATABASE_MEMBER,
    ORIGINALS_PREFIX,
    Manifest,
    add_manifest,
    add_member,
    digest_of_stream,
    examine_archive,
    open_archive,
)
from bank.workflow.upkeep.belonging import expect_own_index, expect_uploads_of, mark_folders
from bank.workflow.upkeep.notes import BackupNote, note_backup
from bank.workflow.upkeep.restore_room import expect_restore_room, leaving_nothing_half
from bank.workflow.upkeep.targets import expect_home_outside_banks, expect_target_outside_bank

BANK_ALREADY_THERE = N_(
    "There is a bank already: {path}. To replace it, stop it, move that file and those beside it that begin with its "
    "name into another folder, and run this again; the originals may stay. Or restore into another, empty folder with "
    "--into NEW-FOLDER, and name that folder in BANK_HOME."
)
MAY_BE_A_BANK = N_(
    "{path} can't be read, but it may be a bank's catalogue, so nothing is written over it. Stop the bank, move that "
    "file and those beside it that begin with its name into another folder, and run this again; the originals may stay."
)
DATABASE_NOT_BACKED_UP = N_("The database is damaged, so no backup was made: {reason}. `bank check` says what to do.")
NO_ROOM_FOR_BACKUP = N_("The disk of {folder} has no room for the backup. Nothing of it was left there.")
BACKUP_TO_READ_ONLY_DISK = N_("The disk of {folder} can only be read: no backup was written.")
ORIGINAL_BROKE = N_(
    "The original {name} broke while it was read, so no backup was made. Try again: the next one leaves it out and "
    "names it."
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made. `size` in bytes; `left_out` are digests of originals that were missing or damaged.

    `noted` is False where the bank could not note that it was made (its disk is full or read-only).
    """

    path: Path
    size: int
    originals: int
    left_out: tuple[str, ...]
    noted: bool


CopiedRows = tuple[Sequence[str], audit.AuditHead]
"""The digests of originals that a copied database names, and the newest row of its audit."""


def make_backup(bank: Bank, target: Path, progress: Progress = no_progress) -> Backup:
    """Writes the whole bank into the file `target`, which appears only when it is complete, with mode 0600.

    The bank notes when it was made, its size and its name. A missing or damaged original does not stop the backup of
    the rest; it is named in the result. Raises NotFound for a folder that isn't there, Conflict for a file of the bank
    itself, Damaged when the database is not sound, DiskFull and ReadOnlyDisk for the disk of `target`; nothing is left
    there then.
    """
    expect_target_outside_bank(bank.settings, target)
    if not target.parent.is_dir():
        raise NotFound(N_("There is no folder {path}."), path=str(target.parent))
    try:
        with telling_disk_failures():
            return _make(bank, target, progress)
    except DiskFull as error:
        raise DiskFull(NO_ROOM_FOR_BACKUP, folder=str(target.parent.absolute())) from error
    except ReadOnlyDisk as error:
        raise ReadOnlyDisk(BACKUP_TO_READ_ONLY_DISK, folder=str(target.parent.absolute())) from error


def expect_backup_room(bank: Bank, folder: Path) -> None:
    """Raises DiskFull where `folder` has no room for a backup; on the bank's own disk its margin stays free."""
    size = 2 * bank.database.file.stat().st_size + bank.uploads.size()
    if folder.stat().st_dev == bank.settings.database_folder.stat().st_dev:
        expect_disk_room(folder, size)
    elif size > free_bytes(folder):
        raise DiskFull


def _make(bank: Bank, target: Path, progress: Progress) -> Backup:
    expect_backup_room(bank, target.parent)
    with (
        bank.uploads.steady(),
        tempfile.TemporaryDirectory(prefix=".bank-backup-", dir=target.parent) as folder,
    ):
        copy = Path(folder) / DATABASE_MEMBER
        digests, head = _copy_database(bank.settings, copy)
        crash_points.crash_point("backup.copied")
        with writing_whole_file(target) as stream:
            Path(stream.name).chmod(0o600)
            made = _write(bank.uploads, copy, (digests, head), stream, progress)
            size = stream.tell()
            crash_points.crash_point("backup.written")
    noted = note_if_possible(bank, BackupNote(datetime.fromisoformat(made.made), size, target.name, made.database))
    return Backup(target, size, len(made.originals), made.left_out, noted)


def note_if_possible(bank: Bank, made: BackupNote) -> bool:
    """Notes a backup; False where the database can't be written: the backup is whole all the same."""
    try:
        with bank.database.writing() as session:
            note_backup(session, made)
    except (DBAPIError, DiskFull, ReadOnlyDisk):
        return False
    return True


def _copy_database(settings: Settings, copy: Path) -> CopiedRows:
    """Copies the database while it is in use, without sessions and open tickets; what the copy names."""
    sqlite.copy_database(settings.database, copy)
    address = f"sqlite:///{copy}"
    if wrong := sqlite.integrity_faults(address):
        raise Damaged(DATABASE_NOT_BACKED_UP, reason=wrong[0])
    engine = create_engine(address, hide_parameters=True)
    try:
        with Session(engine) as session, session.begin():
            # A found or restored backup must not revive sessions that were signed out, nor open links and codes.
            people.delete_all_sessions(session)
            tickets.delete_open_tickets(session, clock.now())
            return sorted(files.digests_in_rows(session)), audit.audit_head(session)
    finally:
        engine.dispose()


def _write(uploads: Uploads, copy: Path, rows: CopiedRows, stream: BinaryIO, progress: Progress) -> Manifest:
    wanted, head = rows
    moment = clock.now()
    kept: list[str] = []
    left_out: list[str] = []
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        with copy.open("rb") as database:
            add_member(archive, DATABASE_MEMBER, database, moment.timestamp())
            database.seek(0)
            digest = digest_of_stream(database)
        for done, original in enumerate(wanted):
            progress(done, len(wanted), original[:12])
            added = uploads.verify(original) and add_original(archive, uploads, original, moment.timestamp())
            (kept if added else left_out).append(original)
        about = (ARCHIVE_FORMAT, __version__, moment.isoformat(), digest)
        manifest = Manifest(*about, tuple(kept), tuple(left_out), head.id, head.chain)
        add_manifest(archive, manifest, moment.timestamp())
    progress(len(wanted), len(wanted))
    return manifest


def add_original(archive: tarfile.TarFile, uploads: Uploads, digest: str, moment: float) -> bool:
    """Adds an original to an archive; False, adding nothing, where it is gone since it was verified.

    Raises Damaged where it breaks while it is read: half of it stands in the archive then.
    """
    try:
        content = uploads.open(digest)
    except (NotFound, OSError):
        if uploads.verify(digest):
            raise
        return False
    with content:
        try:
            add_member(archive, f"{ORIGINALS_PREFIX}{digest}", content, moment)
        except (OSError, tarfile.TarError) as error:
            if uploads.verify(digest):  # then it is the disk of the backup
                raise
            raise Damaged(ORIGINAL_BROKE, name=digest) from error
    return True


@dataclass(frozen=True, slots=True)
class Restored:
    """A bank that was restored: what the archive held, and which left-over files were moved from where to where."""

    manifest: Manifest
    moved: tuple[tuple[Path, Path], ...]


def restore_backup(archive: Path, settings: Settings, progress: Progress = no_progress) -> Restored:
    """Makes the bank of an archive in an empty HOME; the caller then rebuilds the index and makes thumbnails again.

    The archive is checked from end to end before anything is written; the originals come first and the database last,
    by one renaming, so what is cut off can simply be run again. Originals of the same bank may be there. Raises
    Conflict where there is a bank already or something of another, Busy while one runs there, NotFound or Damaged for
    the archive, DiskFull where there is no room.
    """
    database = _place_for_database(settings)
    expect_home_outside_banks(settings)
    manifest = examine_archive(archive, progress)
    room, made = expect_restore_room(archive, settings), not settings.home.exists()
    with worker_lock(settings) as free:
        if not free:
            raise Busy(N_("A bank is running in this folder; stop it first."))
        with leaving_nothing_half(settings.home, room, made=made):
            # SQLite would replay a left-over journal into the restored database.
            moved = tuple(move_database(database, moment_ending()))
            remove_anchors(settings)
            _fill(archive, manifest, settings, database, progress)
            namespace = sqlite.namespace_in_copy(database)
            if namespace is not None and manifest.head:
                begin_anchor(settings, namespace, AuditHead(manifest.acts, manifest.head))
    return Restored(manifest, moved)


def _place_for_database(settings: Settings) -> Path:
    """The file to restore the database into.

    A catalogue that is no bank's may be there, and journals that a lost one left: they are moved aside.
    """
    path = sqlite.database_path(settings.database)
    try:
        if path.exists() and bank_is_there(settings):
            raise Conflict(BANK_ALREADY_THERE, path=str(path))
    except (DBAPIError, Damaged) as error:
        raise Conflict(MAY_BE_A_BANK, path=str(path)) from error
    return path


def _fill(archive: Path, manifest: Manifest, settings: Settings, database: Path, progress: Progress) -> None:
    total = len(manifest.originals)
    done = 0
    uploads = UploadsFolder(settings.uploads_folder)
    database.parent.mkdir(parents=True, exist_ok=True)
    with writing_whole_file(database) as out, open_archive(archive) as members:
        for name, content in members:
            if name == DATABASE_MEMBER:
                shutil.copyfileobj(content, out, ARCHIVE_CHUNK_BYTES)
                out.flush()
                _take_folders(settings, sqlite.namespace_in_copy(Path(out.name)), manifest)
            elif name.startswith(ORIGINALS_PREFIX):
                stored = uploads.put(cast(BinaryIO, content), limit=2**62)
                if f"{ORIGINALS_PREFIX}{stored.digest}" != name:
                    raise Damaged(N_("The backup is damaged: {name} is missing or has changed."), name=name)
                done += 1
                progress(done, total, stored.digest[:12])
        crash_points.crash_point("restore.written")


def _take_folders(settings: Settings, namespace: str | None, manifest: Manifest) -> None:
    """Marks the folders as those of the bank that is restored. Raises Conflict where they are another's."""
    if namespace is None:
        raise Damaged(N_("The backup is damaged: {name} is missing or has changed."), name=DATABASE_MEMBER)
    expect_uploads_of(settings, namespace, {*manifest.originals, *manifest.left_out})
    expect_own_index(settings, namespace)
    mark_folders(settings, namespace)
