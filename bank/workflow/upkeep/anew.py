"""Makes a bank, and moves aside what is left of one that has no catalogue any more.

Nothing is deleted but the pages that were drawn of its originals, which can be drawn again.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from bank.catalogue.anchor import ANCHOR_SUFFIX
from bank.catalogue.database import Database
from bank.catalogue.migrating import founded_namespace
from bank.catalogue.sqlite import database_path
from bank.clock import now
from bank.errors import Busy, Conflict
from bank.markers import read_marked_catalogue, read_marker
from bank.messages import N_
from bank.settings import Settings
from bank.workflow.index.lock import worker_lock

ASIDE_FOLDER = "aside"
STAYING_NAMES = frozenset({ASIDE_FOLDER, "README.md"})
LIVING = N_("There is a bank: {path}. Nothing of it is moved aside.")
LIVING_FOLDER = N_(
    "The folder {folder} belongs to the bank whose catalogue is {path}. Nothing of it is moved aside. Do "
    "BANK_UPLOADS_URL and BANK_INDEX_URL name the right places?"
)
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
    left-over vectors get that ending. The drawn pages go. Raises Conflict where there is a bank, Busy where a worker
    runs.
    """
    expect_nothing_living(settings)
    with worker_lock(settings) as free:
        if not free:
            raise Busy(N_("A bank is running in this folder; stop it first."))
        ending = moment_ending()
        shutil.rmtree(settings.drawn_folder, ignore_errors=True)
        moved = [*move_files_of_database(settings, ending), *move_contents(settings.uploads_folder, ending)]
        return [*moved, *move_contents(settings.index_folder, ending)]


def moment_ending() -> str:
    """The present moment as part of a name."""
    return now().strftime("%Y-%m-%d-%H%M%S")


def expect_nothing_living(settings: Settings) -> None:
    """Raises Conflict where the settings name a bank, or the folder of one whose catalogue is elsewhere.

    So a wrong BANK_DATABASE_URL moves nothing of the bank in HOME, and a wrong BANK_UPLOADS_URL or BANK_INDEX_URL
    nothing of another one.
    """
    usual = settings.model_copy(update={"database_url": ""})
    for one in (settings, usual):
        if bank_is_there(one):
            raise Conflict(LIVING, path=database_path(one.database).absolute())
    for folder in (settings.uploads_folder, settings.index_folder):
        for path in possible_catalogues(folder, database_path(usual.database).name):
            if is_catalogue_of(path, folder):
                raise Conflict(LIVING_FOLDER, folder=folder.absolute(), path=path)


def possible_catalogues(folder: Path, name: str) -> Iterator[Path]:
    """Where the catalogue may be of the bank that a folder belongs to: where its marker says, and beside it."""
    marked = read_marked_catalogue(folder)
    beside = folder.absolute().parent / name
    return (path for path in (marked, beside) if path is not None and path.is_file())


def is_catalogue_of(path: Path, folder: Path) -> bool:
    """Whether a file is the catalogue of the bank that the folder is marked as; of any bank, where it is not marked."""
    found = namespace_at(f"sqlite:///{path}")
    return found is not None and read_marker(folder) in (None, found)


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
