"""Writes files atomically: to a temporary file, fsynced, then renamed."""

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
        make_names_durable(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def make_names_durable(folder: Path) -> None:
    """Fsyncs a folder, so that the names in it survive a crash."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
