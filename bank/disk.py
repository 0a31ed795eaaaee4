"""How much room the disk has left, and what an error says about it: that it is full, or can only be read."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bank.errors import BankError, DiskFull, ReadOnlyDisk

LARGEST_MARGIN_BYTES = 32 * 1024 * 1024
"""Bytes that large writers leave free: small acts go on with them, such as signing in or taking something away."""
SMALLEST_SHARE_FREE = 20
"""On a disk of less than 640 MB they leave one part in so many."""
FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL_SQLITE_CODES = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
"""SQLite's codes of a full disk: for the database or its journal, and for the memory that its readers share."""
PRIMARY_SQLITE_CODE = 0xFF
"""The bits of an extended code of SQLite that are its primary code."""
DEEPEST_CAUSE = 6


def existing_folder(folder: Path) -> Path:
    """`folder`, or the nearest folder above that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def free_bytes(folder: Path) -> int:
    """Bytes that this process may still write on the disk of `folder`, or of the nearest folder above that exists."""
    return shutil.disk_usage(existing_folder(folder)).free


def folder_bytes(folder: Path) -> int:
    """Bytes of all files in a folder and below it; those that go away meanwhile don't count."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(place, name).stat(follow_symlinks=False).st_size
    return total


def margin_bytes(folder: Path) -> int:
    """Bytes that large writers leave free on the disk of `folder`."""
    return min(LARGEST_MARGIN_BYTES, shutil.disk_usage(existing_folder(folder)).total // SMALLEST_SHARE_FREE)


def expect_disk_room(folder: Path, size: int) -> None:
    """Raises DiskFull where `size` bytes more would take from the margin; asks the system, so it is cheap."""
    if free_bytes(folder) - size < margin_bytes(folder):
        raise DiskFull


def is_read_only(folder: Path) -> bool:
    """True where the disk of `folder` is mounted so that it can only be read."""
    return bool(os.statvfs(existing_folder(folder)).f_flag & os.ST_RDONLY)


def disk_failure(error: BaseException) -> BankError | None:
    """DiskFull or ReadOnlyDisk, where `error` or what caused it says so; None for any other failure.

    It knows errors of the system and of SQLite, and whatever was raised from one.
    """
    cause: BaseException | None = error
    for _ in range(DEEPEST_CAUSE):
        if cause is None:
            return None
        if isinstance(cause, DiskFull | ReadOnlyDisk):
            return cause
        if (isinstance(cause, OSError) and cause.errno in FULL_ERRNOS) or is_full_for_sqlite(cause):
            return DiskFull()
        if (isinstance(cause, OSError) and cause.errno == errno.EROFS) or is_read_only_for_sqlite(cause):
            return ReadOnlyDisk()
        cause = cause.__cause__
    return None


def is_full_for_sqlite(error: BaseException) -> bool:
    """True for SQLite's errors of a full disk."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) in FULL_SQLITE_CODES


def is_read_only_for_sqlite(error: BaseException) -> bool:
    """True for SQLite's error of a file that can only be read; not of one that was moved away while it was open."""
    code = getattr(error, "sqlite_errorcode", 0) if isinstance(error, sqlite3.Error) else 0
    return code & PRIMARY_SQLITE_CODE == sqlite3.SQLITE_READONLY and code != sqlite3.SQLITE_READONLY_DBMOVED


@contextmanager
def telling_disk_failures() -> Iterator[None]:
    """Raises DiskFull or ReadOnlyDisk for errors of the system or the database that mean it; lets others pass."""
    try:
        yield
    except BankError:
        raise
    except Exception as error:
        told = disk_failure(error)
        if told is None:
            raise
        raise told from error
