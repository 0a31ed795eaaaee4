"""Everything that only SQLite needs: pragmas, immediate transactions, the online copy."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from bank.disk import telling_disk_failures
from bank.errors import Damaged
from bank.messages import N_
from bank.read_only import connect_sqlite

WRITE_OPTIONS = {"write_lock_at_once": True}
"""Execution options of a writing transaction: it takes the write lock at its beginning."""
UNREADABLE_DATABASE = N_("The database can't be read: {reason}")
CATALOGUE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-16000",
    "temp_store=MEMORY",
)


def database_path(address: str) -> Path:
    """The file of the database at this address, whether or not it exists."""
    return Path(make_url(address).database or "")


def make_database_file(address: str) -> None:
    """Makes an empty file where there is none; SQLite gives its journals the same mode, 0640 whatever the umask."""
    path = database_path(address)
    if path.exists():
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
    except FileExistsError:
        return
    os.fchmod(descriptor, 0o640)
    os.close(descriptor)


def engine_options(address: str, busy_seconds: int) -> dict[str, Any]:
    """Arguments of create_engine: how a connection is opened, and how many are kept.

    `busy_seconds` is how long a transaction waits for another. Errors don't repeat the values that were being written:
    they reach logs and the page of an administrator, who may not read drafts.
    """
    opened = partial(connect_sqlite, database_path(address), busy_seconds)
    return {"creator": opened, "pool_size": 12, "max_overflow": 30, "hide_parameters": True}


def prepare_engine(engine: Engine) -> None:
    """Makes each connection WAL with full sync, and each writing transaction BEGIN IMMEDIATE.

    Python's driver would begin transactions late and upgrade them, which ends in "database is locked".
    """

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        try:
            for pragma in CATALOGUE_PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except UnicodeDecodeError as error:  # names of damaged tables stand in SQLite's own message
            raise Damaged(UNREADABLE_DATABASE, reason=str(error)) from error

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        at_once = connection.get_execution_options().get("write_lock_at_once")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if at_once else "BEGIN")


def copy_database(address: str, target: Path) -> None:
    """Copies the database of `address` to `target` by SQLite's online backup, while others read and write.

    Raises Damaged when SQLite can't read it, DiskFull when there is no room for the copy.
    """
    source = connect_sqlite(database_path(address), 30)
    copy = sqlite3.connect(target)
    try:
        with telling_disk_failures():
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        raise Damaged(UNREADABLE_DATABASE, reason=str(error)) from error
    finally:
        copy.close()
        source.close()


def integrity_faults(address: str) -> list[str]:
    """What SQLite's own check finds wrong with the file; an empty list where it finds nothing."""
    connection = connect_sqlite(database_path(address), 30)
    try:
        rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    finally:
        connection.close()
    return [] if rows == ["ok"] else rows


def empty_journal(address: str, *, wholly: bool) -> None:
    """Writes the journal (bank.db-wal) into the database file, as far as readers allow; `wholly` also truncates it.

    Gives way to others after a fifth of a second. Raises sqlite3.OperationalError where the file is gone: none is made.
    """
    place = f"{database_path(address).absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(place, timeout=0.2, uri=True)
    try:
        connection.execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if wholly else 'PASSIVE'})").fetchall()
    finally:
        connection.close()


def namespace_in_copy(path: Path) -> str | None:
    """The namespace in a copy of a catalogue that nobody writes; None where it has none, or is no database."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        row = connection.execute("SELECT value FROM info WHERE key = 'namespace'").fetchone()
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()
    return str(row[0]) if row else None


@contextmanager
def raw_snapshot(address: str) -> Iterator[Callable[..., Iterable[Sequence[object]]]]:
    """Asks one snapshot of the database for its values as they are kept, text as bytes: it may be no UTF-8 any more."""
    connection = connect_sqlite(database_path(address), 30)
    connection.text_factory = bytes
    try:
        connection.execute("BEGIN")
        yield lambda question, *values: connection.execute(question, values)
    finally:
        connection.close()
