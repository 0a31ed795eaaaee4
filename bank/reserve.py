"""The reserve: a file that only takes room, deleted when a small act that may not fail meets a full disk."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bank.disk import disk_failure, free_bytes, margin_bytes
from bank.errors import DiskFull

log = logging.getLogger("bank.disk")
RESERVE_NAME = "reserve"
WRITTEN_AT_ONCE = 1024 * 1024
BLOCK_BYTES = 512
"""The unit of st_blocks, whatever the file system's own blocks are (POSIX)."""

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Reserve:
    """The reserve on the disk of `folder`: half of the margin, so 16 MB but for small disks."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / RESERVE_NAME

    @property
    def size(self) -> int:
        """Bytes that it has when it is whole."""
        return margin_bytes(self.folder) // 2

    def held(self) -> int:
        """Bytes that it really takes on the disk; 0 where there is none."""
        try:
            return self.path.stat().st_blocks * BLOCK_BYTES
        except FileNotFoundError:
            return 0

    def make(self) -> bool:
        """Makes it where it isn't whole and the disk keeps its margin beside it; True when it was made."""
        size = self.size
        if self.held() >= size - size // 8 or free_bytes(self.folder) < size + margin_bytes(self.folder):
            return False
        beside = self.path.with_name(f"{RESERVE_NAME}.new")
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o640)
            with os.fdopen(descriptor, "wb") as out:
                for written in range(0, size, WRITTEN_AT_ONCE):
                    # Random bytes, since a file system that compresses makes nothing of zeros.
                    out.write(os.urandom(min(WRITTEN_AT_ONCE, size - written)))
                out.flush()
                os.fsync(out.fileno())
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)
        return True

    def release(self) -> bool:
        """Deletes it, so that what it took is free; False where there was none."""
        try:
            self.path.unlink()
        except OSError:
            return False
        return True


def with_reserve(reserve: Reserve, act: Callable[[], Outcome]) -> Outcome:
    """What `act` returns; where the disk is full, frees the reserve and does it once more.

    `act` must leave nothing behind where it fails. Raises what `act` raises.
    """
    try:
        return act()
    except Exception as error:
        if not isinstance(disk_failure(error), DiskFull):
            raise
    if reserve.release():
        log.warning("The disk is full: the reserve was freed, so that people can sign in. Make room.")
    return act()
