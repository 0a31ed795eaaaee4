"""The worker's loop of upkeep: a bank that is idle stands whole in its files, and its newest act is told outside.

While nothing is written the journal (bank.db-wal) is emptied into bank.db, so that a plain copy of bank.db and uploads/
has everything; while much is written, that is done once a minute as far as readers allow.
"""

import logging
import threading
import time
from pathlib import Path

from sqlalchemy.engine import make_url

from bank.catalogue import audit, sqlite
from bank.jobs.loop import outlive
from bank.workflow.bank import Bank

UPKEEP_PAUSE_SECONDS = 1.0
"""Seconds between two looks at the journal."""
QUIET_SECONDS = 3.0
"""Seconds without a write after which the journal is emptied."""
UPKEEP_EVERY_SECONDS = 60.0
"""Seconds at most between two emptyings of the journal and between two fsyncs of the anchor."""
HEAD_TOLD_EVERY_SECONDS = 86_400.0
HEAD_LOGGER = "bank.upkeep.head"
logging.getLogger(HEAD_LOGGER).setLevel(logging.INFO)  # told though the worker logs warnings only


def run_upkeep_loop(bank: Bank, stop: threading.Event) -> None:
    """Keeps a bank on SQLite in order until `stop` is set; a failure is logged and tried again."""
    url = make_url(bank.settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        loop = UpkeepLoop(bank, Path(f"{url.database}-wal"))
        outlive(loop.step, stop, "Upkeep failed; it will be tried again.", UPKEEP_PAUSE_SECONDS)


class UpkeepLoop:
    """What the loop remembers: how the journal looked and since when, and when it did what last."""

    def __init__(self, bank: Bank, journal: Path) -> None:
        self.bank = bank
        self.journal = journal
        self.seen: tuple[int, int] | None = None
        self.since = self.emptied = self.synced = time.monotonic()
        self.told: float | None = None

    def step(self) -> bool:
        """One look; False, so that the loop pauses."""
        moment = time.monotonic()
        self.empty_journal(moment)
        if moment - self.synced >= UPKEEP_EVERY_SECONDS:
            self.synced = moment
            if self.bank.database.anchor is not None:
                self.bank.database.anchor.sync()
        if self.told is None or moment - self.told >= HEAD_TOLD_EVERY_SECONDS:
            self.told = moment
            tell_head(self.bank)
        return False

    def empty_journal(self, moment: float) -> None:
        """Empties the journal wholly when nothing was written for a while, else once a minute as far as possible."""
        now = journal_state(self.journal)
        if now != self.seen:
            self.seen, self.since = now, moment
        if now is None:
            return
        quiet = moment - self.since >= QUIET_SECONDS
        if quiet or moment - self.emptied >= UPKEEP_EVERY_SECONDS:
            sqlite.empty_journal(self.bank.database.address, wholly=quiet)
            self.emptied = self.since = moment
            self.seen = journal_state(self.journal)


def journal_state(journal: Path) -> tuple[int, int] | None:
    """Size and time of change of the journal; None while it is empty."""
    try:
        state = journal.stat()
    except FileNotFoundError:
        return None
    return (state.st_size, state.st_mtime_ns) if state.st_size else None


def tell_head(bank: Bank) -> None:
    """Logs the number and the chain value of the newest act, for a reader outside the machine."""
    with bank.database.reading() as session:
        head = audit.audit_head(session)
    logging.getLogger(HEAD_LOGGER).info("The audit has %s acts; its head is %s.", head.id, head.chain)
