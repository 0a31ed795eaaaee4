"""A restore on a disk without room: told before anything is written, and nothing half-written is left."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bank.disk import existing_folder, free_bytes, margin_bytes, telling_disk_failures
from bank.errors import DiskFull
from bank.messages import N_
from bank.settings import Settings
from bank.uploads import UploadsFolder
from bank.workflow.index.lock import LOCK_NAME
from bank.workflow.upkeep.archive import DATABASE_MEMBER, ORIGINALS_PREFIX, open_archive

ROOM_MB_BYTES = 1024 * 1024
NO_ROOM_TO_RESTORE = N_(
    "The disk of {folder} has no room for what is in this backup: {needed} MB must be free there, and {free} MB are. "
    "Nothing was restored. Make room there, or restore into a folder on another disk with --into NEW-FOLDER."
)
FULL_WHILE_RESTORING = N_(
    "The disk of {folder} became full amid restoring, so nothing was restored. {needed} MB must be free there. Make "
    "room and run this again, or restore into a folder on another disk with --into NEW-FOLDER."
)


@dataclass(frozen=True, slots=True)
class RoomNeeded:
    """Bytes that must be free on the disk of a folder, its margin among them, and that are."""

    folder: Path
    needed: int
    free: int

    def told(self) -> dict[str, object]:
        """The values of the sentences, in MB."""
        needed, free = -(-self.needed // ROOM_MB_BYTES), self.free // ROOM_MB_BYTES
        return {"folder": self.folder.absolute(), "needed": needed, "free": free}


def expect_restore_room(archive: Path, settings: Settings) -> RoomNeeded:
    """The tightest disk of a restore. Raises DiskFull where it has no room; `archive` was examined already."""
    tightest = max(room_by_disk(archive, settings), key=lambda room: room.needed - room.free)
    if tightest.needed > tightest.free:
        raise DiskFull(NO_ROOM_TO_RESTORE, **tightest.told())
    return tightest


def room_by_disk(archive: Path, settings: Settings) -> list[RoomNeeded]:
    """What a restore needs on the disk of the catalogue and on that of the originals; one, where they are one."""
    uploads = UploadsFolder(settings.uploads_folder)
    folders = (settings.database_folder, settings.uploads_folder)
    sizes = dict.fromkeys(map(disk_of, folders), 0)
    with open_archive(archive) as members:
        for name, content in members:
            size = content.seek(0, os.SEEK_END)
            if name == DATABASE_MEMBER:
                sizes[disk_of(settings.database_folder)] += size
            elif name.startswith(ORIGINALS_PREFIX) and not uploads.has(name.removeprefix(ORIGINALS_PREFIX)):
                sizes[disk_of(settings.uploads_folder)] += size
    places = {disk_of(folder): folder for folder in reversed(folders)}
    return [
        RoomNeeded(places[disk], size + margin_bytes(places[disk]), free_bytes(places[disk]))
        for disk, size in sizes.items()
    ]


def disk_of(folder: Path) -> int:
    """The number of the disk that a folder is on, or would be."""
    return existing_folder(folder.absolute()).stat().st_dev


@contextmanager
def leaving_nothing_half(home: Path, room: RoomNeeded, *, made: bool) -> Iterator[None]:
    """Raises DiskFull in the words of a restore; takes away what a failed one wrote into a HOME that held nothing.

    `made`: HOME was made for the restore, so it goes too. The lock of the worker is held meanwhile.
    """
    fresh = all(path.name == LOCK_NAME for path in home.iterdir())
    try:
        with telling_disk_failures():
            yield
    except BaseException as error:
        if fresh:
            empty_folder(home)
        if made:
            home.rmdir()
        if isinstance(error, DiskFull):
            raise DiskFull(FULL_WHILE_RESTORING, **room.told()) from error
        raise


def empty_folder(folder: Path) -> None:
    """Removes all that a folder holds."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
