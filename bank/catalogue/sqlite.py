"""Everything that only SQLite needs: pragmas, immediate transactions, the online copy."""

import sqlite3
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
CATALOGUE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-16000",
    "temp_store=MEMORY",
)


def engine_options(address: str, busy_seconds: int) -> dict[str, Any]:
    """Arguments of create_engine for `address`: a busy timeout for SQLite, checked connections for a server."""
    path = sqlite_file(address)
    if path is not None:
        return {"creator": partial(connect_sqlite, path, busy_seconds), "pool_size": 12, "max_overflow": 30}
    return {"pool_pre_ping": True}


def sqlite_file(address: str) -> Path | None:
    """The file of the catalogue; None where a server keeps it."""
    url = make_url(address)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def prepare_engine(engine: Engine) -> None:
    """Makes each connection WAL with full sync, and each writing transaction BEGIN IMMEDIATE.

    Python's driver would begin transactions late and upgrade them, which ends in "database is locked".
    """

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        for pragma in CATALOGUE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        at_once = connection.get_execution_options().get("write_lock_at_once")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if at_once else "BEGIN")


def copy_database(address: str, target: Path) -> None:
    """Copies the database of `address` to `target` by SQLite's online backup, while others read and write.

    Raises Damaged when SQLite can't read it, DiskFull when there is no room for the copy.
    """
    source = connect_sqlite(sqlite_file(address) or Path(), 30)
    copy = sqlite3.connect(target)
    try:
        with telling_disk_failures():
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        raise Damaged(N_("The database can't be read: {reason}"), reason=str(error)) from error
    finally:
        copy.close()
        source.close()


def integrity_faults(address: str) -> list[str]:
    """What SQLite's own check finds wrong with the file; an empty list where it finds nothing."""
    connection = connect_sqlite(sqlite_file(address) or Path(), 30)
    try:
        rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    finally:
        connection.close()
    return [] if rows == ["ok"] else rows
