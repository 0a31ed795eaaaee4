"""Proves a backup: restores it into a temporary folder beside the archive, checks what came back, and removes it."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bank.catalogue import audit, files, info, sqlite
from bank.catalogue.database import Database
from bank.catalogue.migrating import upgrade_catalogue
from bank.catalogue.seals.renewing import has_altered_facts, has_present_seals
from bank.catalogue.seals.verifying import alterations
from bank.clock import now
from bank.disk import free_bytes, margin_bytes
from bank.errors import BankError, Damaged, NotFound
from bank.messages import N_, say
from bank.progress import Progress, no_progress
from bank.settings import Settings
from bank.uploads import UploadsFolder
from bank.workflow.bank import Bank
from bank.workflow.upkeep.altered import alteration_sentence
from bank.workflow.upkeep.backup import restore_backup
from bank.workflow.upkeep.fault_words import AUDIT_BROKEN
from bank.workflow.upkeep.notes import ProofNote, note_proof

PROOF_MB_BYTES = 1024 * 1024
DATABASE_NOT_SOUND = N_("The database is damaged: {reason}")
ORIGINAL_NOT_WHOLE = N_("The original {name} is missing or altered.")


@dataclass(frozen=True, slots=True)
class Proof:
    """A backup that was restored and found whole. `namespace` is that of its bank, `digest` its database's.

    `sealed` is False where its seals could not be compared: an earlier version of the bank made it.
    """

    moment: datetime
    name: str
    made: datetime
    digest: str
    namespace: str
    originals: int
    sealed: bool


def prove_backup(archive: Path, settings: Settings, progress: Progress = no_progress) -> Proof:
    """Restores an archive beside itself, checks database, audit, seals and every original, and removes it.

    Seals are compared where they are this version's, as the tables are.

    Raises BankError where there is no room for it, and what `restore_backup` raises; Damaged names the first fault.
    """
    expect_room_beside(archive)
    with tempfile.TemporaryDirectory(prefix=".bank-proof-", dir=archive.parent) as folder:
        apart = {"home": Path(folder), "database_url": "", "uploads_url": "file:uploads", "index_url": "whoosh:index"}
        restored = settings.model_copy(update=apart)
        manifest = restore_backup(archive, restored, progress).manifest
        database = Database(restored.database)
        try:
            # What an earlier version sealed, or how it described its tables, is no alteration after an upgrade.
            sealed = has_present_seals(database)
            upgrade_catalogue(database)
            uploads = UploadsFolder(restored.uploads_folder)
            fault = fault_of_restored(database, uploads, settings.language, sealed=sealed)
            with database.reading() as session:
                namespace = info.read_info(session, "namespace") or ""
        finally:
            database.close()
    if fault is not None:
        raise Damaged(N_("The backup was restored for a proof and is not whole: {reason}"), reason=fault)
    made = datetime.fromisoformat(manifest.made)
    return Proof(now(), archive.name, made, manifest.database, namespace, len(manifest.originals), sealed)


def expect_room_beside(archive: Path) -> None:
    """Raises NotFound where there is no archive, BankError where its disk has no room for it and the margin."""
    if not archive.is_file():
        raise NotFound(N_("There is no file {path}."), path=str(archive))
    folder = archive.absolute().parent
    needed, free = archive.stat().st_size + margin_bytes(folder), free_bytes(folder)
    if needed > free:
        sentence = N_("To prove the backup, {needed} MB must be free beside it, and {free} MB are.")
        raise BankError(sentence, needed=-(-needed // PROOF_MB_BYTES), free=free // PROOF_MB_BYTES)


def fault_of_restored(database: Database, uploads: UploadsFolder, language: str, *, sealed: bool) -> str | None:
    """The first thing that is wrong with a restored bank; None where all is well. Seals are compared where `sealed`."""
    for line in sqlite.integrity_faults(database.address):
        return say(DATABASE_NOT_SOUND, language, reason=line)
    with database.reading() as session:
        for row in audit.broken_audit_rows(session):
            return say(AUDIT_BROKEN, language, row=row)
        named = sorted(files.digests_in_rows(session))
    if sealed or has_altered_facts(database):
        with sqlite.raw_snapshot(database.address) as ask:
            for one in alterations(ask):
                return alteration_sentence(one, language)
    bad = (say(ORIGINAL_NOT_WHOLE, language, name=digest) for digest in named if not uploads.verify(digest))
    return next(bad, None)


def note_proof_of(bank: Bank, proof: Proof) -> bool:
    """Notes a proof in the bank that the backup is of; False, noting nothing, where it is another bank's."""
    if proof.namespace != bank.namespace:
        return False
    with bank.database.writing() as session:
        note_proof(session, ProofNote(proof.moment, proof.name, proof.made, proof.digest))
    return True
