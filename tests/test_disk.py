"""What errors say about the disk, and the margin that large writers leave."""

import errno
import sqlite3
from pathlib import Path

import pytest

from bank.disk import disk_failure, expect_disk_room, free_bytes, is_read_only, margin_bytes, telling_disk_failures
from bank.errors import BankError, Busy, DiskFull, ReadOnlyDisk


def test_the_room_of_a_folder_that_is_yet_to_be_made_is_that_of_its_disk(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "there") > 0
    assert not is_read_only(tmp_path / "not" / "there")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EROFS, ReadOnlyDisk),
        (errno.EIO, type(None)),
        (errno.EACCES, type(None)),
    ],
)
def test_an_error_of_the_system_says_what_the_disk_is(number: int, kind: type[BankError]) -> None:
    assert isinstance(disk_failure(OSError(number, "x")), kind)


def full_database(path: Path) -> sqlite3.Connection:
    """A database that may not grow."""
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE some (text TEXT)")
    made.execute("PRAGMA max_page_count=1")
    return made


def test_an_error_of_the_database_says_it_too_and_so_does_what_it_caused(tmp_path: Path) -> None:
    made = full_database(tmp_path / "a.db")
    with pytest.raises(DiskFull) as told, telling_disk_failures():
        made.execute("INSERT INTO some VALUES (?)", ("x" * 100_000,))
    act = RuntimeError("the act failed")
    act.__cause__ = told.value.__cause__
    assert isinstance(disk_failure(act), DiskFull)
    made.close()
    reader = sqlite3.connect(f"file:{tmp_path}/a.db?mode=ro", uri=True)
    with pytest.raises(ReadOnlyDisk), telling_disk_failures():
        reader.execute("INSERT INTO some VALUES ('x')")
    reader.close()


def test_other_failures_pass_as_they_are() -> None:
    with pytest.raises(ZeroDivisionError), telling_disk_failures():
        raise ZeroDivisionError
    with pytest.raises(Busy), telling_disk_failures():
        raise Busy("x")
    with pytest.raises(sqlite3.OperationalError), telling_disk_failures():
        raise sqlite3.OperationalError("database is locked")


def test_large_writers_leave_32_megabytes_on_a_disk_of_usual_size(tmp_path: Path) -> None:
    assert margin_bytes(tmp_path) == 32 * 1024 * 1024
    expect_disk_room(tmp_path, free_bytes(tmp_path) - margin_bytes(tmp_path) - 8 * 1024 * 1024 * 1024)
    with pytest.raises(DiskFull):
        expect_disk_room(tmp_path, free_bytes(tmp_path))
