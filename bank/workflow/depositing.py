"""Takes one file in: its bytes, its pages, an entry made of what it proposes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from bank import faults, ingest
from bank.catalogue import audit, entries, files
from bank.errors import BankError
from bank.ingest.extraction import Extraction
from bank.ingest.reasons import REASONS
from bank.messages import N_
from bank.workflow import thumbnails
from bank.workflow.completeness import missing_fields
from bank.workflow.describing import add_entry
from bank.workflow.filing import PDF, Filed, add_file
from bank.workflow.parts import Bank
from bank.workflow.publishing import publish
from bank.workflow.values import Wishes, entry_values

THERE_ALREADY = N_("The same file is already in the bank, in entry {entry}.")
UNREADABLE = N_("The file is not there or could not be opened.")
Status = Literal["read", "warning", "duplicate", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome for one file; `sentence` is an English msgid with its values, when there is something to say."""

    status: Status
    entry: int | None = None
    pages: int = 0
    flags: tuple[str, ...] = ()
    sentence: str | None = None
    values: dict[str, str | int] | None = None
    unknown: tuple[str, ...] = ()


def take_in(bank: Bank, path: Path, wishes: Wishes | None = None) -> Taken:
    """Reads a file and keeps it with an entry of its own; never raises for a bad file.

    A refused file leaves nothing behind. A failed one stays listed as a draft with its original.
    """
    wishes = wishes or Wishes()
    try:
        present = already_there(bank, path)
    except OSError:
        return Taken("refused", sentence=UNREADABLE)
    if present is not None:
        return present
    extraction = ingest.read_file(path, name=path.name, limits=ingest.Limits(max_bytes=bank.settings.max_upload_bytes))
    if extraction.outcome == "refused":
        return Taken("refused", flags=extraction.flags, sentence=_sentence(extraction), values=extraction.reason_values)
    try:
        filed = keep(bank, path, extraction)
    except BankError as error:
        return Taken(
            "refused", sentence=error.sentence, values={name: str(value) for name, value in error.values.items()}
        )
    faults.point("file.stored")
    with bank.database.writing() as session:
        twin = _twin(session, filed.digest)
        if twin is not None:
            return twin
        taken = enter(bank, session, extraction, filed, wishes)
        faults.point("entry.written")
    faults.point("entry.committed")
    return taken


def keep(bank: Bank, path: Path, extraction: Extraction) -> Filed:
    """Keeps the bytes, and a picture of a PDF's first page. Raises TooLarge."""
    stored = bank.uploads.put(path, bank.settings.max_upload_bytes)
    drawn = extraction.media_type == PDF and extraction.outcome != "failed"
    return Filed(path.name, stored.digest, stored.size, drawn and thumbnails.make(bank, path, stored.digest))


def _sentence(extraction: Extraction) -> str | None:
    return REASONS[extraction.reason] if extraction.reason else None


def already_there(bank: Bank, path: Path) -> Taken | None:
    """The outcome `duplicate` when an entry has a file of the same bytes; the file is only hashed."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with bank.database.reading() as session:
        return _twin(session, digest)


def _twin(session: Session, digest: str) -> Taken | None:
    for row in files.with_digest(session, digest):
        return Taken(
            "duplicate",
            entry=row.entry_id,
            pages=row.total_pages,
            sentence=THERE_ALREADY,
            values={"entry": row.entry_id},
        )
    return None


def enter(bank: Bank, session: Session, extraction: Extraction, filed: Filed, wishes: Wishes) -> Taken:
    """Writes the entry, its file and pages, its audit and outbox rows in the caller's transaction."""
    values = entry_values(bank.vocabulary, extraction.proposals, Path(filed.name).stem, wishes)
    entry = add_entry(bank, session, values.description)
    add_file(bank, session, entry, filed, extraction, wishes.licence or values.licence)
    audit.note(session, wishes.actor, "deposit", entry.id, {"uid": entry.uid, "digest": filed.digest})
    flags = [*extraction.flags, *(["unknown_terms"] if values.unknown else [])]
    if wishes.publish and extraction.outcome != "failed":
        publish(session, entry, wishes.actor)
        session.flush()
        if missing_fields(entries.load(session, [entry.id])[entry.id]):
            flags.append("incomplete")
    return Taken(
        status="warning" if extraction.outcome == "read" and values.unknown else extraction.outcome,
        entry=entry.id,
        pages=extraction.total_pages,
        flags=tuple(dict.fromkeys(flags)),
        sentence=_sentence(extraction),
        values=extraction.reason_values,
        unknown=values.unknown,
    )
