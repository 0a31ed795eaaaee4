"""Adds, describes and removes the files and pictures of an entry."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue.entries import EntryRows
from bank.catalogue.jobs import insert_job
from bank.catalogue.tables import Entry, File, Image
from bank.catalogue.unpublished import leading_city, loosen_files, settle_loose_files
from bank.errors import Fault, InvalidFields, NotFound, RefusedFile
from bank.languages import is_language_code
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry, worked_on_entry
from bank.workflow.deposits.changing import (
    SavedVersion,
    entry_before_change,
    expect_no_new_faults,
    expect_version,
    keep_changes,
    write_version,
)
from bank.workflow.deposits.cleaning import clean_value
from bank.workflow.deposits.incoming import (
    MOST_FILES_OF_ENTRY,
    TOO_MANY_FILES,
    IncomingFile,
    KeptImage,
    KeptUpload,
    image_row,
    take_files,
)
from bank.workflow.deposits.notes import notes_without_file, waiting_notes
from bank.workflow.deposits.values import field_specs
from bank.workflow.deposits.writing import EntryWriteContext, licence_fault, write_field
from bank.workflow.entries.fields import WRONG_FIELD_VALUE
from bank.workflow.files.quota import expect_unpublished_quota
from bank.workflow.files.rows import KeptFile, new_file
from bank.workflow.rights import Viewer

PEOPLE_ANSWERS = ("nobody", "adults", "minors")
FILE_DETAILS = ("licence", "people", "consents")
FAULT_NAMES = {"texts": "text"}
"""Detail -> what a fault calls it, where that differs: forms show a fault of the alternative text under this name."""
IMAGE_DETAILS = ("texts", "author", *FILE_DETAILS)
NO_SUCH_PURPOSE = N_("An entry of this kind takes no such attachment.")
OPEN_STATUSES = ("draft", "submitted", "returned")
"""States of an entry that is not public yet: publishing looks at its files."""
FIRST_ATTACHMENT_NUMBER = 1001
"""The first number of what only the network sees, so that the numbers of the rest don't tell of it."""
LONGEST_FILE_DETAIL = 1000
"""Characters at most of a detail of a file or picture."""


def add_file_rows(
    bank: Bank,
    session: Session,
    entry: Entry,
    kept: Sequence[KeptUpload],
    purpose: str = "",
    added_by: int | None = None,
    city: str | None = None,
) -> int | None:
    """Adds rows for kept files and pictures in the caller's transaction.

    Returns the id of the job that reads them, None without files. Of an entry that has been published they are held
    back until everything is known of them (see `update_shown_files`). Raises RefusedFile for more than an entry takes;
    NoRoom where the person `added_by`, if any, or the `city` that leads the entry has no room: others may have been
    adding meanwhile.
    """
    if added_by is not None and kept:
        settle_loose_files(session, added_by, [one.digest for one in kept])
        expect_unpublished_quota(bank, session, added_by, city, [(one.digest, one.size) for one in kept])
    documents = [one for one in kept if isinstance(one, KeptFile)]
    pictures = [one for one in kept if isinstance(one, KeptImage)]
    if count_files(session, File, entry.id) + len(documents) > MOST_FILES_OF_ENTRY:
        raise RefusedFile(TOO_MANY_FILES, most=MOST_FILES_OF_ENTRY)
    if count_files(session, Image, entry.id) + len(pictures) > MOST_FILES_OF_ENTRY:
        raise RefusedFile(TOO_MANY_FILES, most=MOST_FILES_OF_ENTRY)
    first = next_file_number(session, File, entry.id, FIRST_ATTACHMENT_NUMBER if purpose else 1)
    licence = None if purpose else entry.fields.get("licence")
    shown = bool(purpose) or entry.status in OPEN_STATUSES
    rows = [
        new_file(entry, number, one, licence, shown=shown, purpose=purpose, added_by=added_by)
        for number, one in enumerate(documents, first)
    ]
    session.add_all(rows)
    first = next_file_number(session, Image, entry.id)
    session.add_all(image_row(entry, number, one, added_by) for number, one in enumerate(pictures, first))
    session.flush()
    return insert_job(session, "read", {"files": [row.id for row in rows]}, entry.id) if rows else None


def count_files(session: Session, kind: type[File] | type[Image], entry: int) -> int:
    """How many files, or pictures, the entry has."""
    return session.scalar(select(func.count()).select_from(kind).where(kind.entry_id == entry)) or 0


def next_file_number(session: Session, kind: type[File] | type[Image], entry: int, first: int = 1) -> int:
    """The number, from `first` on, after the highest one in use; that of a removed file may be given again."""
    among = (kind.entry_id == entry, kind.number >= first, kind.number < first + FIRST_ATTACHMENT_NUMBER - 1)
    return (session.scalar(select(func.max(kind.number)).where(*among)) or first - 1) + 1


def add_files(
    bank: Bank,
    viewer: Viewer | None,
    number: int,
    incoming: Sequence[IncomingFile],
    *,
    purpose: str = "",
    as_document: bool = False,
) -> tuple[SavedVersion, int | None]:
    """Adds files and pictures to an entry; its new version, and the id of the job that reads the files.

    `purpose` is the id of a field of type attachment, for a file that only the network sees. Raises what
    `permitted_entry` and `take_files` raise; InvalidFields for a purpose that the kind does not have; RefusedFile for
    more than an entry takes, and NoRoom (`add_file_rows`).
    """
    with bank.database.reading() as session:
        rows = permitted_entry(session, viewer, number, "change")
        viewer = expect_purpose(bank, rows, viewer, purpose)
        city = leading_city(session, number)
    kept = take_files(bank, viewer, city, incoming, as_document or bool(purpose))
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        job = add_file_rows(bank, session, rows.entry, kept, purpose, viewer.id, leading_city(session, number))
        saved = write_version(session, rows.entry, viewer, ["files"], "change")
        crash_points.crash_point("files.written")
    crash_points.crash_point("files.committed")
    return saved, job


def expect_purpose(bank: Bank, rows: EntryRows, viewer: Viewer | None, purpose: str) -> Viewer:
    """The viewer, who may change the entry.

    Raises InvalidFields where the kind has no attachment of that purpose, NotFound without a viewer.
    """
    spec = field_specs(bank.vocabulary, rows.entry.kind).get(purpose)
    if purpose and (spec is None or not spec.field_type.is_file):
        raise InvalidFields([Fault("purpose", NO_SUCH_PURPOSE)])
    if viewer is None:
        raise NotFound
    return viewer


def describe_file(
    bank: Bank, viewer: Viewer | None, number: int, file: int, version: int | None, said: Mapping[str, object]
) -> SavedVersion:
    """Writes what is said about a file, the keys of `said`: licence, people, consents.

    `people` says who can be recognised in it, `consents` where their consents are kept. Raises as `change_values`;
    NotFound for a file that there isn't.
    """
    return describe_part(bank, viewer, number, version, f"files.{file}", said)


def describe_image(
    bank: Bank, viewer: Viewer | None, number: int, image: int, version: int | None, said: Mapping[str, object]
) -> SavedVersion:
    """Writes what is said about a picture, the keys of `said`: texts, author, licence, people, consents.

    `texts` is the alternative text by language. Raises as `describe_file`.
    """
    return describe_part(bank, viewer, number, version, f"images.{image}", said)


def describe_part(
    bank: Bank, viewer: Viewer | None, number: int, version: int | None, place: str, said: Mapping[str, object]
) -> SavedVersion:
    """Writes what is said about a file or picture, ``files.N`` or ``images.N``. Raises as `describe_file`."""
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        row = expect_part(session, rows, place)
        expect_version(bank, session, rows, version)
        before = entry_before_change(bank, session, rows)
        new, wrong = set_details(bank, row, place, said)
        if wrong:
            raise InvalidFields(wrong)
        expect_no_new_faults(bank, session, rows, before)
        return keep_changes(session, rows.entry, viewer, [place] if new else [])


def expect_part(session: Session, rows: EntryRows, place: str) -> File | Image:
    """The row of ``files.N`` or ``images.N``. Raises NotFound."""
    kind, _, number = place.partition(".")
    if kind == "images":
        return expect_image(session, rows.entry.id, int(number))
    return expect_file(rows, int(number))


def set_details(bank: Bank, row: File | Image, place: str, said: Mapping[str, object]) -> tuple[bool, list[Fault]]:
    """Sets the details that can be taken; whether that changed anything, and the faults of the others."""
    new, wrong = False, []
    known = FILE_DETAILS if isinstance(row, File) else IMAGE_DETAILS
    for name, value in said.items():
        value = clean_value(value)
        if name not in known or not is_fitting_detail(bank, name, value):
            place_of_fault = f"{place}.{FAULT_NAMES.get(name, name)}"
            fault = Fault(place_of_fault, WRONG_FIELD_VALUE, {"value": str(value)[:60]})
            wrong.append(licence_fault(place_of_fault, value) if name == "licence" else fault)
            continue
        value = value if value is not None or name in ("licence", "people") else ""
        new = new or getattr(row, name) != value
        setattr(row, name, value)
    return new, wrong


def is_fitting_detail(bank: Bank, name: str, value: object) -> bool:
    """Whether the detail `name` of a file or picture may have this value."""
    if name == "texts":
        return isinstance(value, dict) and all(
            is_language_code(str(code)) and is_short_text(text) for code, text in value.items()
        )
    if value is None:
        return True
    if name == "licence":
        return isinstance(value, str) and bank.vocabulary.get("licence", value) is not None
    return value in PEOPLE_ANSWERS if name == "people" else is_short_text(value)


def is_short_text(value: object) -> bool:
    """True for a text of at most 1,000 characters."""
    return isinstance(value, str) and len(value) <= LONGEST_FILE_DETAIL


def expect_image(session: Session, number: int, image: int) -> Image:
    """A picture of an entry. Raises NotFound."""
    row = session.scalar(select(Image).where(Image.entry_id == number, Image.number == image))
    if row is None:
        raise NotFound
    return row


def remove_file(bank: Bank, viewer: Viewer | None, number: int, file: int, version: int | None) -> SavedVersion:
    """Removes a file and its pages from an entry; the bytes stay until no row names them.

    Raises as `change_values`; NotFound for a file that there isn't.
    """
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        row = expect_file(rows, file)
        expect_version(bank, session, rows, version)
        digest = row.digest
        loosen_files(session, rows.entry, [row])
        emptied = forget_proposals_of_file(bank, session, rows.entry, viewer, file)
        saved = write_version(session, rows.entry, viewer, ["files", *emptied], "change")
    bank.drawn.forget([digest])
    return saved


def forget_proposals_of_file(bank: Bank, session: Session, entry: Entry, viewer: Viewer | None, file: int) -> list[str]:
    """Drops a file's proposals; ids of the fields that were emptied.

    In a draft or returned entry, fields that only this file filled and nobody confirmed are emptied. In other states
    the values count as confirmed and stay.
    """
    notes = {id: one for id, one in waiting_notes(entry.proposed).items() if one.get("file") == file}
    entry.proposed = notes_without_file(entry.proposed, file)
    if entry.status not in ("draft", "returned"):
        return []
    desk = EntryWriteContext(session, bank.vocabulary, entry, viewer)
    filled = [id for id, one in notes.items() if "value" not in one and id in field_specs(bank.vocabulary, entry.kind)]
    return [id for id in filled if write_field(desk, id, None) is None]


def remove_image(bank: Bank, viewer: Viewer | None, number: int, image: int, version: int | None) -> SavedVersion:
    """Removes a picture from an entry. Raises as `change_values`."""
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        row = expect_image(session, number, image)
        expect_version(bank, session, rows, version)
        loosen_files(session, rows.entry, [row])
        return write_version(session, rows.entry, viewer, ["images"], "change")


def worked_on_file(bank: Bank, viewer: Viewer | None, number: int, file: int) -> File:
    """A file of an entry that the viewer works on, of whatever purpose. Raises SignInNeeded, NotFound."""
    with bank.database.reading() as session:
        return expect_file(worked_on_entry(session, viewer, number), file)


def expect_file(rows: EntryRows, number: int) -> File:
    """A file of an entry, of whatever purpose. Raises NotFound."""
    row = next((one for one in rows.files if one.number == number), None)
    if row is None:
        raise NotFound
    return row


def worked_on_image(bank: Bank, viewer: Viewer | None, number: int, image: int) -> Image:
    """A picture of an entry that the viewer works on. Raises SignInNeeded, NotFound."""
    with bank.database.reading() as session:
        worked_on_entry(session, viewer, number)
        return expect_image(session, number, image)
