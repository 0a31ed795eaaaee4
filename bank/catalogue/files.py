"""Queries about files and pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, EntryCity, File, Image, Page
from bank.catalogue.visibility import entry_is_public, file_is_public

DIGESTS_AT_ONCE, PAGES_AT_ONCE = 500, 20


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's label and text, for snippets; `furniture` are the numbers of its running heads' lines.

    `method` tells how it was read.
    """

    label: str | None
    text: str
    furniture: Sequence[int] = ()
    method: str = ""


@dataclass(frozen=True, slots=True)
class NumberedText:
    """A page's number and text, and which of its lines are running heads."""

    number: int
    text: str
    furniture: Sequence[int]


def find_public_file(session: Session, entry_id: int, number: int) -> File | None:
    """File `number` of a published entry; None where there is none that anybody may see."""
    return find_file_where(session, entry_id, number, and_(entry_is_public(), file_is_public()))


def public_file_ids(session: Session, entry_id: int) -> Mapping[int, int]:
    """Number -> id of the files of a published entry that anybody may see."""
    query = select(File.number, File.id).join(Entry, Entry.id == File.entry_id)
    rows = session.execute(query.where(File.entry_id == entry_id, entry_is_public(), file_is_public()))
    return {row.number: row.id for row in rows}


def find_file_where(session: Session, entry_id: int, number: int, seen: ColumnElement[bool]) -> File | None:
    """File `number` of an entry, where the two match the clause `seen`; else None."""
    query = select(File).join(Entry, Entry.id == File.entry_id)
    return session.scalar(query.where(File.entry_id == entry_id, File.number == number, seen))


def files_with_digests(
    session: Session, digests: Iterable[str], seen: ColumnElement[bool] | None = None
) -> Sequence[File]:
    """Files with these bytes, oldest first; with `seen` those that match this clause on entries and files."""
    query = select(File).join(Entry, Entry.id == File.entry_id).where(File.digest.in_(list(digests)))
    return session.scalars((query if seen is None else query.where(seen)).order_by(File.id)).all()


def find_page(session: Session, file_id: int, number: int) -> Page | None:
    """Page `number` (from 1) of a file, or None."""
    return session.get(Page, (file_id, number))


def pages_of_files(session: Session, file_ids: Sequence[int]) -> Iterable[Page]:
    """All pages of the files, in order."""
    return session.scalars(select(Page).where(Page.file_id.in_(file_ids)).order_by(Page.file_id, Page.number))


def texts_of_pages(session: Session, wanted: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], PageText]:
    """(file id, page number) -> its text."""
    if not wanted:
        return {}
    values = {
        f"{name}{place}": value for place, pair in enumerate(wanted) for name, value in zip("fn", pair, strict=True)
    }
    rows = session.execute(_pages_query(len(wanted)), values)
    return {(row.file_id, row.number): PageText(row.label, row.text, row.furniture, row.method) for row in rows}


@cache
def _pages_query(count: int) -> Select[int, int, str | None, str, list[int], str]:
    """The texts of `count` pages by their keys; built once for each count, since building costs more than asking.

    SQLite scans the whole table for ``(a, b) IN (...)``, but takes the key for each of these.
    """
    keys = (
        and_(Page.file_id == bindparam(f"f{place}"), Page.number == bindparam(f"n{place}")) for place in range(count)
    )
    return select(Page.file_id, Page.number, Page.label, Page.text, Page.furniture, Page.method).where(or_(*keys))


def page_texts(session: Session, file_id: int) -> Iterator[NumberedText]:
    """The texts of a file's pages, in order, a few at a time."""
    query = select(Page.number, Page.text, Page.furniture).where(Page.file_id == file_id).order_by(Page.number)
    for row in session.execute(query, execution_options={"yield_per": PAGES_AT_ONCE}):
        yield NumberedText(row.number, row.text, row.furniture)


def page_labels(session: Session, file_id: int, most: int | None = None) -> Mapping[int, str | None]:
    """Page number -> label of every page that has a row; of the first `most` where that is given."""
    query = select(Page.number, Page.label).where(Page.file_id == file_id).order_by(Page.number)
    rows = session.execute(query.limit(most))
    return {row.number: row.label for row in rows}


def published_totals(session: Session) -> tuple[int, int, int]:
    """(files, pages, cities) of published entries."""
    published = select(func.count(), func.coalesce(func.sum(File.total_pages), 0)).select_from(File)
    published = published.join(Entry, Entry.id == File.entry_id).where(entry_is_public(), file_is_public())
    files, pages = session.execute(published).one()
    cities = session.scalar(
        select(func.count(EntryCity.city_id.distinct()))
        .join(Entry, Entry.id == EntryCity.entry_id)
        .where(entry_is_public())
    )
    return files, pages, cities or 0


@dataclass(frozen=True, slots=True)
class DigestOwner:
    """A file or picture whose original has this digest: its entry and its name."""

    digest: str
    entry_id: int
    name: str


def owners_of_digests(session: Session, digests: Iterable[str]) -> Sequence[DigestOwner]:
    """The files and pictures of these originals, by entry; many digests are asked for in batches."""
    wanted, found = sorted(digests), set[DigestOwner]()
    for first in range(0, len(wanted), DIGESTS_AT_ONCE):
        some = wanted[first : first + DIGESTS_AT_ONCE]
        for kind in (File, Image):
            rows = session.execute(select(kind.digest, kind.entry_id, kind.name).where(kind.digest.in_(some)))
            found.update(DigestOwner(row.digest, row.entry_id, row.name) for row in rows)
    return sorted(found, key=lambda owner: (owner.entry_id, owner.name, owner.digest))


def digests_in_rows(session: Session) -> set[str]:
    """Digests of the originals and pictures that rows name."""
    return {*session.scalars(select(File.digest).distinct()), *session.scalars(select(Image.digest).distinct())}


def digests_between(session: Session, low: str, high: str, limit: int) -> Sequence[tuple[str, int]]:
    """(digest, size in bytes) of the originals and pictures that rows name, between these two, without them.

    In order, at most `limit`.
    """
    chosen = [select(kind.digest, kind.size).where(kind.digest > low, kind.digest < high) for kind in (File, Image)]
    every = chosen[0].union(chosen[1]).subquery()
    rows = session.execute(select(every.c.digest, every.c.size).order_by(every.c.digest).limit(limit))
    return [(row.digest, row.size) for row in rows]


def sizes_by_digest(session: Session, digests: Iterable[str]) -> Mapping[str, int]:
    """Digest -> size in bytes, of those that a row names."""
    wanted = list(digests)
    found = [session.execute(select(kind.digest, kind.size).where(kind.digest.in_(wanted))) for kind in (File, Image)]
    return {row.digest: row.size for rows in found for row in rows}


def entries_of_digests(session: Session, digests: Iterable[str]) -> set[int]:
    """Ids of the entries whose files or pictures have these digests."""
    wanted = list(digests)
    found = [session.scalars(select(kind.entry_id).where(kind.digest.in_(wanted))) for kind in (File, Image)]
    return {id for some in found for id in some}
