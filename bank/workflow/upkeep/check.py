"""Checks that files, catalogue, index and vectors agree; the tests of crashes and faults rely on it."""

import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from bank.catalogue import audit, entries, files, outbox, sqlite, unembedded
from bank.errors import BankError
from bank.messages import N_, say, translations
from bank.search.store import INDEX_IN_THE_WAY
from bank.workflow.bank import Bank
from bank.workflow.upkeep import fault_words as words
from bank.workflow.upkeep.altered import alteration_faults, seal_notes
from bank.workflow.upkeep.anchoring import lost_acts_faults
from bank.workflow.upkeep.derived import damaged_index_faults, damaged_vector_faults
from bank.workflow.upkeep.disk_state import DISK_IS_FULL, STATE_MB_BYTES, disk_state
from bank.workflow.upkeep.fault_words import faults_of_entries, original_faults, say_fault
from bank.workflow.upkeep.unnamed import unnamed_faults

FAULT_LOOKS = 3
"""How often index and vectors are compared before a difference counts as a fault."""
LOOK_PAUSE_SECONDS = 0.3
"""Seconds between two looks at index or vectors."""
MOST_DAMAGES_TOLD = 3
"""So many of SQLite's own words on a damaged file are told."""

UNREADABLE_ROWS = N_(
    "Rows of the database can't be read any more: {reason}. A backup has them: `bank restore FILE --into NEW-FOLDER`."
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
    altered = disk_faults(bank) + lost_acts_faults(bank) + alteration_faults(bank)
    try:
        return compare_parts(bank, altered)
    except (DBAPIError, ValueError, TypeError) as error:  # what a column should hold is no longer in it
        unread = say(UNREADABLE_ROWS, bank.settings.language, reason=getattr(error, "orig", error))
        return CheckReport((*altered, unread), 0, 0, 0, 0, 0)


def compare_parts(bank: Bank, altered: Sequence[str]) -> CheckReport:
    """Compares originals, index, vectors and audit with the catalogue; `altered` are faults that are known already."""
    found = list(altered)
    # What is damaged explains what would differ: one line says it.
    found += lasting_faults(bank, damaged_index_faults) or lasting_faults(bank, index_faults)
    found += damaged_vector_faults(bank) or lasting_faults(bank, meaning_faults)
    found += set_aside_faults(bank)
    with bank.database.reading() as session:
        named = files.digests_in_rows(session)
        published = len(entries.published_versions(session))
        lag = outbox.count_outbox_rows(session)
        waiting = unembedded.count_unembedded(session) if bank.meaning else 0
        found += [say_fault(bank, words.AUDIT_BROKEN, row=row) for row in audit.broken_audit_rows(session)]
    found += faults_of_originals(bank, named)
    orphans = [digest for digest in bank.uploads.digests() if digest not in named]
    found += unnamed_faults(bank, orphans, named) if bank.settings.uploads_folder.is_dir() else []
    return CheckReport(tuple(found), lag, waiting, len(orphans), published, len(named), tuple(seal_notes(bank)))


def database_faults(bank: Bank) -> list[str]:
    """What the database itself finds wrong with its file, in one line: the way out of it is one."""
    wrong = sqlite.integrity_faults(bank.database.address)
    reason = "; ".join(wrong[:MOST_DAMAGES_TOLD]) + ("; …" if len(wrong) > MOST_DAMAGES_TOLD else "")
    return [say_fault(bank, words.CATALOGUE_DAMAGED, reason=reason)] if wrong else []


def disk_faults(bank: Bank) -> list[str]:
    """A disk that is full; one that can only be read is no fault."""
    state = disk_state(bank.settings)
    if state.condition != "full":
        return []
    return [say_fault(bank, DISK_IS_FULL, path=state.folder, megabytes=state.free // STATE_MB_BYTES)]


def set_aside_faults(bank: Bank) -> list[str]:
    """Entries that were set aside because they can't be indexed or embedded."""
    with bank.database.reading() as session:
        unindexed = outbox.indexing_failures(session)
        unready = unembedded.embedding_failures(session) if bank.meaning else {}
    found = []
    for sentence, failures in ((words.INDEXING_FAILED, unindexed), (words.EMBEDDING_FAILED, unready)):
        found += faults_of_entries(bank, sentence, failures, {id: {"reason": error} for id, error in failures.items()})
    return found


def faults_of_originals(bank: Bank, named: Set[str]) -> list[str]:
    """Originals that are gone or have changed; a folder that is gone is one fault. Reads every original."""
    folder = bank.settings.uploads_folder
    if named and not folder.is_dir():
        return [say_fault(bank, words.ORIGINALS_GONE, path=folder.absolute())]
    missing = {digest for digest in named if not bank.uploads.has(digest)}
    aside = {digest for digest in missing if bank.uploads.has_aside(digest)}
    changed = {digest for digest in named - missing if not bank.uploads.verify(digest)}
    return (
        original_faults(bank, words.ORIGINAL_ASIDE, aside)
        + original_faults(bank, words.ORIGINAL_MISSING, missing - aside)
        + original_faults(bank, words.ORIGINAL_CHANGED, changed)
    )


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
    settled, folder = published.keys() - waiting, bank.settings.index_folder
    if folder.is_file():
        return [say_fault(bank, INDEX_IN_THE_WAY, path=folder.absolute())]
    reason = bank.index.stale()
    if reason is not None:
        return [say_fault(bank, words.INDEX_STATES[reason])] if settled else []
    try:
        indexed = bank.index.engine().versions()
    except BankError as error:
        return [say_fault(bank, words.INDEX_NOT_USABLE, reason=told_in_language(bank, error))]
    if len(settled) > 1 and not indexed:
        return [say_fault(bank, words.INDEX_EMPTY, number=len(settled))]
    return (
        faults_of_entries(bank, words.NOT_INDEXED, settled - indexed.keys())
        + behind_faults(bank, words.INDEXED_BEHIND, indexed, published, settled)
        + faults_of_entries(bank, words.INDEXED_UNPUBLISHED, indexed.keys() - published.keys() - waiting)
    )


def behind_faults(
    bank: Bank, sentence: str, there: Mapping[int, int], published: Mapping[int, int], settled: Set[int]
) -> list[str]:
    """Entries of which another version is `there` than is published."""
    behind = {
        id: {"there": there[id], "published": published[id]}
        for id in settled & there.keys()
        if there[id] != published[id]
    }
    return faults_of_entries(bank, sentence, behind, behind)


def told_in_language(bank: Bank, error: BankError) -> str:
    """What an error says, in the bank's language."""
    return error.told(translations(bank.settings.language).gettext)


def meaning_faults(bank: Bank) -> list[str]:
    """Differences between vectors and catalogue, but for entries that wait for the index or for their vectors."""
    if bank.meaning is None:
        return []
    with bank.database.reading() as session:
        published = entries.published_versions(session)
        waiting = outbox.entries_in_outbox(session) | unembedded.entries_unembedded(session)
    path = bank.settings.vectors_file
    try:
        embedded = bank.meaning.store.versions()
    except BankError as error:
        return [say_fault(bank, words.VECTORS_NOT_USABLE, reason=told_in_language(bank, error))]
    settled = published.keys() - waiting
    if settled and not embedded and (len(settled) > 1 or not path.exists()):
        return [say_fault(bank, words.VECTORS_GONE, path=path.absolute())]
    return (
        faults_of_entries(bank, words.NO_VECTORS_OF_ENTRY, settled - embedded.keys())
        + behind_faults(bank, words.VECTORS_BEHIND, embedded, published, settled)
        + faults_of_entries(bank, words.VECTORS_UNPUBLISHED, embedded.keys() - published.keys() - waiting)
    )
