"""What visitors are told of an entry that was published and withdrawn: since when and why it is gone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, Step
from bank.errors import Gone, NotFound
from bank.workflow.bank import Bank


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A withdrawn entry without its content: the permanent identifier, two moments, and the public reason."""

    id: int
    identifier: str
    published: datetime
    withdrawn: datetime
    reason: str


def find_tombstone(bank: Bank, number: int) -> Tombstone:
    """The tombstone of a withdrawn entry. Raises NotFound where the entry is not withdrawn or never was public."""
    with bank.database.reading() as session:
        entry = session.get(Entry, number)
        if entry is None or not is_gone(entry) or entry.published is None:
            raise NotFound
        last = select(Step).where(Step.entry_id == number, Step.act == "withdraw").order_by(Step.id.desc()).limit(1)
        step = session.scalar(last)
        return Tombstone(
            id=number,
            identifier=bank.identifier(entry.uid),
            published=entry.published,
            withdrawn=entry.since or entry.updated,
            reason=step.remarks if step is not None else "",
        )


def is_gone(entry: Entry) -> bool:
    """True for an entry that visitors could read once and can't any more."""
    return entry.status == "withdrawn" and entry.published is not None


def absence_error(session: Session, number: int) -> NotFound | Gone:
    """The error to raise for an entry that is not public: Gone where it was published and withdrawn, else NotFound."""
    entry = session.get(Entry, number)
    return Gone() if entry is not None and is_gone(entry) else NotFound()
