"""How many saves of an entry are told apart: all moves, the last 200 saves, and older saves brought together.

A revision holds names of fields, never values, and answers what changed since a version that somebody has open.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, Revision

KEPT_SAVES = 200
"""The last saves of an entry of which each has its own revision."""
THINNED_EVERY = 50
"""Saves between two looks at what can be brought together."""


def thin_revisions(session: Session, entry: Entry) -> int:
    """Brings the oldest saves of the entry together, every 50 versions; returns how many rows went.

    The names of their fields go over to the next row that stays, so that whoever has an older version open is still
    told of all that changed since, though perhaps of something more, and of a later person's name.
    """
    if entry.version % THINNED_EVERY:
        return 0
    rows = session.scalars(select(Revision).where(Revision.entry_id == entry.id).order_by(Revision.version)).all()
    saves = [row for row in rows if "status" not in row.fields]
    old = {row.version for row in saves[:-KEPT_SAVES]}
    carried: list[str] = []
    for row in rows:
        if row.version in old:
            carried += row.fields
            session.delete(row)
        elif carried:
            row.fields = list(dict.fromkeys([*row.fields, *carried]))
            carried = []
    return len(old)
