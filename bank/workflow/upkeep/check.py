"""Checks that files, catalogue, index and vectors agree; the tests of crashes and faults rely on it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from bank.catalogue import audit, entries, files, outbox, sqlite, unembedded
from bank.errors import BankError
from bank.messages import N_, say
from bank.workflow.bank import Bank
from bank.workflow.upkeep.altered import alteration_faults, seal_notes
from bank.workflow.upkeep.anchoring import lost_acts_faults
from bank.workflow.upkeep.derived import damaged_index_faults, damaged_vector_faults
from bank.workflow.upkeep.unnamed import missing_fault, unnamed_faults

FAULT_LOOKS = 3
"""How often index and vectors are compared before a difference counts as a fault."""
LOOK_PAUSE_SECONDS = 0.3
"""Seconds between two looks at index or vectors."""

UNREADABLE_ROWS = N_(
    "Rows of the database can't be read any more: {reason}. A backup has them: `bank restore FILE --into FOLDER`."
)

FaultLook = Callable[[Bank], list[str]]
"""Compares something once; the faults, one line each."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`faults` has one line for each fault.

    No faults are the `lag` rows that wait in the outbox, the `unembedded` entries that wait for their vectors, and the
    `orphans`, originals that no row names. `notes` are sentences about what the check can't see.
    """

    faults: tuple[str, ...]
    lag: int
    unembedded: int
    orphans: int
    entries: int
    originals: int
    notes: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        return not self.faults


def check_bank(bank: Bank) -> CheckReport:
    """Compares database, originals, index and vectors; reads every original. Changes nothing.

    Index and vectors are looked at up to three times, so that what the worker is just doing is no fault.
    """
    broken = database_faults(bank)
    if broken:
        return CheckReport(tuple(broken), 0, 0, 0, 0, 0)
    altered = lost_acts_faults(bank) + alteration_faults(bank)
    try:
        return compare_parts(bank, altered)
    except (DBAPIError, ValueError, TypeError) as error:  # what a column should hold is no longer in it
        unread = say(UNREADABLE_ROWS, bank.settings.language, reason=getattr(error, "orig", error))
        return CheckReport((*altered, unread), 0, 0, 0, 0, 0)


def compare_parts(bank: Bank, altered: Sequence[str]) -> CheckReport:
    """Compares originals, index, vectors and audit with the catalogue; `altered` are faults that are known already."""
    found = list(altered) + lasting_faults(bank, index_faults) + lasting_faults(bank, meaning_faults)
    found += lasting_faults(bank, damaged_index_faults) + damaged_vector_faults(bank)
    with bank.database.reading() as session:
        named = files.digests_in_rows(session)
        published = len(entries.published_versions(session))
        lag = outbox.count_outbox_rows(session)
        found += [f"entry {id}: can't be indexed: {error}" for id, error in outbox.indexing_failures(session).items()]
        unready = unembedded.embedding_failures(session) if bank.meaning else {}
        found += [f"entry {id}: can't be embedded: {error}" for id, error in unready.items()]
        waiting = unembedded.count_unembedded(session) if bank.meaning else 0
        found += [f"audit: row {row} does not agree with the chain" for row in audit.broken_audit_rows(session)]
    found += [f"original {digest}: {fault}" for digest in sorted(named) if (fault := original_fault(bank, digest))]
    orphans = [digest for digest in bank.uploads.digests() if digest not in named]
    found += unnamed_faults(bank, orphans, named)
    return CheckReport(tuple(found), lag, waiting, len(orphans), published, len(named), tuple(seal_notes(bank)))


def database_faults(bank: Bank) -> list[str]:
    """What the database itself finds wrong with its file."""
    return [f"database: {line}" for line in sqlite.integrity_faults(bank.database.address)]


def original_fault(bank: Bank, digest: str) -> str | None:
    if not bank.uploads.has(digest):
        return missing_fault(bank, digest)
    return None if bank.uploads.verify(digest) else "its bytes have changed"


def lasting_faults(bank: Bank, look: FaultLook) -> list[str]:
    """The faults that three looks, 0.3 s apart, all find; what the worker repairs meanwhile is left out."""
    found = look(bank)
    for _ in range(FAULT_LOOKS - 1):
        if not found:
            return []
        time.sleep(LOOK_PAUSE_SECONDS)
        again = set(look(bank))
        found = [fault for fault in found if fault in again]
    return found


def index_faults(bank: Bank) -> list[str]:
    """Differences between index and catalogue, but for entries that wait in the outbox."""
    with bank.database.reading() as session:
        published = entries.published_versions(session)
        waiting = outbox.entries_in_outbox(session)
    settled = published.keys() - waiting
    reason = bank.index.stale()
    if reason is not None:
        return [f"index: {reason}"] if settled else []
    try:
        indexed = bank.index.engine().versions()
    except BankError as error:
        return [f"index: {error}"]
    missing = [f"entry {id}: not in the index" for id in sorted(settled - indexed.keys())]
    behind = [
        f"entry {id}: indexed at version {indexed[id]}, published at {published[id]}"
        for id in sorted(settled & indexed.keys())
        if indexed[id] != published[id]
    ]
    extra = [
        f"entry {id}: in the index but not published" for id in sorted(indexed.keys() - published.keys() - waiting)
    ]
    return missing + behind + extra


def meaning_faults(bank: Bank) -> list[str]:
    """Differences between vectors and catalogue, but for entries that wait for the index or for their vectors."""
    if bank.meaning is None:
        return []
    with bank.database.reading() as session:
        published = entries.published_versions(session)
        waiting = outbox.entries_in_outbox(session) | unembedded.entries_unembedded(session)
    try:
        embedded = bank.meaning.store.versions()
    except BankError as error:
        return [f"vectors: {error}"]
    settled = published.keys() - waiting
    missing = [f"entry {id}: has no vectors" for id in sorted(settled - embedded.keys())]
    behind = [
        f"entry {id}: vectors of version {embedded[id]}, published at {published[id]}"
        for id in sorted(settled & embedded.keys())
        if embedded[id] != published[id]
    ]
    extra = sorted(embedded.keys() - published.keys() - waiting)
    return missing + behind + [f"entry {id}: has vectors but is not published" for id in extra]
