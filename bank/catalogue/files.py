"""Questions about files and pages."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, EntryCity, File, Page
from bank.catalogue.visibility import public


def file(session: Session, entry_id: int, number: int) -> File | None:
    """File `number` of a published entry."""
    return session.scalar(
        select(File)
        .join(Entry, Entry.id == File.entry_id)
        .where(public(), File.entry_id == entry_id, File.number == number)
    )


def with_digest(session: Session, digest: str) -> Sequence[File]:
    """Files with these bytes, oldest first."""
    return session.scalars(select(File).where(File.digest == digest).order_by(File.id)).all()


def page(session: Session, file_id: int, number: int) -> Page | None:
    return session.get(Page, (file_id, number))


def pages(session: Session, file_ids: Sequence[int]) -> Iterable[Page]:
    """All pages of the files, in order."""
    return session.scalars(select(Page).where(Page.file_id.in_(file_ids)).order_by(Page.file_id, Page.number))


def some_pages(session: Session, wanted: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], Page]:
    """(file id, page number) -> page."""
    if not wanted:
        return {}
    rows = session.scalars(select(Page).where(tuple_(Page.file_id, Page.number).in_(wanted)))
    return {(row.file_id, row.number): row for row in rows}


def page_labels(session: Session, file_id: int) -> Mapping[int, str | None]:
    """Page number -> label of every page that has a row."""
    rows = session.execute(select(Page.number, Page.label).where(Page.file_id == file_id).order_by(Page.number))
    return {row.number: row.label for row in rows}


def totals(session: Session) -> tuple[int, int, int]:
    """(files, pages, cities) of published entries."""
    published = select(func.count(), func.coalesce(func.sum(File.total_pages), 0)).select_from(File)
    files, pages = session.execute(published.join(Entry, Entry.id == File.entry_id).where(public())).one()
    cities = session.scalar(
        select(func.count(EntryCity.city_id.distinct())).join(Entry, Entry.id == EntryCity.entry_id).where(public())
    )
    return files, pages, cities or 0


def digests(session: Session) -> set[str]:
    """The digests that rows name."""
    return set(session.scalars(select(File.digest).distinct()))
