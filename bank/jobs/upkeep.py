"""Chores of upkeep: a bank that is idle stands whole in its files, and its newest act is told outside.

While nothing is written the journal (bank.db-wal) is emptied into bank.db, so that a plain copy of bank.db and uploads/
has everything; while much is written, that is done once a minute as far as readers allow.
"""

import logging
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from bank.catalogue import audit, sqlite
from bank.workflow.bank import Bank

QUIET_SECONDS = 3.0
"""Seconds without a write after which the journal is emptied."""
HEAD_LOGGER = "bank.upkeep.head"
logging.getLogger(HEAD_LOGGER).setLevel(logging.INFO)  # told though the worker logs warnings only


def empty_quiet_journal(bank: Bank) -> None:
    """Empties the journal wholly, unless something was written just now or it is empty."""
    try:
        state = Path(f"{sqlite.database_path(bank.database.address)}-wal").stat()
    except FileNotFoundError:
        return
    if state.st_size and not 0 <= time.time() - state.st_mtime < QUIET_SECONDS:
        with suppress(sqlite3.OperationalError):  # a full disk, or somebody writes again: later
            sqlite.empty_journal(bank.database.address, wholly=True)


def empty_busy_journal(bank: Bank) -> None:
    """Brings what readers no longer need from the journal into the database, while others write."""
    with suppress(sqlite3.OperationalError):
        sqlite.empty_journal(bank.database.address, wholly=False)


def sync_anchor(bank: Bank) -> None:
    """Flushes the anchor to the disk."""
    if bank.database.anchor is not None:
        bank.database.anchor.sync()


def tell_head(bank: Bank) -> None:
    """Logs the number and the chain value of the newest act, for a reader outside the machine."""
    with bank.database.reading() as session:
        head = audit.audit_head(session)
    logging.getLogger(HEAD_LOGGER).info("The audit has %s acts; its head is %s.", head.id, head.chain)
