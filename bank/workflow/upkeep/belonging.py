"""Whether catalogue, originals and index are of one bank; looked at before anything is founded or migrated."""

import logging
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from bank.catalogue import sqlite
from bank.catalogue.database import Database
from bank.catalogue.migrating import founded_namespace
from bank.catalogue.tables import File, Image
from bank.errors import Conflict
from bank.markers import MARKER_NAME, read_marked_catalogue, read_marker, write_marker
from bank.messages import N_
from bank.search.store import IndexStore
from bank.settings import Settings
from bank.uploads import UploadsFolder

log = logging.getLogger("bank.opening")
NO_CATALOGUE = N_(
    "{database} holds no catalogue, but a bank was here: originals in {uploads}: {originals}; index folders in "
    "{index}: {folders}. Nothing was changed. Does BANK_HOME or BANK_DATABASE_URL name the wrong place? "
    "`bank restore FILE` brings the bank back from a backup; `bank init --anew` moves aside what is left and makes a "
    "new bank."
)
UPLOADS_OF_ANOTHER = N_(
    "The originals in {folder} are of another bank, {other}; the catalogue {database} is of {own}. Nothing was "
    "changed. BANK_HOME, BANK_DATABASE_URL and BANK_UPLOADS_URL say which belong together; `bank restore FILE` brings "
    "a bank back from its backup."
)
INDEX_OF_ANOTHER = N_(
    "The index in {folder} is of another bank, {other}; the catalogue {database} is of {own}. Nothing was changed. "
    "BANK_HOME, BANK_DATABASE_URL and BANK_INDEX_URL say which belong together; where all of it was copied, empty "
    "{folder}, and the index is made again."
)
UPLOADS_UNKNOWN = N_(
    "Of the originals in {folder} the catalogue {database} names {named} and does not know {unnamed}: they seem to be "
    "of another bank, or the catalogue is an old one. Nothing was changed. `bank restore FILE` brings a bank back from "
    "a backup. If they are this bank's all the same, write {own} into the file {marker}."
)


@dataclass(frozen=True, slots=True)
class Remains:
    """What there is of a bank beside its catalogue: how many originals and index folders, and whether it is marked."""

    originals: int
    index_folders: int
    marked: bool

    def __bool__(self) -> bool:
        return bool(self.originals or self.index_folders or self.marked)


def find_remains(settings: Settings) -> Remains:
    """Counts the originals, those that were moved aside by a sweep too, and the index folders."""
    uploads = UploadsFolder(settings.uploads_folder)
    originals = sum(1 for _ in uploads.digests()) + len(uploads.moved_aside())
    marked = any(read_marker(folder) for folder in (settings.uploads_folder, settings.index_folder))
    return Remains(originals, count_index_folders(settings.index_folder), marked)


def count_index_folders(folder: Path) -> int:
    """How many indexes stand in a folder; 0 where there is none."""
    return len(IndexStore(folder).folders()) if folder.is_dir() else 0


def expect_one_bank(settings: Settings, database: Database) -> None:
    """Raises Conflict where a bank was and its catalogue is not, or where originals or index are another bank's.

    Folders without a marker, as an older version left them, are taken for the catalogue's own where most of their
    originals are.
    """
    namespace = founded_namespace(database)
    if namespace is None:
        remains = find_remains(settings)
        namespace = founded_namespace(database) if remains else None  # another process may have founded it meanwhile
        if remains and namespace is None:
            raise Conflict(NO_CATALOGUE, **told_remains(settings, remains))
    if namespace is not None:
        expect_own_uploads(settings, namespace, database)
        expect_own_index(settings, namespace)


def told_remains(settings: Settings, remains: Remains) -> dict[str, object]:
    """The values of the sentence that says what was found."""
    return {
        "database": sqlite.database_path(settings.database).absolute(),
        "uploads": settings.uploads_folder.absolute(),
        "originals": remains.originals,
        "index": settings.index_folder.absolute(),
        "folders": remains.index_folders,
    }


def expect_own_uploads(settings: Settings, namespace: str, database: Database) -> None:
    """Raises Conflict where the originals are marked as another bank's, or unmarked and mostly unknown."""
    if read_marker(settings.uploads_folder) != namespace:
        with database.reading() as session:
            named = digests_in_any_rows(session)
        expect_uploads_of(settings, namespace, named)


def expect_uploads_of(settings: Settings, namespace: str, named: Container[str]) -> None:
    """Raises Conflict where the originals are another bank's than `namespace`, whose rows name the digests `named`."""
    folder = settings.uploads_folder
    owner, places = read_marker(folder), told_places(settings, folder, namespace)
    if owner == namespace:
        return
    if owner is not None:
        raise Conflict(UPLOADS_OF_ANOTHER, other=owner, **places)
    known, unknown = split_count(UploadsFolder(folder).digests(), named)
    if unknown > known:
        marker = folder.absolute() / MARKER_NAME
        raise Conflict(UPLOADS_UNKNOWN, named=known, unnamed=unknown, marker=marker, **places)


def split_count(digests: Iterable[str], named: Container[str]) -> tuple[int, int]:
    """How many of the digests are among `named`, and how many are not."""
    found = [digest in named for digest in digests]
    return sum(found), len(found) - sum(found)


def expect_own_index(settings: Settings, namespace: str) -> None:
    """Raises Conflict where the index is marked as another bank's."""
    owner = read_marker(settings.index_folder)
    if owner not in (None, namespace):
        raise Conflict(INDEX_OF_ANOTHER, other=owner, **told_places(settings, settings.index_folder, namespace))


def told_places(settings: Settings, folder: Path, own: str) -> dict[str, object]:
    """The values that the sentences about one folder share."""
    database = sqlite.database_path(settings.database).absolute()
    return {"folder": folder.absolute(), "database": database, "own": own}


def digests_in_any_rows(session: Session) -> set[str]:
    """Digests that rows name, also in a catalogue of an older version, which has no pictures."""
    tables = inspect(session.connection())
    kinds = [kind for kind in (File, Image) if tables.has_table(kind.__tablename__)]
    return {digest for kind in kinds for digest in session.scalars(select(kind.digest).distinct())}


def mark_folders(settings: Settings, namespace: str) -> None:
    """Notes in the folders of originals and index whose they are, and where the catalogue is.

    A disk that takes no writing is left as it is.
    """
    catalogue = sqlite.database_path(settings.database).absolute()
    for folder in (settings.uploads_folder, settings.index_folder):
        if folder.is_file():
            continue  # whoever wants to use it says so
        try:
            if (read_marker(folder), read_marked_catalogue(folder)) != (namespace, catalogue):
                write_marker(folder, namespace, catalogue)
        except OSError as error:
            log.warning("The folder %s could not be marked as this bank's: %s", folder, error)
