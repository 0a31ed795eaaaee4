"""Files that are there whole or not at all: written beside, fsynced, renamed; and the fsync of a folder's names."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def writing_whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream to a new file that replaces `path` when the block ends, and is deleted when it raises."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        fsync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_as_only_writer(path: Path, content: bytes) -> None:
    """Replaces a file that has one writer; the name beside it is fixed, so that kills leave at most one there."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    fsync_folder(path.parent)


def fsync_folder(folder: Path) -> None:
    """Fsyncs a folder, so that the names in it survive a crash."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
