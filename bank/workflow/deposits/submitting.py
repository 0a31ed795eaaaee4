"""Submits an entry for review. Everything missing is reported in one error; the draft stays as it was."""

from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue import audit
from bank.catalogue.tables import Acceptance, Entry
from bank.clock import now
from bank.errors import Fault, InvalidFields
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry
from bank.workflow.deposits.changing import SavedVersion, expect_version
from bank.workflow.deposits.cleaning import clean_written
from bank.workflow.deposits.readiness import ACCEPT_AGREEMENT, entry_faults, has_accepted_agreement
from bank.workflow.entries import steps
from bank.workflow.notices import tell_coordinators
from bank.workflow.rights import Viewer


def submit(
    bank: Bank,
    viewer: Viewer | None,
    number: int,
    version: int | None,
    *,
    accept: str = "",
    language: str | None = None,
    remarks: str = "",
) -> SavedVersion:
    """Submits the entry for review.

    `accept` is the version of the agreement that was read, `language` the one that it was read in, the bank's own where
    none is given. Raises as `change_values`; InvalidFields with everything that keeps the entry from being published.
    """
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "submit")
        expect_version(bank, session, rows, version)
        wrong = entry_faults(bank, session, rows)
        current = bank.network.agreement.version
        if accept != current and not has_accepted_agreement(session, number, current):
            wrong.append(Fault("accept", ACCEPT_AGREEMENT))
        if wrong or viewer is None:
            raise InvalidFields(wrong)
        if accept == current:
            write_acceptance(bank, session, rows.entry, viewer, language or bank.settings.language)
        moment, remarks = now(), clean_written(remarks).strip()
        rows.entry.version += 1
        rows.entry.updated = moment
        steps.take_step(session, rows.entry, "submit", "submitted", viewer.id, moment, remarks=remarks)
        steps.write_status_revision(session, rows.entry, viewer.id, moment)
        audit.add_audit_row(
            session, viewer.actor, "submit", number, {"version": rows.entry.version, "remarks": remarks}
        )
        saved = SavedVersion(rows.entry.version, moment)
        session.flush()
        crash_points.crash_point("submit.written")
    crash_points.crash_point("submit.committed")
    tell_coordinators(bank, number)
    return saved


def write_acceptance(bank: Bank, session: Session, entry: Entry, viewer: Viewer, language: str) -> None:
    """Adds the row that says who accepted which text of the agreement, and when."""
    agreement = bank.network.agreement
    session.add(
        Acceptance(
            entry_id=entry.id,
            user_id=viewer.id,
            agreement=agreement.version,
            language=language,
            digest=agreement.digest(language),
            moment=now(),
        )
    )
