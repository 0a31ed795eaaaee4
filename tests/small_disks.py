"""Real small disks: a file system in memory of a few megabytes, which tests fill and make read-only."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

FILLER, BLOCK = "filler", 4096


@contextmanager
def mounted_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own in `folder`; a test that can't mount one is skipped, and says so.

    What such tests show is then shown only by those with a limit on the size of files, which always run.
    """
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("a file system can't be mounted here: run the tests as root, with the right to mount")
    try:
        yield folder
    finally:
        # Lazily: a process that was killed may still hold a file for an instant.
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_disk(disk: Path, left: int = 0) -> None:
    """Fills the disk until `left` bytes are free, or fewer than a block more."""
    with (disk / FILLER).open("ab", buffering=0) as stream:
        while (size := free_on(disk) - left) >= BLOCK:
            # A bank that works meanwhile may have taken what was free a moment ago.
            with suppress(OSError):
                os.posix_fallocate(stream.fileno(), os.fstat(stream.fileno()).st_size, size // BLOCK * BLOCK)


def free_on(disk: Path) -> int:
    """Free bytes."""
    told = os.statvfs(disk)
    return told.f_bavail * told.f_frsize


def make_room(disk: Path) -> None:
    """Takes away what filled the disk."""
    (disk / FILLER).unlink()


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """Makes the disk read-only for a with block."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
