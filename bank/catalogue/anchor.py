"""The anchor: the newest row of the audit, kept in a small file outside the database, so that its loss is noticed.

A record has a fixed length and a checksum, and is written in place by one call: a cut write is told from a record. No
write is fsynced; the worker does that now and then. A disk that is full or read-only keeps no act from being done.
"""

import fcntl
import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bank.catalogue.audit import AuditHead

ANCHOR_FILE = "bank.anchor"
ANCHOR_SUFFIX = ".anchor"
ANCHOR_TITLE = "bank anchor 1"
ANCHOR_BYTES = 256
log = logging.getLogger("bank.upkeep")


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    """What an anchor file holds: the newest audit row of the bank `namespace`.

    `lost`: that row was not in the database when the bank was opened; nobody replaces the record until the loss was
    accepted.
    """

    namespace: str
    head: AuditHead
    lost: bool = False


def packed_record(record: AnchorRecord) -> bytes:
    """A record as the 256 bytes of its file: lines of text, the last one their SHA-256, then blanks."""
    state = "lost" if record.lost else "kept"
    lines = (ANCHOR_TITLE, record.namespace, str(record.head.id), record.head.chain, state)
    told = "".join(f"{line}\n" for line in lines)
    return f"{told}{hashlib.sha256(told.encode()).hexdigest()}\n".ljust(ANCHOR_BYTES).encode()


def unpacked_record(content: bytes) -> AnchorRecord | None:
    """The record in a file's bytes; None for a cut or altered one."""
    lines = content.decode("ascii", "replace").split("\n")
    if len(lines) < 6 or not lines[2].isdecimal():
        return None
    record = AnchorRecord(lines[1], AuditHead(int(lines[2]), lines[3]), lines[4] == "lost")
    return record if packed_record(record) == content else None


class Anchor:
    """The anchor files of one bank: equal copies, so that a copy of only part of the bank holds one too."""

    def __init__(self, namespace: str, paths: Sequence[Path]) -> None:
        self.namespace = namespace
        self.paths = tuple(paths)
        self.told = False

    def keep(self, head: AuditHead) -> None:
        """Notes a newer head of the audit in every file. Never raises OSError: it is logged, once."""

        def newer(there: AnchorRecord | None) -> AnchorRecord | None:
            holds = there is not None and (there.namespace != self.namespace or there.lost or there.head.id >= head.id)
            return None if holds else AnchorRecord(self.namespace, head)

        self._change(newer)

    def replace(self, head: AuditHead) -> None:
        """Writes this head into every file, whatever stands there."""
        self._change(lambda there: AnchorRecord(self.namespace, head))

    def mark_lost(self) -> None:
        """Keeps the records of this bank as they are until they are replaced."""
        self._change(lambda there: replace(there, lost=True) if there and there.namespace == self.namespace else None)

    def records(self) -> dict[Path, AnchorRecord]:
        """The record of each file that has one, also one of another bank."""
        found = {path: read_anchor(path) for path in self.paths}
        return {path: record for path, record in found.items() if record is not None}

    def sync(self) -> None:
        """Flushes the files to the disk."""
        for path in self.paths:
            if path.is_file():
                with anchor_file(path, os.O_RDONLY) as descriptor:
                    os.fsync(descriptor)

    def _change(self, change: Callable[[AnchorRecord | None], AnchorRecord | None]) -> None:
        """Changes every file to what `change` makes of its record; None leaves it. Files in no folder are left out."""
        for path in self.paths:
            try:
                if path.parent.is_dir():
                    change_anchor(path, change)
            except OSError as error:
                if not self.told:
                    log.warning("The anchor %s could not be written: %s", path, error)
                self.told = True


@contextmanager
def anchor_file(path: Path, flags: int) -> Iterator[int]:
    """A descriptor of an anchor file, for a with block."""
    descriptor = os.open(path, flags | os.O_CLOEXEC, 0o640)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def read_anchor(path: Path) -> AnchorRecord | None:
    """The record of a file; None where there is no file, or no whole record in it."""
    try:
        with anchor_file(path, os.O_RDONLY) as descriptor:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            return unpacked_record(os.pread(descriptor, ANCHOR_BYTES, 0))
    except OSError:
        return None


def change_anchor(path: Path, change: Callable[[AnchorRecord | None], AnchorRecord | None]) -> None:
    """Changes a file's record under its lock, so that of two writers the one with the newer head prevails."""
    with anchor_file(path, os.O_RDWR | os.O_CREAT) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        made = change(unpacked_record(os.pread(descriptor, ANCHOR_BYTES, 0)))
        if made is not None:
            os.pwrite(descriptor, packed_record(made), 0)
