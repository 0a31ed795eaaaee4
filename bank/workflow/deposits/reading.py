"""Reads the files of an entry, in the worker: their pages, what they propose, what in them should be looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bank import faults
from bank.catalogue import entries
from bank.catalogue.files import pages as pages_of
from bank.catalogue.tables import Entry, File, Job, Page
from bank.ingest.extraction import ExtractedPage, Extraction, Method, Proposals
from bank.ingest.proposals import title
from bank.ingest.text.language import guess
from bank.progress import Progress
from bank.workflow.bank import Bank
from bank.workflow.deposits.changing import renew
from bank.workflow.deposits.proposals import Proposal, proposals, propose
from bank.workflow.files import reading
from bank.workflow.files.reading import ReadFile
from bank.workflow.files.rows import note_reading

FILLED = ("draft", "returned")
"""States of an entry whose fields a file may fill: nobody has handed it in, so somebody will still look at them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is to be read, with the kind and language of its entry, on which depends what it proposes."""

    file: File
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a file, and what that proposes for its entry."""

    of: Waiting
    content: ReadFile
    offered: Mapping[str, Proposal]


def read_files(bank: Bank, entry: int | None, ids: Sequence[int], progress: Progress) -> None:
    """Reads the files of an entry that still wait, one after the other; `progress` is told pages done and in all.

    Each is kept as soon as it is read, so that an interrupted job goes on with the next.
    """
    for place, id in enumerate(ids, 1):
        waiting = file_waiting(bank, id, entry)
        if waiting is None:
            continue
        name = waiting.file.name

        def tell(done: int, total: int | None, message: str = "", place: int = place, name: str = name) -> None:
            progress(done, total, f"{place}/{len(ids)} {name}")

        tell(0, None)
        keep(bank, id, read(bank, waiting, tell))
        faults.point("read.kept")


def give_up(bank: Bank) -> None:
    """Says of files that wait though no job will read them any more that they could not be read."""
    coming = exists().where(Job.entry_id == File.entry_id, Job.kind == "read", Job.state.in_(("waiting", "running")))
    stranded = select(File).join(Entry, Entry.id == File.entry_id)
    stranded = stranded.where(File.status == "pending", Entry.status != "withdrawn", ~coming)
    with bank.database.writing() as session:
        for file in session.scalars(stranded):
            file.status, file.reason = "failed", "stopped"
            entry = session.get(Entry, file.entry_id)
            if entry is not None:
                renew(session, entry, None, ["files"], "read")


def file_of(session: Session, id: int, entry_id: int | None, digest: str | None = None) -> tuple[File, Entry] | None:
    """The file and its entry; None where it was taken out, belongs to another entry (unless `entry_id` is None), has
    other bytes, or the entry is withdrawn: what a job was told to do with a file holds for that file only.
    """
    file = session.get(File, id)
    entry = session.get(Entry, file.entry_id) if file is not None else None
    if file is None or entry is None or entry.status == "withdrawn":
        return None
    same = entry_id in (None, file.entry_id) and digest in (None, file.digest)
    return (file, entry) if same else None


def file_waiting(bank: Bank, id: int, entry_id: int | None) -> Waiting | None:
    """The file, unless it was read or taken out meanwhile or is none of the entry's."""
    with bank.database.reading() as session:
        found = file_of(session, id, entry_id)
        if found is None or found[0].status != "pending":
            return None
        file, entry = found
        return Waiting(file, entry.kind, entry.language)


def read(bank: Bank, waiting: Waiting, progress: Progress) -> Read:
    """Reads one file in the confined child; nothing is written but its small picture."""
    file = waiting.file
    path = bank.uploads.path(file.digest)
    extraction = reading.read(bank, path, file.name, progress)
    return understood(bank, waiting, extraction, reading.pictured(bank, path, file.digest, extraction))


def look_again(bank: Bank, id: int, entry_id: int | None) -> Read | None:
    """Looks once more at a file whose pages tesseract has read; None where `file_of` finds none. Writes nothing."""
    with bank.database.reading() as session:
        found = file_of(session, id, entry_id)
        if found is None:
            return None
        file, entry = found
        pages = [extracted(page) for page in pages_of(session, [id])]
    text = "\n".join(page.text for page in pages)
    meant = Proposals(title=title(pages[0].text.splitlines() if pages else (), file.name), language=guess(text))
    again = Extraction("read", file.media_type, tuple(pages), proposals=meant)
    return understood(bank, Waiting(file, entry.kind, entry.language), again, file.thumbnail)


def understood(bank: Bank, of: Waiting, extraction: Extraction, pictured: bool) -> Read:
    """What is made of a file's text. It takes a while, so it is done before the catalogue is locked."""
    offered = {} if of.file.purpose else proposals(bank, of.kind, of.language, of.file, extraction)
    return Read(of, reading.understood(extraction, pictured), offered)


def extracted(page: Page) -> ExtractedPage:
    """A page as it stands in the catalogue."""
    method = cast(Method, page.method)
    return ExtractedPage(page.number, page.text, page.label, method=method, furniture=tuple(page.furniture))


def keep(bank: Bank, id: int, read: Read) -> None:
    """Keeps what was read of the file, and makes a new version of the entry with what the file proposes."""
    with bank.database.writing() as session:
        found = file_of(session, id, read.of.file.entry_id, read.of.file.digest)
        if found is None or found[0].status != "pending":
            return
        file, entry = found
        note_reading(bank, session, file, read.content)
        fill_in(bank, session, file, entry, read, "read")
        faults.point("read.written")


def fill_in(bank: Bank, session: Session, file: File, entry: Entry, read: Read, act: str) -> None:
    """Makes a new version of the entry; what the file proposes fills one that nobody has handed in yet."""
    filled = []
    if not file.purpose and entry.status in FILLED:
        rows = entries.load_where(session, [entry.id])[entry.id]
        filled = propose(bank, session, rows, file.number, offered_now(bank, entry, read))
    renew(session, entry, None, ["files", *filled], act)


def offered_now(bank: Bank, entry: Entry, read: Read) -> Mapping[str, Proposal]:
    """What the file proposes; found anew where somebody chose another kind or language while it was read."""
    if (entry.kind, entry.language) == (read.of.kind, read.of.language):
        return read.offered
    return proposals(bank, entry.kind, entry.language, read.of.file, read.content.extraction)
