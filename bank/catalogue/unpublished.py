"""What was never published and whose it is: bytes by person and by city, and originals that no entry names.

Bytes are those of originals and pictures, and those of the entries' own texts: of withdrawn drafts, too.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Select, cast, delete, func, literal, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from bank.catalogue.tables import Entry, EntryCity, EntryText, File, Image, LooseFile
from bank.clock import now

SizedDigest = tuple[str, int]
"""The digest of an original and its size in bytes."""


def unpublished_bytes_of_person(session: Session, user_id: int, more: Iterable[SizedDigest] = ()) -> int:
    """Bytes of what a person added to entries that were never published, of that person's loose files, and of `more`.

    The texts of such entries that the person began count too. What is named twice counts once.
    """
    texts = bytes_of_texts(session, Entry.made_by == user_id)
    mine = (kind.added_by == user_id for kind in (File, Image))
    loose = loose_files_where(LooseFile.user_id == user_id)
    return texts + distinct_bytes(session, *unpublished_files(*mine), loose, *literal_rows(more))


def unpublished_bytes_of_city(session: Session, city_id: str, more: Iterable[SizedDigest] = ()) -> int:
    """Bytes of what people added to a city's entries that were never published, of its loose files, and of `more`.

    The texts of such entries count too. What is named twice counts once.
    """
    led = select(EntryCity.entry_id).where(EntryCity.city_id == city_id, EntryCity.position == 0)
    texts = bytes_of_texts(session, Entry.made_by.is_not(None) & Entry.id.in_(led))
    of_city = (kind.added_by.is_not(None) & kind.entry_id.in_(led) for kind in (File, Image))
    loose = loose_files_where(LooseFile.city_id == city_id)
    return texts + distinct_bytes(session, *unpublished_files(*of_city), loose, *literal_rows(more))


def bytes_of_texts(session: Session, whose: ColumnElement[bool]) -> int:
    """Bytes of fields, titles, summaries and unplaced answers of entries that were never published."""
    never = (Entry.published.is_(None), whose)
    fields = select(func.sum(column_bytes(Entry.fields) + column_bytes(Entry.proposed))).where(*never)
    texts = select(func.sum(column_bytes(EntryText.title) + column_bytes(EntryText.summary))).join(Entry).where(*never)
    unplaced = select(func.sum(column_bytes(File.unplaced))).join(Entry, Entry.id == File.entry_id).where(*never)
    return sum(session.scalar(query) or 0 for query in (fields, texts, unplaced))


def column_bytes(column: InstrumentedAttribute[Any]) -> ColumnElement[int]:
    """How many bytes a text takes in the database, in UTF-8."""
    return func.length(cast(column, LargeBinary))


def unpublished_files(of_file: ColumnElement[bool], of_image: ColumnElement[bool]) -> Iterator[Select[str, int]]:
    """Queries of digest and size of files, and of pictures, of entries that were never published."""
    for kind, whose in ((File, of_file), (Image, of_image)):
        never = select(kind.digest, kind.size).join(Entry, Entry.id == kind.entry_id)
        yield never.where(Entry.published.is_(None), whose)


def loose_files_where(whose: ColumnElement[bool]) -> Select[str, int]:
    """The query of digest and size of loose files."""
    return select(LooseFile.digest, LooseFile.size).where(whose)


def literal_rows(more: Iterable[SizedDigest]) -> Iterator[Select[str, int]]:
    """A query for each digest and size, for a union with those of rows."""
    return (select(literal(digest), literal(size)) for digest, size in more)


def distinct_bytes(session: Session, *queries: Select[str, int]) -> int:
    """The bytes of all digests together, each counted once."""
    every = union(*queries).subquery()
    return session.scalar(select(func.coalesce(func.sum(every.c.size), 0))) or 0


def add_loose_files(session: Session, user_id: int, city_id: str | None, kept: Iterable[SizedDigest]) -> None:
    """Adds rows for originals, given as (digest, size), that no entry names and that count for this person."""
    session.add_all(
        LooseFile(digest=digest, size=size, user_id=user_id, city_id=city_id, moment=now()) for digest, size in kept
    )


def loosen_files(session: Session, entry: Entry, rows: Sequence[File | Image]) -> None:
    """Deletes rows of files and pictures of an entry; their bytes go on counting for whoever added them."""
    city = leading_city(session, entry.id)
    for row in rows:
        if row.added_by is not None:
            add_loose_files(session, row.added_by, city, [(row.digest, row.size)])
        session.delete(row)
    session.flush()


def leading_city(session: Session, number: int) -> str | None:
    """The id of the city that leads an entry; None while it has none."""
    return session.scalar(select(EntryCity.city_id).where(EntryCity.entry_id == number, EntryCity.position == 0))


def settle_loose_files(session: Session, user_id: int, digests: Collection[str]) -> None:
    """Deletes this person's rows of loose files that rows of an entry name now."""
    session.execute(delete(LooseFile).where(LooseFile.user_id == user_id, LooseFile.digest.in_(digests)))


def loose_digests(session: Session, before: datetime | None = None) -> set[str]:
    """Digests of loose files: of all, or of those that are older than a moment."""
    query = select(LooseFile.digest).distinct()
    return set(session.scalars(query if before is None else query.where(LooseFile.moment < before)))


def forget_loose_files(session: Session, digests: Collection[str], before: datetime) -> None:
    """Deletes the rows, older than a moment, of loose files with these digests."""
    session.execute(delete(LooseFile).where(LooseFile.digest.in_(digests), LooseFile.moment < before))


def count_open_drafts(session: Session, user_id: int) -> int:
    """How many entries a person began that were never published, are not handed in, and not withdrawn."""
    mine = (Entry.made_by == user_id, Entry.published.is_(None), Entry.status.in_(("draft", "returned")))
    return session.scalar(select(func.count()).select_from(Entry).where(*mine)) or 0


def newest_unsaved_draft(session: Session, user_id: int, kind: str) -> int | None:
    """The id of the newest draft of a kind, without files and pictures, that a person began and nobody saved since."""
    named = union(select(File.entry_id), select(Image.entry_id)).subquery()
    mine = (Entry.made_by == user_id, Entry.kind == kind, Entry.status == "draft", Entry.version == 1)
    query = select(Entry.id).where(*mine, Entry.id.not_in(select(named))).order_by(Entry.id.desc()).limit(1)
    return session.scalar(query)


def withdrawn_drafts_with_files(session: Session, before: datetime) -> Sequence[int]:
    """Ids of entries that were withdrawn before a moment, were never published and have files or pictures."""
    named = union(select(File.entry_id), select(Image.entry_id)).subquery()
    old = (Entry.status == "withdrawn", Entry.published.is_(None), func.coalesce(Entry.since, Entry.updated) < before)
    return session.scalars(select(Entry.id).where(*old, Entry.id.in_(select(named))).order_by(Entry.id)).all()
