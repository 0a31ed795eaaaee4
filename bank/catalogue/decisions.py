"""Queries about what people decided on suggested tags; of several decisions on a term of an entry the newest counts."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Decision, Tag

EntryTermKey = tuple[int, str, str]
"""(entry id, vocabulary, term)."""


def decisions_of_entry(session: Session, entry_id: int) -> Mapping[tuple[str, str], Decision]:
    """(vocabulary, term) -> the newest decision on it in this entry."""
    rows = session.scalars(select(Decision).where(Decision.entry_id == entry_id).order_by(Decision.id))
    return {(row.vocabulary, row.term): row for row in rows}


def newest_decisions(session: Session) -> Sequence[Decision]:
    """The newest decision on each term of each entry, in the order in which they were made."""
    newest = select(func.max(Decision.id)).group_by(Decision.entry_id, Decision.vocabulary, Decision.term)
    return session.scalars(select(Decision).where(Decision.id.in_(newest)).order_by(Decision.id)).all()


def carried_terms(session: Session) -> set[EntryTermKey]:
    """(entry id, vocabulary, term) of the tags of entries with a decision in that vocabulary.

    Principles in the numbering of 2004 are left out.
    """
    decided = select(Decision.entry_id, Decision.vocabulary).distinct().subquery()
    rows = session.execute(
        select(Tag.entry_id, Tag.vocabulary, Tag.term)
        .join(decided, (decided.c.entry_id == Tag.entry_id) & (decided.c.vocabulary == Tag.vocabulary))
        .where(Tag.charter != "2004")
    )
    return {(row.entry_id, row.vocabulary, row.term) for row in rows}
