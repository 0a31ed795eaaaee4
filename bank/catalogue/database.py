"""Opens the database of the catalogue: short transactions over one engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from bank.catalogue import sqlite

DATABASE_BUSY_SECONDS = 30
"""Seconds that a transaction waits for another writer (SQLite)."""


class Database:
    """Opens transactions: `reading` sees one snapshot, `writing` holds the write lock and commits at its end."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.engine: Engine = create_engine(address, **sqlite.engine_options(DATABASE_BUSY_SECONDS))
        sqlite.prepare_engine(self.engine)
        self._reading = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        writing = self.engine.execution_options(**sqlite.WRITE_OPTIONS)
        self._writing = sessionmaker(writing, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only transaction: one snapshot, never committed."""
        with self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits when its block ends and rolls back when it raises."""
        with self._writing.begin() as session:
            yield session

    def close(self) -> None:
        """Closes every connection of this process."""
        self.engine.dispose()
