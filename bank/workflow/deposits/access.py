"""Finds an entry for a viewer, and says what the viewer may do with it in its status."""

from collections.abc import Mapping
from typing import Literal

from sqlalchemy.orm import Session

from bank.catalogue import entries
from bank.catalogue.entries import EntryRows
from bank.catalogue.visibility import entry_worked_on_by
from bank.errors import NotAllowed, NotFound, SignInNeeded, WrongState
from bank.workflow.rights import Right, Viewer, has_right

EntryAct = Literal["change", "submit", "return", "publish", "withdraw"]
ACT_RIGHTS: Mapping[EntryAct, Mapping[str, Right]] = {
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


def worked_on_entry(session: Session, viewer: Viewer | None, number: int) -> EntryRows:
    """The entry with its rows, for whoever works on it. Raises SignInNeeded for nobody, NotFound for others."""
    if viewer is None:
        raise SignInNeeded
    rows = entries.load_entries_where(session, [number], entry_worked_on_by(viewer.reader)).get(number)
    if rows is None:
        raise NotFound
    return rows


def may_act(viewer: Viewer, rows: EntryRows, act: EntryAct) -> bool:
    """Whether the viewer may do this with the entry as it stands."""
    right = ACT_RIGHTS[act].get(rows.entry.status)
    return right is not None and has_right(viewer, right, owning_cities(viewer, rows))


def owning_cities(viewer: Viewer, rows: EntryRows) -> frozenset[str]:
    """Ids of the cities that the entry belongs to, in the eyes of the rights table.

    That is the leading city, or, while the entry has none, the viewer's cities where the viewer began it.
    """
    if rows.cities:
        return frozenset({rows.cities[0].id})
    return viewer.cities if rows.entry.made_by == viewer.id else frozenset()


def permitted_entry(session: Session, viewer: Viewer | None, number: int, act: EntryAct) -> EntryRows:
    """The entry, with which the viewer may do this act.

    Raises SignInNeeded, NotFound; WrongState where nobody may in the entry's status, NotAllowed where others may.
    """
    rows = worked_on_entry(session, viewer, number)
    if viewer is not None and may_act(viewer, rows, act):
        return rows
    if rows.entry.status not in ACT_RIGHTS[act]:
        raise WrongState
    raise NotAllowed
