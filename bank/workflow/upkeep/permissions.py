"""Who may read a bank's files: its user and group, nobody else (0640, folders 0750); what is wider is found here."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bank.catalogue.anchor import ANCHOR_SUFFIX
from bank.catalogue.sqlite import database_path
from bank.messages import N_, say
from bank.reserve import RESERVE_NAME
from bank.settings import Settings

BANK_UMASK = 0o027
"""The umask under which a bank works, so that its files are 0640 and its folders 0750."""
FILE_MODE, FOLDER_MODE = 0o640, 0o750
NAMED_WIDE = 10
"""So many files of wider permissions are named one by one."""
README_NAME = "README.md"


@dataclass(frozen=True, slots=True)
class WidePath:
    """A file or folder whose `mode` gives more than `right`."""

    path: Path
    mode: int
    right: int


def wide_paths(settings: Settings) -> Iterator[WidePath]:
    """The files and folders of the bank that others may read; not HOME itself, nor what a checkout brings."""
    for path in bank_paths(settings):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            continue
        right = FOLDER_MODE if stat.S_ISDIR(mode) else FILE_MODE
        if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) & ~right:
            yield WidePath(path, stat.S_IMODE(mode), right)


def bank_paths(settings: Settings) -> Iterator[Path]:
    """Catalogue, anchor, reserve and vectors, key and lock; the folders of originals, index, drawn pages."""
    database = database_path(settings.database)
    yield from sorted(database.parent.glob(f"{database.name}*"))
    yield database.with_suffix(ANCHOR_SUFFIX)
    yield database.with_name(RESERVE_NAME)
    for pattern in ("vectors.db*", "secret.key", "worker.lock"):
        yield from sorted(settings.home.glob(pattern))
    for folder in (settings.uploads_folder, settings.index_folder, settings.drawn_folder):
        if folder.is_dir():
            yield folder
            yield from (path for path in folder.rglob("*") if path != folder / README_NAME)


def narrow_permissions(settings: Settings) -> int:
    """Takes from files and folders of the bank what they give too much; how many. Raises PermissionError."""
    found = list(wide_paths(settings))
    for wide in found:
        wide.path.chmod(wide.mode & wide.right)
    return len(found)


def permission_faults(settings: Settings) -> Iterator[str]:
    """Names the first files and folders of wider permissions, and says how many there are; nothing where none is."""
    found, language = list(wide_paths(settings)), settings.language
    for wide in found[:NAMED_WIDE]:
        sentence = N_("Too many may read {path}: its permissions are {mode}, not {right}.")
        yield say(sentence, language, path=wide.path, mode=f"{wide.mode:04o}", right=f"{wide.right:04o}")
    if found:
        sentence = N_("Files and folders that too many may read: {number}. `bank check --repair` puts that right.")
        yield say(sentence, language, number=len(found))
