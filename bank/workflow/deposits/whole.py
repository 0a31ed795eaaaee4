"""An entry as the viewer may see it: what everybody sees, and more for whoever works on it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import entries, visibility
from bank.catalogue.jobs import state_for_readers
from bank.catalogue.tables import Entry, Image, Job
from bank.clock import now
from bank.errors import NotFound, SignInNeeded
from bank.workflow.bank import Bank
from bank.workflow.deposits.draft import DraftView, ImageView, JobState, draft_view, image_view
from bank.workflow.deposits.files import worked_on_file, worked_on_image
from bank.workflow.deposits.readiness import image_may_be_shown
from bank.workflow.entries import public
from bank.workflow.entries.public import ORIGINAL_LOST, Original, entry_view
from bank.workflow.entries.tombstones import absence_error
from bank.workflow.entries.views import EntryView
from bank.workflow.files.place import expect_own_place
from bank.workflow.rights import Viewer


@dataclass(frozen=True, slots=True)
class WholeEntry:
    """An entry with its pictures; `work` is None for a viewer who does not work on it.

    Then `entry` and `images` are what is public.
    """

    entry: EntryView
    images: tuple[ImageView, ...]
    work: DraftView | None


def whole_entry(bank: Bank, viewer: Viewer | None, number: int) -> WholeEntry:
    """An entry of whatever status. Raises NotFound, Gone for one that was withdrawn and is not the viewer's work."""
    with bank.database.reading() as session:
        mine = (
            entries.load_entries_where(session, [number], visibility.entry_worked_on_by(viewer.reader)).get(number)
            if viewer
            else None
        )
        if mine is not None:
            work = draft_view(bank, session, viewer, mine)
            return WholeEntry(entry_view(bank, session, mine), work.images, work)
        shown = entries.load_entries(session, [number]).get(number)
        if shown is None:
            raise absence_error(session, number)
        return WholeEntry(entry_view(bank, session, shown), public_images(session, number), None)


def public_images(session: Session, number: int) -> tuple[ImageView, ...]:
    """The pictures of the entry of which everything is known and whose rights are evaluated."""
    rows = session.scalars(select(Image).where(Image.entry_id == number).order_by(Image.number))
    return tuple(image_view(row) for row in rows if image_may_be_shown(row))


def works_on(session: Session, viewer: Viewer | None, number: int) -> bool:
    """Whether the viewer works on the entry."""
    query = select(Entry.id).where(Entry.id == number, visibility.entry_worked_on_by(viewer.reader if viewer else None))
    return session.scalar(query) is not None


def original_for_viewer(bank: Bank, viewer: Viewer | None, number: int, file: int) -> Original:
    """Where a file's original stands, with name, type, size and digest.

    Of an entry that the viewer works on, or of a published one. Raises NotFound, Gone.
    """
    with bank.database.reading() as session:
        mine = works_on(session, viewer, number)
    if not mine:
        return public.published_original(bank, number, file)
    row = worked_on_file(bank, viewer, number, file)
    return expect_original_there(
        bank, Original(bank.uploads.path(row.digest), row.name, row.media_type, row.size, row.digest)
    )


def picture_for_viewer(bank: Bank, viewer: Viewer | None, number: int, image: int) -> Original:
    """Where a picture stands, with name, type, size and digest.

    Of an entry that the viewer works on, or of a published one. Raises NotFound, Gone.
    """
    with bank.database.reading() as session:
        mine = works_on(session, viewer, number)
        row = worked_on_image(bank, viewer, number, image) if mine else public_image(session, number, image)
    return expect_original_there(
        bank, Original(bank.uploads.path(row.digest), row.name, row.media_type, row.size, row.digest)
    )


def public_image(session: Session, number: int, image: int) -> Image:
    """A picture of a published entry that is not held back. Raises NotFound, Gone."""
    query = (
        select(Image).join(Entry, Entry.id == Image.entry_id).where(Entry.id == number, visibility.entry_is_public())
    )
    row = session.scalar(query.where(Image.number == image))
    if row is None:
        raise absence_error(session, number)
    if not image_may_be_shown(row):
        raise NotFound
    return row


def expect_original_there(bank: Bank, found: Original) -> Original:
    """The same Original.

    Raises NotFound where its file is missing or of another size, OriginalsAway where the whole folder is another.
    """
    path: Path = found.path
    if not path.is_file() or path.stat().st_size != found.size:
        expect_own_place(bank)
        raise NotFound(ORIGINAL_LOST)
    return found


def job_for_viewer(bank: Bank, viewer: Viewer | None, number: int) -> JobState:
    """How a job stands, for viewers who work on its entry; one without an entry is for reviewers.

    Raises SignInNeeded, NotFound.
    """
    if viewer is None:
        raise SignInNeeded
    with bank.database.reading() as session:
        job = session.get(Job, number)
        if job is None:
            raise NotFound
        if not (viewer.reader.reviews if job.entry_id is None else works_on(session, viewer, job.entry_id)):
            raise NotFound
        return JobState(job.id, state_for_readers(job, now()), job.done, job.total, job.message)
