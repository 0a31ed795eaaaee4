"""Reads the files of an entry, in the worker: their pages, what they propose, what looks like personal data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue import entries
from bank.catalogue.files import pages_of_files as pages_of
from bank.catalogue.jobs import insert_job
from bank.catalogue.tables import Entry, File, Job, Page
from bank.errors import NotFound
from bank.ingest.extraction import ExtractedPage, Extraction, ReadingMethod
from bank.ingest.proposals.document import DocumentFacts, propose_for_document
from bank.ingest.reasons import BROKEN_OFF_REASONS
from bank.progress import Progress
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry
from bank.workflow.deposits.changing import write_version
from bank.workflow.deposits.proposals import (
    FileProposals,
    answer_without_room,
    file_proposals,
    offer_proposals,
    write_proposals,
)
from bank.workflow.deposits.unplaced import note_unplaced
from bank.workflow.deposits.values import field_specs
from bank.workflow.files import reading
from bank.workflow.files.reading import ReadFile
from bank.workflow.files.rows import note_reading
from bank.workflow.rights import Viewer

FILLABLE_STATUSES = ("draft", "returned")
"""Statuses of an entry whose fields a file may fill: somebody will still look at them before handing it in."""


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file to be read, with the kind and language of its entry, on which its proposals depend."""

    file: File
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class ReadDraftFile:
    """What was read of a file, and what it proposes for its entry."""

    of: WaitingFile
    content: ReadFile
    offered: FileProposals


def read_files(bank: Bank, entry: int | None, ids: Sequence[int], progress: Progress) -> None:
    """Reads the files of an entry that are still pending, one after the other.

    `progress` is called with pages done and in all. Each file is stored as soon as it is read, so that an interrupted
    job goes on with the next.
    """
    for place, id in enumerate(ids, 1):
        waiting = find_waiting_file(bank, id, entry)
        if waiting is None:
            continue
        name = waiting.file.name

        def tell(done: int, total: int | None, message: str = "", place: int = place, name: str = name) -> None:
            progress(done, total, f"{place}/{len(ids)} {name}")

        tell(0, None)
        keep_read_file(bank, id, read_waiting_file(bank, waiting, tell))
        crash_points.crash_point("read.kept")


def give_up_stranded_files(bank: Bank) -> None:
    """Marks pending files that no waiting or running job will read as failed, with the reason "stopped".

    Each gets its entry a new version.
    """
    with bank.database.reading() as session:
        if not stranded_files(session):
            return
    with bank.database.writing() as session:
        give_up_files(session, stranded_files(session), "stopped")


def stranded_files(session: Session) -> list[File]:
    """The pending files, of entries that are not withdrawn, that no waiting or running job names."""
    pending = select(File).join(Entry, Entry.id == File.entry_id)
    pending = pending.where(File.status == "pending", Entry.status != "withdrawn")
    coming = select(Job.payload).where(Job.kind == "read", Job.state.in_(("waiting", "running")))
    named = {id for payload in session.scalars(coming) for id in payload.get("files") or ()}
    return [file for file in session.scalars(pending) if file.id not in named]


def give_up_files(session: Session, given: Iterable[File], reason: str) -> None:
    """Marks those of the files that are pending as failed, with the reason; their entry gets a new version."""
    for file in given:
        entry = session.get(Entry, file.entry_id)
        if file.status == "pending" and entry is not None:
            file.status, file.reason = "failed", reason
            write_version(session, entry, None, ["files"], "read")


def begin_files_anew(session: Session, given: Iterable[File], viewer: Viewer | None) -> list[int]:
    """Marks those of the files as pending whose reading was broken off; ids of all that are pending now.

    Their entry gets a new version. The caller queues a job.
    """
    ids = []
    for file in given:
        entry = session.get(Entry, file.entry_id)
        if entry is not None and entry.status != "withdrawn" and file.reason in BROKEN_OFF_REASONS:
            file.status, file.reason = "pending", None
            write_version(session, entry, viewer, ["files"], "change")
        if file.status == "pending":
            ids.append(file.id)
    return ids


def read_file_again(bank: Bank, viewer: Viewer | None, number: int, place: int) -> None:
    """Has a file read again whose reading was broken off; does nothing for any other.

    `place` is the file's number in the entry. Raises what `permitted_entry` raises, NotFound for a missing file.
    """
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        file = next((one for one in rows.files if one.number == place), None)
        if file is None:
            raise NotFound
        if file.reason in BROKEN_OFF_REASONS and (ids := begin_files_anew(session, [file], viewer)):
            insert_job(session, "read", {"files": ids}, rows.entry.id)


def find_file_and_entry(
    session: Session, id: int, entry_id: int | None, digest: str | None = None
) -> tuple[File, Entry] | None:
    """The file and its entry; None where they are no longer those of the job.

    That is: the file was removed, belongs to another entry (unless `entry_id` is None) or has other bytes than
    `digest`, or the entry is withdrawn.
    """
    file = session.get(File, id)
    entry = session.get(Entry, file.entry_id) if file is not None else None
    if file is None or entry is None or entry.status == "withdrawn":
        return None
    same = entry_id in (None, file.entry_id) and digest in (None, file.digest)
    return (file, entry) if same else None


def find_waiting_file(bank: Bank, id: int, entry_id: int | None) -> WaitingFile | None:
    """The file, unless it was read or removed meanwhile or belongs to another entry."""
    with bank.database.reading() as session:
        found = find_file_and_entry(session, id, entry_id)
        if found is None or found[0].status != "pending":
            return None
        file, entry = found
        return WaitingFile(file, entry.kind, entry.language)


def read_waiting_file(bank: Bank, waiting: WaitingFile, progress: Progress) -> ReadDraftFile:
    """Reads one file in the confined child process; nothing is written but its thumbnail."""
    file = waiting.file
    path = bank.uploads.path(file.digest)
    extraction = reading.read_original(bank, path, file.name, progress)
    return understand_file(
        bank, waiting, extraction, reading.make_first_page_picture(bank, path, file.digest, extraction)
    )


def reread_scanned_file(bank: Bank, id: int, entry_id: int | None) -> ReadDraftFile | None:
    """What all pages propose, once OCR has read its own; None where file or entry is gone. Writes nothing."""
    with bank.database.reading() as session:
        found = find_file_and_entry(session, id, entry_id)
        if found is None:
            return None
        file, entry = found
        pages = [extracted_page(page) for page in pages_of(session, [id])]
    meant = propose_for_document(DocumentFacts(), pages, file.name)
    again = Extraction("read", file.media_type, tuple(pages), proposals=meant)
    return understand_file(bank, WaitingFile(file, entry.kind, entry.language), again, file.thumbnail)


def understand_file(bank: Bank, of: WaitingFile, extraction: Extraction, pictured: bool) -> ReadDraftFile:
    """Proposals, personal data and signature found in a file's text.

    Slow for long texts: call it outside a writing transaction.
    """
    offered = FileProposals({}) if of.file.purpose else file_proposals(bank, of.kind, of.language, of.file, extraction)
    return ReadDraftFile(of, reading.understand_text(extraction, pictured), offered)


def extracted_page(page: Page) -> ExtractedPage:
    """A page's row as the page that was extracted."""
    method = cast(ReadingMethod, page.method)
    return ExtractedPage(page.number, page.text, page.label, method=method, furniture=tuple(page.furniture))


def keep_read_file(bank: Bank, id: int, read: ReadDraftFile) -> None:
    """Writes what was read of the file, and a new version of the entry with what the file proposes."""
    with bank.database.writing() as session:
        found = find_file_and_entry(session, id, read.of.file.entry_id, read.of.file.digest)
        if found is None or found[0].status != "pending":
            return
        file, entry = found
        note_reading(bank, session, file, read.content)
        fill_in_entry(bank, session, file, entry, read, "read")
        crash_points.crash_point("read.written")


def fill_in_entry(bank: Bank, session: Session, file: File, entry: Entry, read: ReadDraftFile, act: str) -> None:
    """Writes a new version of the entry; a draft or returned one is filled with the file's proposals before.

    In any other, what OCR has read is only offered.
    """
    filled = list[str]()
    pages = [page.number for page in read.content.extraction.pages if page.method == "ocr"] if act == "ocr" else None
    if not file.purpose and (entry.status in FILLABLE_STATUSES or act == "ocr"):
        rows, offered = entries.load_entries_where(session, [entry.id])[entry.id], current_proposals(bank, entry, read)
        if entry.status in FILLABLE_STATUSES:
            filled, lost = write_proposals(bank, session, rows, file.number, offered.values)
            specs = field_specs(bank.vocabulary, entry.kind)
            other = (answer_without_room(id, offered.values[id], specs[id]) for id in lost if specs[id].takes_prose)
            note_unplaced(file, [*offered.unplaced, *other], pages)
        else:
            offer_proposals(bank, session, rows, file.number, offered.values)
    write_version(session, entry, None, ["files", *filled], act)


def current_proposals(bank: Bank, entry: Entry, read: ReadDraftFile) -> FileProposals:
    """What the file proposes; worked out anew where the entry's kind or language changed while it was read."""
    if (entry.kind, entry.language) == (read.of.kind, read.of.language):
        return read.offered
    return file_proposals(bank, entry.kind, entry.language, read.of.file, read.content.extraction)
