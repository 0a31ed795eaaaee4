"""An entry as whoever works on it sees it: values, files, proposals, what is missing, what happened so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank import ingest
from bank.catalogue.entries import EntryRows
from bank.catalogue.jobs import state_for_readers
from bank.catalogue.tables import File, Image, Job, Step, User
from bank.clock import now
from bank.errors import Fault
from bank.ingest.reasons import BROKEN_OFF_REASONS
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import EntryAct, may_act, worked_on_entry
from bank.workflow.deposits.expiring import files_kept_until
from bank.workflow.deposits.notes import confirmed_notes, waiting_notes
from bank.workflow.deposits.readiness import (
    CompletenessMeter,
    entry_faults,
    has_accepted_agreement,
    measure_completeness,
)
from bank.workflow.deposits.unplaced import UnplacedView, unplaced_views
from bank.workflow.deposits.values import field_values
from bank.workflow.entries.cards import entry_card, file_view
from bank.workflow.entries.steps import steps_of
from bank.workflow.entries.views import EntryCard, FileView
from bank.workflow.rights import Viewer

ENTRY_ACTS: tuple[EntryAct, ...] = ("change", "submit", "return", "publish", "withdraw")


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file as whoever works on the entry sees it. `personal` has the keys kind, page, count.

    `broken_off` says that its reading was broken off, so that it may be read again. `unplaced` is what found no field.
    """

    view: FileView
    purpose: str
    people: str | None
    consents: str
    personal: Sequence[Mapping[str, object]]
    broken_off: bool
    unplaced: tuple[UnplacedView, ...]


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture; `texts` is its alternative text by language."""

    number: int
    name: str
    width: int
    height: int
    texts: Mapping[str, str]
    author: str
    licence: str | None
    people: str | None
    consents: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A move of the entry; `who` is a name, empty for the operator, and `user` the person's id, None for nobody."""

    act: str
    who: str
    moment: datetime
    remarks: str
    second: str
    user: int | None = None


@dataclass(frozen=True, slots=True)
class JobState:
    """How far the reading of the files is: `done` of `total` pages, total None while it is not known.

    `state` is waiting, running, done, failed or cancelled.
    """

    id: int
    state: str
    done: int
    total: int | None
    message: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """One entry on its way.

    `values` are as in `deposits/values`, `may` the acts that the viewer may do now. `proposed` maps a field to where
    its value comes from, until somebody changes or confirms it: source (label, metadata, text, city), file, page, text;
    with a `value` of its own where the field was filled before the file was read.
    """

    card: EntryCard
    status: str
    version: int
    since: datetime | None
    updated: datetime
    values: Mapping[str, object]
    proposed: Mapping[str, Mapping[str, object]]
    files: tuple[DraftFile, ...]
    images: tuple[ImageView, ...]
    faults: tuple[Fault, ...]
    meter: CompletenessMeter
    steps: tuple[StepView, ...]
    may: frozenset[EntryAct]
    agreed: bool
    """The present agreement was accepted for it."""
    job: JobState | None = field(default=None)
    """The newest job that reads its files, while there is something to tell."""
    confirmed: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """As `proposed`, of the values that somebody confirmed and nobody changed since."""
    files_until: datetime | None = None
    """When it loses its files: only where it was withdrawn and never published."""

    @property
    def unplaced(self) -> tuple[UnplacedView, ...]:
        """What its files give that found no field and waits for a person."""
        return tuple(one for file in self.files for one in file.unplaced if one.into is None)

    @property
    def settled(self) -> tuple[UnplacedView, ...]:
        """What a person has put into a field or left out, of what found no field."""
        return tuple(one for file in self.files for one in file.unplaced if one.into is not None)


def open_draft(bank: Bank, viewer: Viewer | None, number: int) -> DraftView:
    """An entry for a viewer who works on it. Raises SignInNeeded, NotFound."""
    with bank.database.reading() as session:
        rows = worked_on_entry(session, viewer, number)
        return draft_view(bank, session, viewer, rows)


def draft_view(bank: Bank, session: Session, viewer: Viewer | None, rows: EntryRows) -> DraftView:
    """Rows as a DraftView; the caller has checked that the viewer may see them."""
    entry = rows.entry
    return DraftView(
        card=entry_card(rows),
        status=entry.status,
        version=entry.version,
        since=entry.since,
        updated=entry.updated,
        values=field_values(session, bank.vocabulary, rows),
        proposed=waiting_notes(entry.proposed),
        confirmed=confirmed_notes(entry.proposed),
        files=tuple(map(draft_file, rows.files)),
        images=images_of(session, entry.id),
        faults=tuple(entry_faults(bank, session, rows)),
        meter=measure_completeness(bank, session, rows),
        steps=step_views(session, steps_of(session, [entry.id])[entry.id]),
        may=frozenset(act for act in ENTRY_ACTS if viewer is not None and may_act(viewer, rows, act)),
        agreed=has_accepted_agreement(session, entry.id, bank.network.agreement.version),
        job=newest_reading_job(session, entry.id),
        files_until=files_kept_until(session, entry),
    )


def draft_file(row: File) -> DraftFile:
    broken_off = row.reason in BROKEN_OFF_REASONS
    return DraftFile(
        file_view(row), row.purpose, row.people, row.consents, row.personal, broken_off, unplaced_views(row)
    )


def images_of(session: Session, number: int) -> tuple[ImageView, ...]:
    """The entry's pictures, in their order."""
    rows = session.scalars(select(Image).where(Image.entry_id == number).order_by(Image.number))
    return tuple(image_view(row) for row in rows)


def image_view(row: Image) -> ImageView:
    return ImageView(
        number=row.number,
        name=row.name,
        width=row.width,
        height=row.height,
        texts=dict(row.texts),
        author=row.author,
        licence=row.licence,
        people=row.people,
        consents=row.consents,
    )


def step_views(session: Session, steps: Sequence[Step]) -> tuple[StepView, ...]:
    """The steps with the names that people have today."""
    ids = {step.user_id for step in steps}
    users = {user.id: user.name or user.email for user in session.scalars(select(User).where(User.id.in_(ids)))}
    return tuple(
        StepView(step.act, users.get(step.user_id or 0, ""), step.moment, step.remarks, step.second, step.user_id)
        for step in steps
    )


def newest_reading_job(session: Session, number: int) -> JobState | None:
    """The newest job that reads files of the entry; jobs of OCR count only where tesseract is installed."""
    kinds = ("read", "ocr") if ingest.ocr_languages() else ("read",)
    query = select(Job).where(Job.entry_id == number, Job.kind.in_(kinds))
    job = session.scalar(query.order_by(Job.id.desc()).limit(1))
    return (
        JobState(job.id, state_for_readers(job, now()), job.done, job.total, job.message) if job is not None else None
    )
