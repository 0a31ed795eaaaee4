"""The SQLite file of the vectors: its tables, a connection for each thread, transactions, errors."""

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR

from bank.disk import is_read_only
from bank.errors import BankError
from bank.messages import N_
from bank.read_only import connect_sqlite
from bank.search.meaning.encoder import MODEL_NAME

VECTOR_LAYOUT = "6"
"""Raise this when the tables or the cutting into passages change: all vectors are then made anew."""
VECTORS_MADE_BY = f"{MODEL_NAME}/{VECTOR_LAYOUT}"
# The fine vectors are most of a row and come last: SQLite reads the other columns without touching their pages.
VECTOR_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, change INTEGER NOT NULL,
    landmarks TEXT NOT NULL, placed BLOB NOT NULL,
    coarse_places BLOB NOT NULL, coarse_digests BLOB NOT NULL, coarse BLOB NOT NULL,
    fine_places BLOB NOT NULL, fine_digests BLOB NOT NULL, fine BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS ix_entry_change ON entry (change);
CREATE TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY, change INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS word (
    word TEXT PRIMARY KEY, change INTEGER NOT NULL, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ix_word_change ON word (change);
CREATE TABLE IF NOT EXISTS landmarks (name TEXT PRIMARY KEY, vectors BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
CHECKSUM_TABLE = "CREATE TABLE IF NOT EXISTS checksum (id INTEGER PRIMARY KEY, digest BLOB NOT NULL)"
"""Digests of entries' rows, in a table that files of this layout may lack: rows that were written without have none."""
VECTOR_TABLES = ("entry", "gone", "word", "landmarks", "info", "checksum")
# secure_delete overwrites deleted data with zeros, so that nothing of a withdrawn entry stays in the file.
VECTOR_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON")
VECTOR_BUSY_SECONDS = 30
EMPTYING_SECONDS = 1


VECTORS_IN_THE_WAY = N_("There is a folder where the file of the vectors should be: {path}. Move it away.")


class NoVectors(BankError):
    """The file of vectors can't be used now: the disk is full, access is denied, it is locked."""

    code = "no_vectors"
    sentence = N_("The vectors for searching by meaning can't be used: {reason}")


class DamagedVectors(NoVectors):
    """The file of vectors is damaged; it can be thrown away and made again."""

    code = "damaged_vectors"


class VectorFile:
    """The file `vectors.db`, made at the first write. A connection belongs to one thread.

    A file that was taken away or replaced while the bank runs is noticed at the next transaction.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """A read transaction: one state of the file throughout; None where there is no file. Raises NoVectors."""
        with translate_sqlite_errors():
            connection = self._connection()
            if connection is None:
                yield None
                return
            with vector_transaction(connection, "BEGIN"):
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: committed at the end of the block, rolled back when it raises. Raises NoVectors."""
        with translate_sqlite_errors():
            connection = self._connection() or self._made()
            with vector_transaction(connection, "BEGIN IMMEDIATE"):
                yield connection

    def empty_journal(self) -> None:
        """Writes the journal's content into the file and truncates the journal.

        Where another connection reads or writes for longer than a second, the journal is left as it is, to be emptied
        later. Raises NoVectors.
        """
        with translate_sqlite_errors():
            connection = self._connection()
            if connection is None:
                return
            connection.execute(f"PRAGMA busy_timeout={1000 * EMPTYING_SECONDS}")
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.execute(f"PRAGMA busy_timeout={1000 * VECTOR_BUSY_SECONDS}")

    @property
    def has_journal(self) -> bool:
        """True while the journal is not empty, whichever process wrote it."""
        try:
            return self.path.with_name(f"{self.path.name}-wal").stat().st_size > 0
        except FileNotFoundError:
            return False

    def throw_away(self) -> None:
        """Deletes the file, so that a new one is made."""
        self.close()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def close(self) -> None:
        """Closes this thread's connection."""
        connection = self._own.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    def _connection(self) -> sqlite3.Connection | None:
        """This thread's connection to the file that is there now; None where there is none."""
        there = self._identity()
        if there is None:
            return None
        if self._own.__dict__.get("file") != there:
            self.close()
        connection: sqlite3.Connection | None = self._own.__dict__.get("connection")
        return connection or self._opened()

    def _made(self) -> sqlite3.Connection:
        """A connection to a new file, which is made beside and then renamed: nobody opens it before it has its tables.

        The journal of a deleted one is removed, or SQLite would take it for the new one's.
        """
        self.throw_away()
        beside = self.path.with_name(f"{self.path.name}.new")
        for ending in ("", "-wal", "-shm"):
            beside.with_name(beside.name + ending).unlink(missing_ok=True)
        connect_to_vectors(beside, "rwc").close()
        beside.replace(self.path)
        return self._opened()

    def _opened(self) -> sqlite3.Connection:
        """A new connection of this thread to the file that is there."""
        connection = connect_to_vectors(self.path, "rw")
        self._own.connection, self._own.file = connection, self._identity()
        return connection

    def _identity(self) -> tuple[int, int, bool] | None:
        """Device, inode and whether its disk can only be read: where one changes it is opened anew. None for no file.

        Raises NoVectors where a folder is in the way.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        if S_ISDIR(found.st_mode):
            raise NoVectors(VECTORS_IN_THE_WAY, path=self.path.absolute())
        return found.st_dev, found.st_ino, is_read_only(self.path.parent)


def connect_to_vectors(path: Path, mode: str) -> sqlite3.Connection:
    """A connection to a file of vectors, with tables; `mode` is `rw`, or `rwc` to make the file.

    On a disk that can only be read it reads. Raises NoVectors where the tables there are another version's.
    """
    if is_read_only(path.parent):
        return connect_to_read_vectors(path)
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, timeout=VECTOR_BUSY_SECONDS, isolation_level=None, uri=True)
    try:
        for pragma in VECTOR_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        prepare_vector_tables(connection)
        connection.execute(CHECKSUM_TABLE)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read_vectors(path: Path) -> sqlite3.Connection:
    """A connection to a file of vectors on a disk that can only be read. Raises NoVectors."""
    connection = connect_sqlite(path, VECTOR_BUSY_SECONDS)
    try:
        if read_vectors_made_by(connection) != VECTORS_MADE_BY:
            raise NoVectors(reason="-")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def translate_sqlite_errors() -> Iterator[None]:
    """Raises NoVectors for SQLite's operational errors, DamagedVectors for a damaged file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise NoVectors(reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # a programming error, not a fault of the file
        raise DamagedVectors(reason=str(error)) from error


@contextmanager
def vector_transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    """A transaction: committed at the end of the block, rolled back when it raises. `begin` is its first statement."""
    connection.execute(begin)
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def prepare_vector_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables; where another model or layout filled them, they are dropped first."""
    if read_vectors_made_by(connection) == VECTORS_MADE_BY:
        return
    with vector_transaction(connection, "BEGIN IMMEDIATE"):
        if read_vectors_made_by(connection) == VECTORS_MADE_BY:
            return  # another process did it meanwhile
        for table in VECTOR_TABLES:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in filter(str.strip, VECTOR_SCHEMA.split(";")):
            connection.execute(statement)
        facts = [
            ("made by", VECTORS_MADE_BY),
            ("file", secrets.token_hex(8)),
            ("change", "1"),
            ("words", "1"),
            ("dropped", "1"),
        ]
        connection.executemany("INSERT INTO info VALUES (?, ?)", facts)


def read_vectors_made_by(connection: sqlite3.Connection) -> str | None:
    """The model and layout that filled the file; None for an empty file."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'info'").fetchone():
        return None
    row = connection.execute("SELECT value FROM info WHERE key = 'made by'").fetchone()
    return str(row[0]) if row else None


def next_change(connection: sqlite3.Connection, key: str = "change") -> int:
    """The next number of the count `key`, for a write in this transaction."""
    connection.execute("UPDATE info SET value = CAST(value AS INTEGER) + 1 WHERE key = ?", (key,))
    return int(connection.execute("SELECT value FROM info WHERE key = ?", (key,)).fetchone()[0])
