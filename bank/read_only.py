"""Opens SQLite files on a disk that can only be read, where SQLite can make none of the files that it wants beside."""

import atexit
import logging
import shutil
import sqlite3
import tempfile
from functools import cache, partial
from pathlib import Path

from bank.disk import is_read_only

log = logging.getLogger("bank.disk")


def connect_sqlite(path: Path, seconds: float) -> sqlite3.Connection:
    """A connection, without implicit transactions, to a file that is there or is made; on a read-only disk a reader's.

    `seconds` is how long it waits for a lock. A connection may be used by several threads in turn.
    """
    place = read_only_address(path) if path.exists() and is_read_only(path.parent) else str(path)
    return sqlite3.connect(
        place, timeout=seconds, isolation_level=None, check_same_thread=False, uri=place.startswith("file:")
    )


def read_only_address(path: Path) -> str:
    """The URI by which a file is read where nothing can be written beside it.

    A file that was closed well has no journal, and SQLite reads it as immutable. Where a journal was left together with
    its index, SQLite reads both as they are. A journal without its index has to be played: that is done in a copy.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    journal, shared = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    if not journal.exists() or journal.stat().st_size == 0:
        return f"{address}&immutable=1"
    if shared.exists():
        return address
    told = journal.stat()
    return f"{copied_elsewhere(path, told.st_mtime_ns, told.st_size).as_uri()}?mode=rw"


@cache
def copied_elsewhere(path: Path, moment: int, size: int) -> Path:
    """A copy of a file and its journal in the folder for temporary files, deleted when this process ends.

    `moment` and `size` are the journal's: one copy is made for each state of it.
    """
    folder = tempfile.mkdtemp(prefix="bank-read-only-")
    atexit.register(partial(shutil.rmtree, folder, ignore_errors=True))
    copy = Path(folder) / path.name
    for ending in ("", "-wal"):
        shutil.copyfile(path.with_name(path.name + ending), copy.with_name(copy.name + ending))
    log.warning("The disk can only be read, and %s has a journal: it is read from a copy in %s.", path.name, folder)
    return copy
