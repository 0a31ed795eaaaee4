"""Expands paths of files and folders into the files that they mean."""

from collections.abc import Iterable, Iterator
from pathlib import Path


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file named, and every file under a folder named, by name; hidden ones inside folders are left out.

    A path that does not exist is given too: importing it says so. Links that lead out of a folder are not followed.
    """
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
                if not hidden and inner.is_file() and not inner.is_symlink():
                    yield inner
        else:
            yield path
