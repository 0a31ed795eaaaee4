"""Finds an entry for who asks: what one may not see is not there; what one may do with it follows from its state."""

from collections.abc import Mapping
from typing import Literal

from sqlalchemy.orm import Session

from bank.catalogue import entries
from bank.catalogue.entries import EntryRows
from bank.catalogue.visibility import within
from bank.errors import NotAllowed, NotFound, SignInNeeded, WrongState
from bank.workflow.rights import Right, Viewer, may

Act = Literal["change", "submit", "return", "publish", "withdraw"]
MOVES: Mapping[Act, Mapping[str, Right]] = {
    "change": {
        "draft": "deposit",
        "returned": "deposit",
        "submitted": "edit_submitted",
        "published": "edit_submitted",
        "paused": "edit_submitted",
    },
    "submit": {"draft": "deposit", "returned": "deposit"},
    "return": {"submitted": "review"},
    "publish": {"submitted": "review", "paused": "review"},
    "withdraw": {
        "draft": "deposit",
        "returned": "deposit",
        "submitted": "deposit",
        "published": "review",
        "paused": "review",
    },
}
"""Act -> status it may start from -> the right that it asks for there."""


def seen(session: Session, viewer: Viewer | None, number: int) -> EntryRows:
    """The entry with everything around it, for who works on it. Raises SignInNeeded for nobody, else NotFound."""
    if viewer is None:
        raise SignInNeeded
    rows = entries.load_where(session, [number], within(viewer.reader)).get(number)
    if rows is None:
        raise NotFound
    return rows


def allowed(viewer: Viewer, rows: EntryRows, act: Act) -> bool:
    """Whether the viewer may do this with the entry as it stands."""
    right = MOVES[act].get(rows.entry.status)
    return right is not None and may(viewer, right, cities_of(viewer, rows))


def cities_of(viewer: Viewer, rows: EntryRows) -> frozenset[str]:
    """The city to which the work belongs; what has none yet belongs to who began it."""
    if rows.cities:
        return frozenset({rows.cities[0].id})
    return viewer.cities if rows.entry.made_by == viewer.id else frozenset()


def permitted(session: Session, viewer: Viewer | None, number: int, act: Act) -> EntryRows:
    """The entry, with which the viewer may do this.

    Raises SignInNeeded, NotFound; WrongState where nobody may in the state it is in, NotAllowed where others may.
    """
    rows = seen(session, viewer, number)
    if viewer is not None and allowed(viewer, rows, act):
        return rows
    if rows.entry.status not in MOVES[act]:
        raise WrongState
    raise NotAllowed
