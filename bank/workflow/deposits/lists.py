"""Lists of entries on their way: what one's cities deposited, and the coordinators' queue."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import entries
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Entry
from bank.catalogue.visibility import entry_owned_by, entry_worked_on_by
from bank.errors import SignInNeeded
from bank.workflow.bank import Bank
from bank.workflow.deposits.readiness import entry_faults
from bank.workflow.entries.cards import entry_card
from bank.workflow.entries.steps import steps_of
from bank.workflow.entries.views import EntryCard
from bank.workflow.rights import Viewer, require_right

Turn = Literal["city", "network", "nobody"]
TURN_BY_STATUS: dict[str, Turn] = {"draft": "city", "returned": "city", "submitted": "network"}
"""Status -> who must act next."""
MOST_SUBMISSIONS = 500
"""Entries in a list at most."""


@dataclass(frozen=True, slots=True)
class Submission:
    """An entry on its way: its status and since when, whose turn it is, and the remarks of its last step.

    `missing` is how many things keep it from being sent, counted only while it is the city's turn; `changed` is when
    somebody last wrote in it.
    """

    card: EntryCard
    status: str
    since: datetime
    turn: Turn
    remarks: str
    changed: datetime
    missing: int = 0


def own_submissions(bank: Bank, viewer: Viewer | None) -> tuple[Submission, ...]:
    """The viewer's own entries (see `entry_owned_by`), returned ones first. Raises SignInNeeded."""
    if viewer is None:
        raise SignInNeeded
    with bank.database.reading() as session:
        query = (
            select(Entry.id).where(entry_owned_by(viewer.reader)).order_by(Entry.updated.desc()).limit(MOST_SUBMISSIONS)
        )
        found = load_submissions(
            session, session.scalars(query).all(), lambda rows: len(entry_faults(bank, session, rows))
        )
    order = {"returned": 0, "draft": 1, "submitted": 2, "paused": 3, "published": 4, "withdrawn": 5}
    return tuple(sorted(found, key=lambda one: order[one.status]))


def review_queue(bank: Bank, viewer: Viewer | None) -> tuple[Submission, ...]:
    """The submitted entries, the one that waits longest first. Raises SignInNeeded, NotFound."""
    viewer = require_right(viewer, "review")
    with bank.database.reading() as session:
        seen = (entry_worked_on_by(viewer.reader), Entry.status == "submitted")
        query = select(Entry.id).where(*seen).order_by(Entry.since, Entry.id).limit(MOST_SUBMISSIONS)
        return tuple(load_submissions(session, session.scalars(query).all()))


def load_submissions(
    session: Session, ids: Sequence[int], count_missing: Callable[[EntryRows], int] = lambda rows: 0
) -> list[Submission]:
    """The entries with these ids as submissions, in this order; every id must exist."""
    found = entries.load_entries_where(session, ids)
    steps = steps_of(session, ids)
    made = [submission_of(found[id], steps[id][-1].remarks if steps[id] else "") for id in ids]
    return [replace(one, missing=count_missing(found[one.card.id])) if one.turn == "city" else one for one in made]


def submission_of(rows: EntryRows, remarks: str) -> Submission:
    entry = rows.entry
    return Submission(
        entry_card(rows),
        entry.status,
        entry.since or entry.updated,
        TURN_BY_STATUS.get(entry.status, "nobody"),
        remarks,
        entry.updated,
    )
