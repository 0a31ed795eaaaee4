"""The small JSON files beside Whoosh's own in an index folder, and flushing files to the disk."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from bank.whole_files import write_as_only_writer

POSITION_FILE, ABOUT_FILE = "position.json", "about.json"


def write_json_file(path: Path, content: dict[str, object]) -> None:
    """Writes a JSON file atomically: a new file, fsync, rename, fsync of the folder."""
    write_as_only_writer(path, json.dumps(content).encode())


def read_json_file(path: Path) -> dict[str, object]:
    """The object in a JSON file. Raises OSError, and ValueError for anything but an object."""
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path.name} holds no object")
    return content


def fsync_files(paths: Iterable[Path]) -> None:
    """Flushes files to the disk (fsync)."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
