"""Saves a whole form: the fields of an entry, and what is said about its files and pictures."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Revision, User
from bank.errors import Fault, InvalidFields, VersionConflict
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry, worked_on_entry
from bank.workflow.deposits.changing import (
    PRESENT_VERSION,
    SavedVersion,
    changed_fields,
    entry_before_change,
    expect_no_new_faults,
    fields_changed_since,
    find_version_conflict,
    keep_changes,
)
from bank.workflow.deposits.files import expect_part, set_details
from bank.workflow.deposits.notes import waiting_notes
from bank.workflow.deposits.writing import UNKNOWN_FIELD, EntryWriteContext, write_values
from bank.workflow.entries.fields import WRONG_FIELD_VALUE
from bank.workflow.rights import Viewer

PART_PLACE = re.compile(r"(files|images)\.([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class LaterVersion:
    """A version that somebody saved; `user` is None for the bank itself, which reads the files; `who` is a name."""

    version: int
    user: int | None
    who: str
    moment: datetime
    fields: tuple[str, ...]


def save_whole_form(
    bank: Bank,
    viewer: Viewer | None,
    number: int,
    version: int | None,
    changes: Mapping[str, object],
    doubted: Collection[str] = (),
) -> SavedVersion:
    """Saves fields, and details under ``files.N`` and ``images.N`` (as in `describe_file`), in one version.

    `doubted`: fields whose proposed value was confirmed, and is to wait for a person again.

    All or nothing. Raises as `change_values`, but values that stand there already are no conflict, so that a form sent
    twice is accepted; what others changed beside them is one.
    """
    fields = {id: value for id, value in changes.items() if "." not in id}
    parts = {id: expect_part_details(id, said) for id, said in changes.items() if "." in id}
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        late = find_version_conflict(bank, session, rows, version)
        apart = set(fields_changed_since(session, number, version or PRESENT_VERSION)) - set(changes)
        before = entry_before_change(bank, session, rows)
        wrong = write_values(EntryWriteContext(session, bank.vocabulary, rows.entry, viewer), fields)
        new, bad = write_part_details(bank, session, rows, parts)
        changed = [*changed_fields(bank, session, rows, before), *new]
        if late is not None and (changed or wrong or bad or apart):
            told = {id: value for id, value in late.fields.items() if id in changed or id not in fields}
            raise VersionConflict(late.version, told)
        if wrong or bad:
            raise InvalidFields([*wrong, *bad])
        expect_no_new_faults(bank, session, rows, before)
        touched = [id for id in fields if id in waiting_notes(rows.entry.proposed) and id not in doubted]
        return keep_changes(session, rows.entry, viewer, changed, touched, list(doubted))


def expect_part_details(id: str, said: object) -> Mapping[str, object]:
    """The details given for ``files.N`` or ``images.N``. Raises InvalidFields."""
    place = PART_PLACE.fullmatch(id)
    if place is None or not isinstance(said, dict):
        raise InvalidFields([Fault(id[:60], WRONG_FIELD_VALUE if place else UNKNOWN_FIELD)])
    return said


def write_part_details(
    bank: Bank, session: Session, rows: EntryRows, parts: Mapping[str, Mapping[str, object]]
) -> tuple[list[str], list[Fault]]:
    """Writes details of files and pictures: the places that changed, and faults. Raises NotFound."""
    changed, faults = [], list[Fault]()
    for place, said in parts.items():
        new, wrong = set_details(bank, expect_part(session, rows, place), place, said)
        changed += [place] if new else []
        faults += wrong
    return changed, faults


def versions_since(bank: Bank, viewer: Viewer | None, number: int, version: int) -> tuple[LaterVersion, ...]:
    """Who saved what after this version, oldest first. Raises SignInNeeded, NotFound."""
    with bank.database.reading() as session:
        worked_on_entry(session, viewer, number)
        newer = (Revision.entry_id == number, Revision.version > version)
        rows = session.scalars(select(Revision).where(*newer).order_by(Revision.version)).all()
        ids = {row.user_id for row in rows}
        names = {user.id: user.name or user.email for user in session.scalars(select(User).where(User.id.in_(ids)))}
        return tuple(
            LaterVersion(row.version, row.user_id, names.get(row.user_id or 0, ""), row.moment, tuple(row.fields))
            for row in rows
        )
