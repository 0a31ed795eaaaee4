"""Opens the database of the catalogue: short transactions over one engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from bank.catalogue import audit, sqlite
from bank.catalogue.anchor import Anchor
from bank.catalogue.seals.committing import seal_at_commit

DATABASE_BUSY_SECONDS = 30
"""Seconds that a transaction waits for another writer (SQLite)."""


class Database:
    """Opens transactions: `reading` sees one snapshot, `writing` holds the write lock and commits at its end.

    `anchor` is told the newest audit row after each commit that added one; None until the bank is open.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.engine: Engine = create_engine(address, **sqlite.engine_options(DATABASE_BUSY_SECONDS))
        sqlite.prepare_engine(self.engine)
        self._reading = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        writing = self.engine.execution_options(**sqlite.WRITE_OPTIONS)
        self._writing = sessionmaker(writing, expire_on_commit=False, info={audit.WRITES_AUDIT: True})
        self.anchor: Anchor | None = None
        seal_at_commit(self._writing, self.keep_head)

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

    def keep_head(self, head: audit.AuditHead) -> None:
        """Notes the newest audit row in the anchor."""
        if self.anchor is not None:
            self.anchor.keep(head)

    def close(self) -> None:
        """Closes every connection of this process."""
        self.engine.dispose()
