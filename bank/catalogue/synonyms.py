"""The groups of synonyms that coordinators wrote, changed or took away."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Synonyms


def written_synonyms(session: Session) -> Mapping[str, tuple[str, ...]]:
    """Id -> terms of every group that coordinators wrote or changed; no terms for one that they took away."""
    rows = session.scalars(select(Synonyms).order_by(Synonyms.id))
    return {row.id: tuple(row.terms) for row in rows}


def write_synonyms(session: Session, id: str, terms: Sequence[str]) -> None:
    """Writes a group in place of the one that has its id."""
    session.merge(Synonyms(id=id, terms=list(terms)))
    session.flush()


def drop_synonyms(session: Session, id: str) -> None:
    """Deletes the row of a group that coordinators added."""
    row = session.get(Synonyms, id)
    if row is not None:
        session.delete(row)
        session.flush()
