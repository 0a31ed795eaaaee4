"""Imports a file: stores its bytes, reads its pages, and makes an entry from what the file proposes."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Literal

from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue import audit, entries, files
from bank.catalogue.tables import Entry
from bank.errors import NoRoom, TooLarge
from bank.ingest.extraction import Extraction
from bank.ingest.reasons import REASONS
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.entries.completeness import missing_fields
from bank.workflow.entries.new import add_entry
from bank.workflow.entries.publishing import publish_entry
from bank.workflow.files import reading
from bank.workflow.files.names import shown_name
from bank.workflow.files.place import expect_own_place
from bank.workflow.files.quota import NETWORK_QUOTA_REACHED, NetworkRoom, measure_room
from bank.workflow.files.reading import ReadFile
from bank.workflow.files.rows import KeptFile, new_file, note_reading
from bank.workflow.imports.values import (
    ImportWishes,
    entry_values,
    guessed_year,
    import_notes,
    is_title_doubtful,
    with_labelled_title,
)

SAME_FILE_THERE = N_("The same file is already in the bank, in entry {entry}.")
FILE_NOT_OPENED = N_("The file is not there or could not be opened.")
FILE_KEEPS_CHANGING = N_("The file keeps changing while it is read. Try again when nobody writes to it.")
IMPORT_TRIES = 3
"""How often a file that keeps changing is read."""
IMPORTS_AT_ONCE = 2
"""Files that are read at the same time."""
ImportStatus = Literal["read", "warning", "duplicate", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The outcome for one file; `sentence` is an English msgid with its values, when there is something to say.

    `title`, `year` and `language` are what its new entry was given; None when it made none. `guessed_year` is only
    proposed, `doubtful` says that the title is a guess.
    """

    status: ImportStatus
    entry: int | None = None
    pages: int = 0
    flags: tuple[str, ...] = ()
    sentence: str | None = None
    values: dict[str, str | int] | None = None
    unknown: tuple[str, ...] = ()
    title: str | None = None
    year: int | None = None
    language: str | None = None
    guessed_year: int | None = None
    doubtful: bool = False


def import_file(
    bank: Bank, path: Path, wishes: ImportWishes | None = None, room: NetworkRoom | None = None
) -> ImportOutcome:
    """Reads a file and stores it with an entry of its own; never raises for a bad file.

    A refused file leaves nothing behind; refused is also one for which the network's quota leaves no room. A failed
    one stays listed as a draft with its original. What can't be written (a full disk) is raised: it is not the file's
    fault.
    """
    for _ in range(IMPORT_TRIES):
        try:
            digest = digest_of_file(bank, path)
        except OSError:
            return ImportOutcome("refused", sentence=FILE_NOT_OPENED)
        except TooLarge:
            return ImportOutcome(
                "refused", sentence=REASONS["too_large"], values={"limit": bank.settings.max_upload_mb}
            )
        try:
            taken = import_file_of_digest(bank, path, digest, wishes or ImportWishes(), room or measure_room(bank))
        except NoRoom:
            return ImportOutcome("refused", sentence=NETWORK_QUOTA_REACHED)
        if taken is not None:
            return taken
    return ImportOutcome("refused", sentence=FILE_KEEPS_CHANGING)


def import_files(bank: Bank, paths: Iterable[Path], wishes: ImportWishes) -> Iterator[tuple[Path, ImportOutcome]]:
    """Imports files and yields each path with its outcome, in their order; some are read at the same time."""
    with ThreadPoolExecutor(IMPORTS_AT_ONCE, "ingest") as pool:
        running: deque[tuple[Path, Future[ImportOutcome]]] = deque()
        room = measure_room(bank)
        for path in paths:
            running.append((path, pool.submit(import_file, bank, path, wishes, room)))
            if len(running) > IMPORTS_AT_ONCE:
                first, outcome = running.popleft()
                yield first, outcome.result()
        for first, outcome in running:
            yield first, outcome.result()


def import_file_of_digest(
    bank: Bank, path: Path, digest: str, wishes: ImportWishes, room: NetworkRoom
) -> ImportOutcome | None:
    """The outcome for a file whose bytes have this digest; None when they changed while it was read. Raises NoRoom."""
    present = find_duplicate(bank, digest)
    if present is not None:
        return present
    name = shown_name(path)
    extraction = reading.read_original(bank, path, name)
    if extraction.outcome == "refused":
        return ImportOutcome(
            "refused", flags=extraction.flags, sentence=_sentence(extraction), values=extraction.reason_values
        )
    if has_file_changed(bank, path, digest):
        return None
    room.take(path.stat().st_size)
    kept, read = keep_original(bank, path, name, with_labelled_title(bank.vocabulary, extraction, wishes))
    if kept.digest != digest:
        return None
    crash_points.crash_point("file.stored")
    with bank.database.writing() as session:
        twin = _twin(session, kept.digest)
        if twin is not None:
            return twin
        taken = write_imported_entry(bank, session, kept, read, wishes)
        crash_points.crash_point("entry.written")
    crash_points.crash_point("entry.committed")
    return taken


def digest_of_file(bank: Bank, path: Path) -> str:
    """SHA-256 (hex) of a file's bytes. Raises OSError for what is no regular file, TooLarge for one over the limit."""
    status = path.stat()
    if not S_ISREG(status.st_mode):
        raise OSError(path)
    if status.st_size > bank.settings.max_upload_bytes:
        raise TooLarge()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def has_file_changed(bank: Bank, path: Path, digest: str) -> bool:
    """True when the file's bytes have changed, or it has gone."""
    try:
        return digest_of_file(bank, path) != digest
    except (OSError, TooLarge):
        return True


def keep_original(bank: Bank, path: Path, name: str, extraction: Extraction) -> tuple[KeptFile, ReadFile]:
    """Stores a file's bytes and a PDF's thumbnail, and examines its text. Raises TooLarge, OriginalsAway."""
    expect_own_place(bank)
    stored = bank.uploads.put(path, bank.settings.max_upload_bytes)
    kept = KeptFile(name, stored.digest, stored.size, extraction.media_type)
    return kept, reading.understand_text(
        extraction, reading.make_first_page_picture(bank, path, stored.digest, extraction)
    )


def add_file(
    bank: Bank, session: Session, entry: Entry, kept: KeptFile, read: ReadFile, licence: str | None, number: int = 1
) -> None:
    """Gives the entry a file that was read already; without a licence it gets the default one of the settings."""
    file = new_file(entry, number, kept, licence or bank.settings.default_licence)
    session.add(file)
    note_reading(bank, session, file, read)


def _sentence(extraction: Extraction) -> str | None:
    return REASONS[extraction.reason] if extraction.reason else None


def find_duplicate(bank: Bank, digest: str) -> ImportOutcome | None:
    """The outcome `duplicate` when an entry has a file of these bytes; else None."""
    with bank.database.reading() as session:
        return _twin(session, digest)


def _twin(session: Session, digest: str) -> ImportOutcome | None:
    for row in files.files_with_digests(session, [digest]):
        return ImportOutcome(
            "duplicate",
            entry=row.entry_id,
            pages=row.total_pages,
            sentence=SAME_FILE_THERE,
            values={"entry": row.entry_id},
        )
    return None


def write_imported_entry(
    bank: Bank, session: Session, kept: KeptFile, read: ReadFile, wishes: ImportWishes
) -> ImportOutcome:
    """Writes the entry, its file and pages, its audit and outbox rows in the caller's transaction."""
    extraction = read.extraction
    values = entry_values(bank.vocabulary, extraction.proposals, Path(kept.name).stem, wishes)
    entry = add_entry(bank, session, values.description)
    entry.proposed = import_notes(extraction.proposals, values.description)
    add_file(bank, session, entry, kept, read, wishes.licence or values.licence)
    audit.add_audit_row(session, wishes.actor, "deposit", entry.id, {"uid": entry.uid, "digest": kept.digest})
    flags = [*extraction.flags, *(["unknown_terms"] if values.unknown else [])]
    if wishes.publish and extraction.outcome != "failed":
        publish_entry(session, entry, wishes.actor)
        session.flush()
        if missing_fields(entries.load_entries(session, [entry.id])[entry.id]):
            flags.append("incomplete")
    return ImportOutcome(
        status="warning" if extraction.outcome == "read" and values.unknown else extraction.outcome,
        entry=entry.id,
        pages=extraction.total_pages,
        flags=tuple(dict.fromkeys(flags)),
        sentence=_sentence(extraction),
        values=extraction.reason_values,
        unknown=values.unknown,
        title=values.description.titles[values.description.language],
        year=values.description.year,
        language=values.description.language,
        guessed_year=guessed_year(extraction.proposals, values.description.year),
        doubtful=is_title_doubtful(extraction.proposals),
    )
