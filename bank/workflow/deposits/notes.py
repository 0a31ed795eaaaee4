"""The notes on proposed values: those that wait for a person, and those that a person confirmed and may doubt again."""

from collections.abc import Collection, Mapping
from typing import Any

NoteDocument = Mapping[str, Any]
CONFIRMED_NOTES = "confirmed"
"""Key of an entry's notes under which those of confirmed values are kept, by field. No field is called so."""


def waiting_notes(notes: NoteDocument) -> dict[str, Any]:
    """Field -> note, of the values that nobody has confirmed."""
    return {id: note for id, note in notes.items() if id != CONFIRMED_NOTES}


def confirmed_notes(notes: NoteDocument) -> dict[str, Any]:
    """Field -> note, of the values that somebody confirmed and nobody changed since."""
    return dict(notes.get(CONFIRMED_NOTES, {}))


def join_notes(waiting: NoteDocument, confirmed: NoteDocument) -> dict[str, Any]:
    """Both as one document, as an entry keeps them."""
    return {**waiting, CONFIRMED_NOTES: dict(confirmed)} if confirmed else dict(waiting)


def notes_after(
    notes: NoteDocument, changed: Collection[str], touched: Collection[str], doubted: Collection[str]
) -> dict[str, Any]:
    """The notes after a save: of `changed` fields none, of `touched` ones confirmed, of `doubted` ones waiting again.

    A value that a file only offers beside the one that stands there is settled for good.
    """
    waiting, confirmed = waiting_notes(notes), confirmed_notes(notes)
    again = {id: confirmed.pop(id) for id in doubted if id in confirmed and id not in changed}
    sure = {id: waiting[id] for id in touched if id in waiting and "value" not in waiting[id]}
    confirmed.update(sure)
    left = {id: note for id, note in waiting.items() if id not in touched}
    return join_notes({**left, **again}, {id: note for id, note in confirmed.items() if id not in changed})


def notes_without_file(notes: NoteDocument, file: int) -> dict[str, Any]:
    """The notes without those of values from a file that is gone."""
    waiting, confirmed = (
        {id: note for id, note in part.items() if note.get("file") != file}
        for part in (waiting_notes(notes), confirmed_notes(notes))
    )
    return join_notes(waiting, confirmed)
