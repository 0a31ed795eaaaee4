"""Makes an entry public."""

from sqlalchemy.orm import Session

from bank.catalogue import audit, outbox
from bank.catalogue.tables import Entry
from bank.clock import now
from bank.errors import Conflict
from bank.messages import N_

MOVES: dict[str, frozenset[str]] = {
    "publish": frozenset({"draft", "submitted", "paused"}),
}
"""Act -> the states it may start from."""


def publish(session: Session, entry: Entry, actor: str) -> None:
    """Publishes an entry: its row, its audit row and its outbox row in the caller's transaction. Raises Conflict."""
    if entry.status not in MOVES["publish"]:
        raise Conflict(N_("This entry can't be published in the state it is in."))
    moment = now()
    entry.status = "published"
    entry.published = entry.published or moment
    entry.updated = moment
    entry.version += 1
    outbox.announce(session, entry)
    audit.note(session, actor, "publish", entry.id, {"version": entry.version})
