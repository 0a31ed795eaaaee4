"""Names of files as people are shown them."""

import os
import re
from pathlib import Path

PARTED = re.compile(r"[/\\]")
DIRECTION_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Invisible characters that turn the direction of the text around them (Unicode, Bidi_Control), for a class of `re`.

Unseen they make a name or a title read otherwise than it is.
"""
CONTROL = re.compile(rf"[\x00-\x1f\x7f{DIRECTION_CONTROLS}]")


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
