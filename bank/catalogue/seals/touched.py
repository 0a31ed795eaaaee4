"""Notices, in a writing session, whose sealed rows a transaction touches, however they are written."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import InstanceState, ORMExecuteState, Session

from bank.catalogue.seals.layout import OWNER_OF_ROW, UNSEALED_COLUMNS

TOUCHED = "owners of touched rows"
"""Key in `Session.info`: a set of (entry, file, user, city or event; id)."""

Owner = tuple[str, Any]


def touched_owners(session: Session) -> set[Owner]:
    """The owners of the sealed rows that this transaction has touched until now."""
    found: set[Owner] = session.info.setdefault(TOUCHED, set())
    return found


def note_flush(session: Session, context: object) -> None:
    """Notes the owners of rows that a flush inserts, changes or deletes."""
    owners = touched_owners(session)
    owners.update(owners_of(session.new))
    owners.update(owners_of(session.deleted))
    owners.update(owners_of(row for row in session.dirty if has_sealed_change(row)))


def owners_of(rows: Iterable[object]) -> Iterable[Owner]:
    """The owner of each sealed row."""
    for row in rows:
        place = next((OWNER_OF_ROW[kind] for kind in OWNER_OF_ROW if isinstance(row, kind)), None)
        if place is not None:
            yield place[0], getattr(row, place[1])


def has_sealed_change(row: object) -> bool:
    """Whether a column that a seal covers has changed."""
    state: InstanceState[Any] = inspect(row)
    left_out = UNSEALED_COLUMNS.get(state.mapper.local_table.name, frozenset())  # type: ignore[attr-defined]
    return any(attribute.history.has_changes() for attribute in state.attrs if attribute.key not in left_out)


def note_statement(told: ORMExecuteState) -> None:
    """Notes the owners of rows that an UPDATE, DELETE or INSERT statement is about to touch.

    Raises NotImplementedError for an INSERT whose rows don't come as parameters: use the session instead.
    """
    if not (told.is_update or told.is_delete or told.is_insert) or told.bind_mapper is None:
        return
    place = OWNER_OF_ROW.get(told.bind_mapper.class_)
    if place is not None:
        kind, attribute = place
        touched_owners(told.session).update((kind, id) for id in ids_in_statement(told, attribute))


def ids_in_statement(told: ORMExecuteState, attribute: str) -> Iterable[Any]:
    """The values of the owner's attribute in the rows that the statement is about."""
    if told.is_insert:
        given = told.parameters
        if not isinstance(given, list):
            raise NotImplementedError("rows that are sealed are added through the session, or as parameters")
        return [row[attribute] for row in given]
    owner = getattr(told.bind_mapper.class_, attribute)  # type: ignore[union-attr]
    asked = select(owner).distinct()
    where = getattr(told.statement, "whereclause", None)
    return told.session.scalars(asked if where is None else asked.where(where)).all()
