"""Expands paths of files and folders into the files that they mean."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

JUNK_NAME = re.compile(
    r"thumbs\.db|ehthumbs(_vista)?\.db|desktop\.ini|icon\r|~\$.*|~wr[dl]\d+\.tmp|\._.*|\.ds_store|__macosx",
    re.IGNORECASE,
)
"""Files and folders that operating systems and office programs leave beside those of people."""


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files that paths mean, in their order, and how many others were passed over: hidden ones and junk."""

    files: tuple[Path, ...]
    passed_over: int


def files_in(paths: Iterable[Path]) -> FoundFiles:
    """Every file named, and every file under a folder named, by name.

    Hidden files inside folders are passed over, and junk of operating systems wherever it is named. A path that does
    not exist is given too: importing it says so. Links that lead out of a folder are not followed.
    """
    found: list[Path] = []
    passed_over = 0
    for path, inner in named_and_inner(paths):
        if any(is_passed_over(part, hidden=path != inner) for part in parts_below(path, inner)):
            passed_over += 1
        else:
            found.append(inner)
    return FoundFiles(tuple(found), passed_over)


def named_and_inner(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """(path as it was named, file): the same path twice for a file, each file below it for a folder."""
    for path in paths:
        if path.is_dir():
            yield from ((path, inner) for inner in sorted(path.rglob("*")) if is_file_itself(inner))
        else:
            yield path, path


def is_file_itself(path: Path) -> bool:
    """Whether a path is a file and no link to one."""
    return path.is_file() and not path.is_symlink()


def parts_below(path: Path, inner: Path) -> tuple[str, ...]:
    """The names that lead from a path that was named to a file below it; the file's own name for the path itself."""
    return (path.name,) if path == inner else inner.relative_to(path).parts


def is_passed_over(name: str, *, hidden: bool) -> bool:
    """Whether a name is junk of an operating system, or, where `hidden` counts, that of a hidden file or folder."""
    return JUNK_NAME.fullmatch(name) is not None or (hidden and name.startswith("."))
