"""What reviewers see: the queue, recent decisions, and one entry with all that its review needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import entries, files, places
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Acceptance, Entry, Step, User
from bank.catalogue.visibility import entry_worked_on_by
from bank.workflow.bank import Bank
from bank.workflow.deposits import draft
from bank.workflow.deposits.access import worked_on_entry
from bank.workflow.deposits.draft import DraftView
from bank.workflow.deposits.duplicates import LookAlike, look_alikes
from bank.workflow.deposits.files import expect_file
from bank.workflow.deposits.lists import Submission, review_queue
from bank.workflow.entries.cards import entry_card
from bank.workflow.entries.public import page_view_of
from bank.workflow.entries.steps import steps_of
from bank.workflow.entries.views import EntryCard, PageView
from bank.workflow.review.deciding import needs_second_person
from bank.workflow.rights import Viewer, require_right

DECISION_ACTS = ("return", "publish", "withdraw")
MOST_RECENT_DECISIONS = 20
"""Decisions that the desk lists."""


@dataclass(frozen=True, slots=True)
class WaitingSubmission:
    """A submission in the queue: who handed it in, and how often it was returned before."""

    submission: Submission
    by: str
    returned: int


@dataclass(frozen=True, slots=True)
class RecentDecision:
    """A recent decision on an entry, and the status that the entry has now."""

    card: EntryCard
    act: str
    who: str
    moment: datetime
    status: str


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """The queue, the longest waiting first, and the last decisions, the newest first."""

    waiting: tuple[WaitingSubmission, ...]
    lately: tuple[RecentDecision, ...]


@dataclass(frozen=True, slots=True)
class AcceptedAgreement:
    """Who accepted which version of the agreement, in which language, and when."""

    agreement: str
    who: str
    language: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """One entry under review.

    `second`: whether the viewer needs a second name to publish it; None: the viewer may not publish it at all.
    """

    draft: DraftView
    look_alikes: tuple[LookAlike, ...]
    accepted: tuple[AcceptedAgreement, ...]
    second: bool | None
    events: Mapping[str, Mapping[str, str]]
    """Event id -> titles by language, for the events that the entry points to."""
    pages: Mapping[int, Mapping[int, str | None]]
    """File number -> its pages that have text, with their labels."""


def load_review_desk(bank: Bank, viewer: Viewer | None) -> ReviewDesk:
    """The queue and the recent decisions. Raises SignInNeeded, NotFound for viewers who may not review."""
    viewer = require_right(viewer, "review")
    waiting = review_queue(bank, viewer)
    with bank.database.reading() as session:
        steps = steps_of(session, [one.card.id for one in waiting])
        lately = recent_decision_steps(session, viewer)
        found = entries.load_entries_where(
            session, [step.entry_id for step in lately], entry_worked_on_by(viewer.reader)
        )
        names = names_of_users(session, [*lately, *(step for some in steps.values() for step in some)])
        return ReviewDesk(
            tuple(waiting_submission(one, steps[one.card.id], names) for one in waiting),
            tuple(recent_decision(found[step.entry_id], step, names) for step in lately if step.entry_id in found),
        )


def waiting_submission(submission: Submission, steps: Sequence[Step], names: Mapping[int, str]) -> WaitingSubmission:
    last = next((step for step in reversed(steps) if step.act == "submit"), None)
    by = names.get(last.user_id or 0, "") if last is not None else ""
    return WaitingSubmission(submission, by, sum(step.act == "return" for step in steps))


def recent_decision_steps(session: Session, viewer: Viewer) -> Sequence[Step]:
    """The latest decisions on entries that the viewer may see, the newest first."""
    query = select(Step).join(Entry, Entry.id == Step.entry_id)
    query = query.where(Step.act.in_(DECISION_ACTS), entry_worked_on_by(viewer.reader)).order_by(Step.id.desc())
    return session.scalars(query.limit(MOST_RECENT_DECISIONS)).all()


def recent_decision(rows: EntryRows, step: Step, names: Mapping[int, str]) -> RecentDecision:
    return RecentDecision(entry_card(rows), step.act, names.get(step.user_id or 0, ""), step.moment, rows.entry.status)


def names_of_users(session: Session, by: Sequence[Step | Acceptance]) -> Mapping[int, str]:
    """User id -> the name that the person has today."""
    ids = {one.user_id for one in by if one.user_id is not None}
    return {user.id: user.name or user.email for user in session.scalars(select(User).where(User.id.in_(ids)))}


def load_review_sheet(bank: Bank, viewer: Viewer | None, number: int) -> ReviewSheet:
    """One entry with what its review needs. Raises SignInNeeded; NotFound, also for viewers who may not review."""
    viewer = require_right(viewer, "review")
    alike = look_alikes(bank, viewer, number)
    with bank.database.reading() as session:
        rows = worked_on_entry(session, viewer, number)
        return ReviewSheet(
            draft=draft.draft_view(bank, session, viewer, rows),
            look_alikes=alike,
            accepted=accepted_agreements(session, number),
            second=needs_second_person(bank, viewer, rows),
            events={event.id: event.titles for event, _ in places.events_of_entries(session, [number]).get(number, ())},
            pages={file.number: files.page_labels(session, file.id) for file in rows.files},
        )


def accepted_agreements(session: Session, number: int) -> tuple[AcceptedAgreement, ...]:
    """All acceptances of an agreement for the entry, the newest first."""
    rows = session.scalars(select(Acceptance).where(Acceptance.entry_id == number).order_by(Acceptance.id.desc())).all()
    names = names_of_users(session, rows)
    return tuple(AcceptedAgreement(row.agreement, names.get(row.user_id, ""), row.language, row.moment) for row in rows)


def worked_on_page(bank: Bank, viewer: Viewer | None, number: int, file: int, page: int) -> PageView:
    """The text of a page of an entry that the viewer works on. Raises SignInNeeded, NotFound."""
    with bank.database.reading() as session:
        return page_view_of(session, expect_file(worked_on_entry(session, viewer, number), file), page)
