"""Names of files as people are shown them."""

import os
from pathlib import Path


def shown_path(path: Path) -> str:
    """The path as text that can be stored and printed; bytes that are no UTF-8 (old archives) are read as cp1252."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def shown_name(path: Path) -> str:
    """The last part of the path as text."""
    return shown_path(Path(path.name))
