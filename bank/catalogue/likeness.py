"""Stores the MinHash signatures of files' texts, and finds files whose text may be much the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, func, insert, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, File, Likeness, LikenessBand, Page

MOST_CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class LikenessCandidate:
    """A file, by its entry and number, whose text may be like another."""

    entry_id: int
    file_id: int
    number: int
    signature: bytes


def keep_signature(session: Session, file_id: int, signature: bytes, bands: Sequence[int]) -> None:
    """Stores a file's signature and its bands in place of earlier ones.

    The signature is empty, without bands, for a text that is too short to have one.
    """
    session.execute(delete(LikenessBand).where(LikenessBand.file_id == file_id))
    session.execute(delete(Likeness).where(Likeness.file_id == file_id))
    session.execute(insert(Likeness), [{"file_id": file_id, "signature": signature}])
    if bands:
        rows = [{"file_id": file_id, "band": band, "value": value} for band, value in enumerate(bands)]
        session.execute(insert(LikenessBand), rows)


def likeness_candidates(
    session: Session, bands: Sequence[int], seen: ColumnElement[bool]
) -> Sequence[LikenessCandidate]:
    """At most 100 files that share a band, those that share most first, of entries that match the clause `seen`."""
    if not bands:
        return ()
    shared = func.count(LikenessBand.band)
    query = (
        select(File.entry_id, File.id, File.number, Likeness.signature)
        .join(LikenessBand, LikenessBand.file_id == File.id)
        .join(Likeness, Likeness.file_id == File.id)
        .join(Entry, Entry.id == File.entry_id)
        .where(LikenessBand.value.in_(bands), seen)
        .group_by(File.id)
        .order_by(shared.desc(), File.id)
        .limit(MOST_CANDIDATES)
    )
    return [LikenessCandidate(*row) for row in session.execute(query)]


def files_without_signature(session: Session, limit: int = MOST_CANDIDATES) -> Sequence[int]:
    """Ids of files that have text and no signature yet, oldest first."""
    without = ~exists(select(Likeness.file_id).where(Likeness.file_id == File.id))
    with_text = exists(select(Page.file_id).where(Page.file_id == File.id, Page.text != ""))
    return session.scalars(select(File.id).where(without, with_text).order_by(File.id).limit(limit)).all()
