"""Opens the database of the catalogue: short transactions over one engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from bank.catalogue import audit, sqlite
from bank.catalogue.anchor import Anchor
from bank.catalogue.form_acts import count_writes_of_acts
from bank.catalogue.seals.committing import seal_at_commit
from bank.disk import is_read_only, telling_disk_failures
from bank.errors import Busy, ReadOnlyDisk
from bank.messages import N_

DATABASE_BUSY_SECONDS = 30
"""Seconds that a transaction waits for another writer (SQLite)."""


class CatalogueMoved(Busy):
    """The file of the catalogue is not the one that was opened: it was moved away, deleted or replaced meanwhile."""

    code = "catalogue_moved"
    sentence = N_(
        "The catalogue's file was moved away or replaced while the bank was running, so nothing is done here for the "
        "time being. Whoever runs the bank must put it back, or start the bank anew."
    )


class Database:
    """Opens transactions: `reading` sees one snapshot, `writing` holds the write lock and commits at its end.

    On a disk that can only be read it reads; as soon as the disk can be written again, it writes too.
    `anchor` is told the newest audit row after each commit that added one; None until the bank is open.
    Once `hold_file` was called, only that very file is read and written.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.file = sqlite.database_path(address)
        self._was_read_only = False
        self._held: tuple[int, int] | None = None
        self.engine: Engine = create_engine(address, **sqlite.engine_options(address, DATABASE_BUSY_SECONDS))
        sqlite.prepare_engine(self.engine)
        self._reading = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        writing = self.engine.execution_options(**sqlite.WRITE_OPTIONS)
        self._writing = sessionmaker(writing, expire_on_commit=False, info={audit.WRITES_AUDIT: True})
        self.anchor: Anchor | None = None
        seal_at_commit(self._writing, self.keep_head)
        count_writes_of_acts(self._writing)

    @property
    def read_only(self) -> bool:
        """True while the catalogue's disk can only be read."""
        return is_read_only(self.file.parent)

    def hold_file(self) -> None:
        """From now on transactions are opened only while the file is this one, by its device and inode numbers."""
        self._held = self._identity()

    def _identity(self) -> tuple[int, int] | None:
        """Device and inode of the file; None where there is none."""
        try:
            state = self.file.stat()
        except FileNotFoundError:
            return None
        return state.st_dev, state.st_ino

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only transaction: one snapshot, never committed. Raises DiskFull, ReadOnlyDisk, CatalogueMoved."""
        self._look_at_disk()
        with telling_disk_failures(), self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits when its block ends and rolls back when it raises.

        Raises DiskFull, ReadOnlyDisk, CatalogueMoved.
        """
        if self._look_at_disk():
            raise ReadOnlyDisk
        with telling_disk_failures(), self._writing.begin() as session:
            yield session

    def _look_at_disk(self) -> bool:
        """True while the disk can only be read; once it can be written again, opens other connections.

        Those that were opened meanwhile take the file for one that never changes. Raises CatalogueMoved.
        """
        if self._held is not None and self._identity() != self._held:
            raise CatalogueMoved
        now = self.read_only
        if self._was_read_only and not now:
            self.engine.dispose()
        self._was_read_only = now
        return now

    def keep_head(self, head: audit.AuditHead) -> None:
        """Notes the newest audit row in the anchor."""
        if self.anchor is not None:
            self.anchor.keep(head)

    def close(self) -> None:
        """Closes every connection of this process."""
        self.engine.dispose()
