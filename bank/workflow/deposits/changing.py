"""Writes changes into an entry: all or none, and never over what somebody else saved meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import audit, entries, outbox
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Entry, File, Revision
from bank.clock import now
from bank.errors import Fault, InvalidFields, VersionConflict, VersionNeeded
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry
from bank.workflow.deposits.notes import confirmed_notes, notes_after
from bank.workflow.deposits.readiness import RIGHTS_NOT_EVALUATED, file_may_be_shown, public_faults
from bank.workflow.deposits.values import field_values
from bank.workflow.deposits.writing import EntryWriteContext, write_values
from bank.workflow.entries.revisions import thin_revisions
from bank.workflow.rights import Viewer

PRESENT_VERSION = 0
"""Stands for the version that the entry has, whichever that is; the first one is 1."""


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """An entry's version after a change, the moment it was saved, and the fields that are new in it."""

    version: int
    moment: datetime
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryBefore:
    """Kind, values and faults of an entry before a change, to compare with after it.

    `faults` is None while the entry is not public.
    """

    kind: str
    values: Mapping[str, object]
    faults: Sequence[Fault] | None


def change_values(
    bank: Bank, viewer: Viewer | None, number: int, version: int | None, changes: Mapping[str, object]
) -> SavedVersion:
    """Writes these values (as in `deposits/values`); writing a proposed value confirms it.

    `version` is the one that the writer saw. Raises SignInNeeded, NotFound, NotAllowed and WrongState as
    `permitted_entry`; VersionNeeded; VersionConflict with what others changed since; InvalidFields, and nothing is
    written, where a value can't be taken, or where a published entry would lack what publishing needs.
    """
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        expect_version(bank, session, rows, version)
        before = entry_before_change(bank, session, rows)
        faults = write_values(EntryWriteContext(session, bank.vocabulary, rows.entry, viewer), changes)
        if faults:
            raise InvalidFields(faults)
        changed = changed_fields(bank, session, rows, before)
        expect_no_new_faults(bank, session, rows, before)
        touched = [id for id in changes if id in rows.entry.proposed]
        return keep_changes(session, rows.entry, viewer, changed, touched)


def entry_before_change(bank: Bank, session: Session, rows: EntryRows) -> EntryBefore:
    """How the entry stands before somebody writes into it."""
    public = rows.entry.status == "published"
    faults = public_faults(bank, session, rows) if public else None
    return EntryBefore(rows.entry.kind, field_values(session, bank.vocabulary, rows), faults)


def changed_fields(bank: Bank, session: Session, rows: EntryRows, before: EntryBefore) -> list[str]:
    """Ids of the fields whose values are not those of `before`; also "kind" where that changed."""
    after = field_values(session, bank.vocabulary, reload_entry(session, rows.entry.id))
    changed = [id for id in after if after[id] != before.values.get(id)]
    return changed if rows.entry.kind == before.kind else [*changed, "kind"]


def expect_no_new_faults(bank: Bank, session: Session, rows: EntryRows, before: EntryBefore) -> None:
    """Raises InvalidFields where a published entry has a fault that it did not have before."""
    if before.faults is None:
        return
    known = before.faults
    new = [fault for fault in public_faults(bank, session, reload_entry(session, rows.entry.id)) if fault not in known]
    if new:
        raise InvalidFields(new)


def reload_entry(session: Session, number: int) -> EntryRows:
    """The entry as it stands in this transaction."""
    session.flush()
    return entries.load_entries_where(session, [number])[number]


def expect_version(bank: Bank, session: Session, rows: EntryRows, version: int | None) -> None:
    """Raises VersionNeeded for None, VersionConflict where the entry has a newer one."""
    late = find_version_conflict(bank, session, rows, version)
    if late is not None:
        raise late


def find_version_conflict(bank: Bank, session: Session, rows: EntryRows, version: int | None) -> VersionConflict | None:
    """The conflict, with what others changed since `version`; None where that is the present one.

    Raises VersionNeeded for None.
    """
    if version is None:
        raise VersionNeeded
    if version in (PRESENT_VERSION, rows.entry.version):
        return None
    values = field_values(session, bank.vocabulary, rows)
    since = fields_changed_since(session, rows.entry.id, version)
    return VersionConflict(rows.entry.version, {id: values[id] for id in since if id in values})


def fields_changed_since(session: Session, number: int, version: int) -> Sequence[str]:
    """Ids of fields that versions after this one changed, in the order of the changes."""
    query = select(Revision.fields).where(Revision.entry_id == number, Revision.version > version)
    return list(dict.fromkeys(id for fields in session.scalars(query.order_by(Revision.version)) for id in fields))


def keep_changes(
    session: Session,
    entry: Entry,
    viewer: Viewer | None,
    changed: Sequence[str],
    touched: Sequence[str] = (),
    doubted: Sequence[str] = (),
) -> SavedVersion:
    """Writes a new version where fields changed or proposed values were confirmed (`touched`); else the present one.

    `doubted`: fields whose proposed value was confirmed, and waits for a person again.
    """
    doubted = [id for id in doubted if id in confirmed_notes(entry.proposed)]
    if not changed and not touched and not doubted:
        return SavedVersion(entry.version, entry.updated)
    entry.proposed = notes_after(entry.proposed, changed, touched, doubted)
    fields = tuple(dict.fromkeys([*changed, *touched, *doubted]))
    return write_version(session, entry, viewer, fields, "change")


def write_version(
    session: Session, entry: Entry, viewer: Viewer | None, fields: Sequence[str], act: str
) -> SavedVersion:
    """Writes the rows of a new version: the revision, the audit row, and where it is public the outbox row.

    A change of a published entry is an "edit" to the audit, whatever `act` says, and decides anew which originals are
    shown.
    """
    moment = now()
    entry.version += 1
    entry.updated = moment
    user_id = viewer.id if viewer else None
    session.add(Revision(entry_id=entry.id, version=entry.version, user_id=user_id, moment=moment, fields=list(fields)))
    thin_revisions(session, entry)
    if entry.status == "published":
        update_shown_files(session, entry)
        outbox.queue_for_index(session, entry)
    actor = viewer.actor if viewer else "bank"
    act = "edit" if entry.status == "published" else act
    audit.add_audit_row(session, actor, act, entry.id, {"version": entry.version, "fields": list(fields)})
    return SavedVersion(entry.version, moment, tuple(fields))


def update_shown_files(session: Session, entry: Entry) -> None:
    """Shows the originals of which everything is known, and holds back those whose rights are not evaluated.

    Others stay as they are: nobody was asked about what the operator imported.
    """
    for file in session.scalars(select(File).where(File.entry_id == entry.id, File.purpose == "")):
        file.shown = file_may_be_shown(file) or (file.shown and file.licence != RIGHTS_NOT_EVALUATED)
