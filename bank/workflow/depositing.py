"""Takes one file in: its bytes, its pages, an entry made of what it proposes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from bank import faults, ingest
from bank.catalogue import audit, entries, files
from bank.catalogue.tables import Entry, EntryCity, EntryText, File, Job, Page, Tag
from bank.clock import new_uid, now
from bank.errors import BankError
from bank.ingest.extraction import Extraction
from bank.ingest.reasons import REASONS
from bank.workflow import thumbnails
from bank.workflow.completeness import missing_fields
from bank.workflow.fields import checked_fields
from bank.workflow.parts import Bank
from bank.workflow.publishing import publish
from bank.workflow.settling import settle
from bank.workflow.values import EntryValues, TagValue, entry_values

Status = Literal["read", "warning", "duplicate", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who brings files says about all of them; None leaves it to the files."""

    city: str | None = None
    kind: str | None = None
    language: str | None = None
    licence: str | None = None
    publish: bool = False
    actor: str = "operator"


@dataclass(frozen=True, slots=True)
class Given:
    """What is known about one file beforehand and beats what the file proposes; used where a record describes it."""

    title: str | None = None
    summary: str | None = None
    year: int | None = None
    cities: tuple[str, ...] = ()
    tags: tuple[TagValue, ...] = ()
    sample: bool = False


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


def take_in(bank: Bank, path: Path, wishes: Wishes | None = None, given: Given | None = None) -> Taken:
    """Reads a file and keeps it with an entry of its own; never raises for a bad file.

    A refused file leaves nothing behind. A failed one stays listed as a draft with its original.
    """
    wishes, given = wishes or Wishes(), given or Given()
    try:
        present = already_there(bank, path)
    except OSError:
        return Taken("refused", sentence=REASONS["unreadable"])
    if present is not None:
        return present
    extraction = ingest.read_file(path, name=path.name, limits=ingest.Limits(max_bytes=bank.settings.max_upload_bytes))
    if extraction.outcome == "refused":
        return Taken("refused", flags=extraction.flags, sentence=_sentence(extraction), values=extraction.reason_values)
    try:
        stored = bank.uploads.put(path, bank.settings.max_upload_bytes)
    except BankError as error:
        return Taken("refused", sentence=error.sentence, values={k: str(v) for k, v in error.values.items()})
    faults.point("file.stored")
    pictured = extraction.outcome != "failed" and thumbnails.make(bank, path, stored.digest)
    with bank.database.writing() as session:
        twin = _twin(session, stored.digest)
        if twin is not None:
            return twin
        taken = enter(bank, session, extraction, path.name, stored.digest, stored.size, pictured, wishes, given)
        faults.point("entry.written")
    faults.point("entry.committed")
    return taken


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
            sentence=REASONS["duplicate"],
            values={"entry": row.entry_id},
        )
    return None


def enter(
    bank: Bank,
    session: Session,
    extraction: Extraction,
    name: str,
    digest: str,
    size: int,
    pictured: bool,
    wishes: Wishes,
    given: Given,
) -> Taken:
    """Writes the entry, its file and pages, its audit and outbox rows in the caller's transaction."""
    values = entry_values(
        bank.vocabulary,
        extraction.proposals,
        fallback_title=Path(name).stem,
        kind=wishes.kind,
        language=wishes.language,
    )
    entry = add_entry(bank, session, values, wishes, given)
    file = add_file(bank, session, entry, extraction, name, digest, size, pictured, wishes.licence or values.licence)
    audit.note(session, wishes.actor, "deposit", entry.id, {"uid": entry.uid, "digest": digest})
    flags = list(extraction.flags)
    if wishes.publish and extraction.outcome != "failed":
        publish(session, entry, wishes.actor)
        session.flush()
        if missing_fields(entries.load(session, [entry.id])[entry.id]):
            flags.append("incomplete")
    if values.unknown:
        flags.append("unknown_terms")
    queue_ocr(bank, session, file, extraction)
    return Taken(
        status=extraction.outcome if extraction.outcome != "read" or not values.unknown else "warning",
        entry=entry.id,
        pages=extraction.total_pages,
        flags=tuple(dict.fromkeys(flags)),
        sentence=_sentence(extraction),
        values=extraction.reason_values,
        unknown=values.unknown,
    )


def add_entry(bank: Bank, session: Session, values: EntryValues, wishes: Wishes, given: Given) -> Entry:
    """A new draft with its texts, cities and tags."""
    moment = now()
    entry = Entry(
        uid=new_uid(moment),
        kind=values.kind,
        status="draft",
        language=values.language,
        year=given.year or values.year,
        date=values.date if not given.year or values.year == given.year else str(given.year),
        number=values.number,
        fields=checked_fields(bank.vocabulary, values.kind, values.fields),
        sample=given.sample,
        created=moment,
        updated=moment,
    )
    session.add(entry)
    session.flush()
    title, summary = given.title or values.title, given.summary or values.summary
    session.add(EntryText(entry_id=entry.id, language=values.language, title=title, summary=summary))
    named = given.cities or ((wishes.city,) if wishes.city else values.cities)
    add_cities(bank, session, entry, named, values.country)
    add_tags(session, entry, given.tags or values.tags)
    return entry


def add_cities(bank: Bank, session: Session, entry: Entry, names: tuple[str, ...], country: str | None) -> None:
    """Gives the entry its cities, the leading one first; unknown ones are made, unverified."""
    ids = dict.fromkeys(settle(session, bank.vocabulary, name, country) for name in names)
    session.add_all(EntryCity(entry_id=entry.id, city_id=id, position=place) for place, id in enumerate(ids))


def add_tags(session: Session, entry: Entry, tags: tuple[TagValue, ...]) -> None:
    """Gives the entry its terms."""
    for position, tag in enumerate(tags):
        session.add(
            Tag(
                entry_id=entry.id,
                vocabulary=tag.vocabulary,
                charter=tag.charter,
                term=tag.term,
                primary=tag.primary,
                position=position,
            )
        )


def add_file(
    bank: Bank,
    session: Session,
    entry: Entry,
    extraction: Extraction,
    name: str,
    digest: str,
    size: int,
    pictured: bool,
    licence: str | None,
) -> File:
    """The file's row and the rows of its pages."""
    file = File(
        entry_id=entry.id,
        number=1,
        name=name[:255],
        media_type=extraction.media_type,
        size=size,
        digest=digest,
        licence=licence or bank.settings.default_licence,
        status=extraction.outcome,
        reason=extraction.reason,
        reason_values=dict(extraction.reason_values),
        flags=list(extraction.flags),
        total_pages=extraction.total_pages,
        language=extraction.proposals.language,
        reader=extraction.reader,
        thumbnail=pictured,
        added=now(),
    )
    session.add(file)
    session.flush()
    session.add_all(
        Page(
            file_id=file.id,
            number=page.number,
            label=page.label,
            text=page.text,
            furniture=list(page.furniture),
            method=page.method,
            flags=list(page.flags),
            confidence=page.confidence,
        )
        for page in extraction.pages
    )
    return file


def queue_ocr(bank: Bank, session: Session, file: File, extraction: Extraction) -> None:
    """Asks the worker to read the pages without text by tesseract, where the settings want it."""
    blank = [page.number for page in extraction.pages if "empty" in page.flags]
    if bank.settings.ocr == "off" or not blank or extraction.media_type != "application/pdf":
        return
    moment = now()
    payload = {"file": file.id, "pages": blank}
    session.add(Job(kind="ocr", payload=payload, total=len(blank), created=moment, updated=moment))
