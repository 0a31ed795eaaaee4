"""How much room the disk has left."""

import os
import shutil
from contextlib import suppress
from pathlib import Path


def free_bytes(folder: Path) -> int:
    """Bytes that this process may still write on the disk of `folder`, or of the nearest folder above that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def folder_bytes(folder: Path) -> int:
    """Bytes of all files in a folder and below it; those that go away meanwhile don't count."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(place, name).stat(follow_symlinks=False).st_size
    return total
