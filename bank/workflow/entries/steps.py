"""The moves of an entry as people read them: who did what, when, and with which remarks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, Revision, Step


def take_step(
    session: Session, entry: Entry, act: str, status: str, user_id: int | None, moment: datetime, **said: str
) -> None:
    """Sets the entry's status and adds a step row.

    `said` may hold `remarks` and `second` (the second person's name).
    """
    entry.status = status
    entry.since = moment
    session.add(Step(entry_id=entry.id, act=act, user_id=user_id, moment=moment, **said))


def write_status_revision(session: Session, entry: Entry, user_id: int | None, moment: datetime) -> None:
    """Adds a revision row whose only changed field is `status`."""
    session.add(Revision(entry_id=entry.id, version=entry.version, user_id=user_id, moment=moment, fields=["status"]))


def steps_of(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Step]]:
    """Entry id -> its steps, oldest first."""
    found: dict[int, list[Step]] = {id: [] for id in ids}
    for step in session.scalars(select(Step).where(Step.entry_id.in_(ids)).order_by(Step.id)):
        found[step.entry_id].append(step)
    return found


def depositors_of(session: Session, number: int) -> set[int]:
    """Users who began the entry or handed it in."""
    query = select(Step.user_id).where(Step.entry_id == number, Step.act.in_(("deposit", "submit")))
    return {user_id for user_id in session.scalars(query) if user_id is not None}
