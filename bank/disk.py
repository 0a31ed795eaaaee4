"""How much room the disk has left."""

import shutil
from pathlib import Path


def free_bytes(folder: Path) -> int:
    """Bytes that this process may still write on the disk of `folder`, or of the nearest folder above that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
