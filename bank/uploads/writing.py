"""How bytes reach the disk: counted, hashed, fsynced; and what tells an original's name from any other."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bank import crash_points
from bank.disk import expect_disk_room
from bank.errors import TooLarge
from bank.messages import N_

MEGABYTE = 1024 * 1024
UPLOAD_CHUNK_BYTES = MEGABYTE
SHA256_HEX = re.compile(r"[0-9a-f]{64}")


def copy_stream(stream: BinaryIO, target: Path, limit: int) -> tuple[str, int]:
    """Writes and fsyncs `stream` into the new file `target`; its (digest, size).

    Raises TooLarge past `limit` bytes, DiskFull where the disk would not keep its margin.
    """
    hashed = hashlib.sha256()
    size = 0
    with create_private(target) as out:
        while chunk := stream.read(UPLOAD_CHUNK_BYTES):
            size += len(chunk)
            if size > limit:
                raise TooLarge(N_("The file is larger than {limit} MB."), limit=limit // MEGABYTE)
            expect_disk_room(target.parent, len(chunk))
            hashed.update(chunk)
            out.write(chunk)
        crash_points.crash_point("upload.written")
        flush_to_disk(out)
        crash_points.crash_point("upload.synced")
    return hashed.hexdigest(), size


def create_private(path: Path) -> BinaryIO:
    """A new file that others than owner and group can't read, whatever the umask."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
    os.fchmod(descriptor, 0o640)  # a service's umask may be 0000
    return os.fdopen(descriptor, "wb")


def flush_to_disk(out: BinaryIO) -> None:
    """Fsyncs what was written to an open file."""
    out.flush()
    os.fsync(out.fileno())


def file_states(paths: Iterable[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """(path, stat) of each file that still exists."""
    for path in paths:
        try:
            yield path, path.stat()
        except FileNotFoundError:
            continue
