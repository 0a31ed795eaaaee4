"""What a sweep moved aside: ``removed/YYYY-MM-DD/NAME``, until it is brought back or its time is over."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from bank.uploads.writing import SHA256_HEX
from bank.whole_files import fsync_folder

DAY_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_folders(root: Path) -> Iterator[tuple[date, Path]]:
    """(day, folder) of each day's folder, oldest first."""
    for folder in sorted((root / "removed").glob("*")):
        if DAY_NAME.fullmatch(folder.name):
            with suppress(ValueError):  # a day that no calendar has is nobody's folder of ours
                yield date.fromisoformat(folder.name), folder


def move_files_aside(root: Path, paths: Iterable[Path], day: date) -> None:
    """Renames files into the folder of a day, keeping their names, and makes the names there durable."""
    target = root / "removed" / day.isoformat()
    for path in paths:
        target.mkdir(mode=0o750, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            path.replace(target / path.name)
    if target.is_dir():
        fsync_folder(target)


def removed_originals(root: Path) -> Mapping[str, date]:
    """Digest -> the last day on which the original was moved aside."""
    return {
        path.name: day for day, folder in day_folders(root) for path in folder.glob("*") if is_original_name(path.name)
    }


def is_original_name(name: str) -> bool:
    """True for the name of an original, which is its digest and nothing else."""
    return SHA256_HEX.fullmatch(name) is not None


def empty_days(root: Path, before: date, keep: Collection[str]) -> int:
    """Deletes what was moved aside before a day, but for originals among `keep`; how many files."""
    removed = 0
    for day, folder in day_folders(root):
        if day >= before:
            continue
        for path in folder.glob("*"):
            if path.name not in keep:
                path.unlink(missing_ok=True)
                removed += 1
        with suppress(OSError):  # something is kept in it
            folder.rmdir()
    return removed


def anything_before(root: Path, before: date) -> bool:
    """True where something was moved aside before a day."""
    return any(day < before and any(folder.iterdir()) for day, folder in day_folders(root))
