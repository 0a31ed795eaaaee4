"""The small files beside Whoosh's own in an index folder, and making all of them last."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

POSITION_FILE, ABOUT_FILE = "position.json", "about.json"


def write_json_file(path: Path, content: dict[str, object]) -> None:
    """Replaces a JSON file in one step and makes it last (file, then folder)."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(content, stream)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    fsync_folder(path.parent)


def read_json_file(path: Path) -> dict[str, object]:
    """The content of such a file. Raises OSError, ValueError."""
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path.name} holds no object")
    return content


def fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_files(paths: Iterable[Path]) -> None:
    """Makes the content of files last."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def folder_bytes(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(entry.stat().st_size for entry in os.scandir(folder) if entry.is_file())
