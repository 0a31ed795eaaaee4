"""Names of files as people are shown them."""

import os
import re
from pathlib import Path

PARTED = re.compile(r"[/\\]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def shown_path(path: Path) -> str:
    """The path as text that can be stored and printed; bytes that are no UTF-8 (old archives) are read as cp1252."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def shown_name(path: Path) -> str:
    """The last part of the path as text on one line; a backslash sets parts off too, as where the file came from."""
    parts = PARTED.split(CONTROL.sub("", shown_path(Path(path.name))))
    return next((part for part in reversed(parts) if part), "")
