"""Makes a bank, and moves aside what is left of one that has no catalogue any more. Nothing is deleted."""

from collections.abc import Iterator
from pathlib import Path

from bank.catalogue.anchor import ANCHOR_SUFFIX
from bank.catalogue.database import Database
from bank.catalogue.migrating import founded_namespace
from bank.catalogue.sqlite import database_path
from bank.clock import now
from bank.errors import Busy, Conflict
from bank.messages import N_
from bank.settings import Settings
from bank.workflow.index.lock import worker_lock

ASIDE_FOLDER = "aside"
STAYING_NAMES = frozenset({ASIDE_FOLDER, "README.md"})
DATABASE_ENDINGS = ("", "-wal", "-shm", "-journal")


def bank_is_there(settings: Settings) -> bool:
    """True where the catalogue is a bank's. Raises the database's errors for a file that is no database."""
    return namespace_at(settings.database) is not None


def namespace_at(address: str) -> str | None:
    """The namespace of the catalogue at this address; None where there is no bank."""
    database = Database(address)
    try:
        return founded_namespace(database)
    finally:
        database.close()


def move_remains_aside(settings: Settings) -> list[tuple[Path, Path]]:
    """Moves what is left of a bank without a catalogue out of the way of a new one: (from, to) of each move.

    What is in the folders of originals and index goes to ``aside/MOMENT/`` inside each; a catalogue without a bank and
    left-over vectors get that ending. Raises Conflict where there is a bank, Busy where a worker runs.
    """
    expect_nothing_living(settings)
    with worker_lock(settings) as free:
        if not free:
            raise Busy(N_("A bank is running in this folder; stop it first."))
        ending = moment_ending()
        moved = [*move_files_of_database(settings, ending), *move_contents(settings.uploads_folder, ending)]
        return [*moved, *move_contents(settings.index_folder, ending)]


def moment_ending() -> str:
    """The present moment as part of a name."""
    return now().strftime("%Y-%m-%d-%H%M%S")


def expect_nothing_living(settings: Settings) -> None:
    """Raises Conflict where the settings name a bank, or another catalogue than the bank that is in HOME."""
    usual = settings.model_copy(update={"database_url": ""})
    for one in (settings, usual):
        if bank_is_there(one):
            path = database_path(one.database).absolute()
            raise Conflict(N_("There is a bank: {path}. Nothing of it is moved aside."), path=path)


def move_files_of_database(settings: Settings, ending: str) -> Iterator[tuple[Path, Path]]:
    """Renames a catalogue that is no bank's, the anchor beside it, and vectors, with their journals."""
    catalogue = database_path(settings.database)
    for database in (catalogue, catalogue.with_suffix(ANCHOR_SUFFIX), settings.vectors_file):
        yield from move_database(database, ending)


def move_database(database: Path, ending: str) -> Iterator[tuple[Path, Path]]:
    """Renames what there is of an SQLite database, each file to its name with ``.aside-ENDING`` after it."""
    for path in files_of_database(database):
        if path.exists():
            yield path, path.replace(path.with_name(f"{path.name}.{ASIDE_FOLDER}-{ending}"))


def files_of_database(path: Path) -> list[Path]:
    """The file of an SQLite database and its possible journals."""
    return [path.with_name(path.name + ending) for ending in DATABASE_ENDINGS]


def move_contents(folder: Path, ending: str) -> list[tuple[Path, Path]]:
    """Moves all that a folder holds, but for its README, into ``aside/ENDING/`` inside it."""
    found = [path for path in sorted(folder.glob("*")) if path.name not in STAYING_NAMES]
    if not found:
        return []
    target = folder / ASIDE_FOLDER / ending
    target.mkdir(mode=0o750, parents=True)
    for path in found:
        path.replace(target / path.name)
    return [(folder, target)]
