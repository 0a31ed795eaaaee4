"""Hands an entry in: what is missing is told all at once, and nothing that was written is lost."""

from sqlalchemy.orm import Session

from bank import faults
from bank.catalogue import audit
from bank.catalogue.tables import Acceptance, Entry
from bank.clock import now
from bank.errors import Fault, Faulty
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted
from bank.workflow.deposits.changing import Saved, expect_version
from bank.workflow.deposits.readiness import AGREE, agreed, faults_of
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
) -> Saved:
    """Hands the entry in for review. `accept` is the version of the agreement that was read.

    `language` is the one that it was read in, the bank's own where none is given.

    Raises as `change`; Faulty with everything that keeps it from being published.
    """
    with bank.database.writing() as session:
        rows = permitted(session, viewer, number, "submit")
        expect_version(bank, session, rows, version)
        wrong = faults_of(bank, session, rows)
        current = bank.network.agreement.version
        if accept != current and not agreed(session, number, current):
            wrong.append(Fault("accept", AGREE))
        if wrong or viewer is None:
            raise Faulty(wrong)
        if accept == current:
            accepted(bank, session, rows.entry, viewer, language or bank.settings.language)
        moment = now()
        rows.entry.version += 1
        rows.entry.updated = moment
        steps.take(session, rows.entry, "submit", "submitted", viewer.id, moment, remarks=remarks.strip())
        steps.revise(session, rows.entry, viewer.id, moment)
        audit.note(session, viewer.actor, "submit", number, {"version": rows.entry.version, "remarks": remarks})
        saved = Saved(rows.entry.version, moment)
        session.flush()
        faults.point("submit.written")
    faults.point("submit.committed")
    tell_coordinators(bank, number)
    return saved


def accepted(bank: Bank, session: Session, entry: Entry, viewer: Viewer, language: str) -> None:
    """Keeps who accepted which text when."""
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
