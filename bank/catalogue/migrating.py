"""Brings a catalogue to the tables of this version; called whenever a bank is opened."""

import sqlite3

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from bank import crash_points
from bank.catalogue import info, sqlite
from bank.catalogue.database import Database
from bank.catalogue.migrations import HEAD_REVISION
from bank.errors import Damaged, ReadOnlyDisk
from bank.messages import N_

OUTDATED_ON_READ_ONLY_DISK = N_(
    "The catalogue is empty or of an older version and has to be brought up to date, but its disk can only be read."
)
TABLES_OF_ANOTHER_VERSION = N_(
    "The catalogue says that its tables are those of version {revision}, but they are others ({reason}): something "
    "other than the bank changed it. Nothing was changed now. Stop the bank, move bank.db out of BANK_HOME into "
    "another folder (and bank.db-wal and bank.db-shm, where they are there), and bring it back from a backup: `bank "
    "restore FILE`. The originals stay where they are."
)


def upgrade_catalogue(database: Database) -> None:
    """Runs the migrations that are missing, in one transaction.

    Raises Damaged for a catalogue of a newer version, and for one whose tables are not those of its version;
    ReadOnlyDisk where there is something to do on a disk that can only be read.
    """
    present = catalogue_revision(database)
    if present == HEAD_REVISION:
        return
    if database.read_only:
        raise ReadOnlyDisk(OUTDATED_ON_READ_ONLY_DISK)
    # Alembic takes an eighth of a second to import, and most commands find nothing to migrate.
    from bank.catalogue.migrations.running import known_revisions, migrate_to_head

    if present is not None and present not in known_revisions():
        sentence = N_(
            "This catalogue was made by a newer version of the bank; install that version or restore a backup."
        )
        raise Damaged(sentence)
    try:
        with database.writing() as session:
            migrate_to_head(session.connection())
            crash_points.crash_point("migration.written")
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) != sqlite3.SQLITE_ERROR:
            raise
        raise Damaged(TABLES_OF_ANOTHER_VERSION, revision=present, reason=error.orig) from error
    crash_points.crash_point("migration.committed")


def catalogue_revision(database: Database) -> str | None:
    """The revision of the catalogue's tables; None for an empty database."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def founded_namespace(database: Database) -> str | None:
    """The namespace of the catalogue's bank, read before anything is made or migrated; None where there is no bank.

    None for a missing file, an empty one, and a database without one.
    """
    path = sqlite.database_path(database.address)
    if not path.is_file() or path.stat().st_size == 0:
        return None
    with database.reading() as session:
        if not inspect(session.connection()).has_table("info"):
            return None
        return info.read_info(session, "namespace")
