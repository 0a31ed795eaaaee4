"""Publishes an entry."""

from sqlalchemy.orm import Session

from bank.catalogue import audit, outbox
from bank.catalogue.tables import Entry
from bank.clock import now
from bank.errors import WrongState
from bank.messages import N_

PUBLISHING_STATUSES: dict[str, frozenset[str]] = {
    "publish": frozenset({"draft", "submitted", "paused"}),
}
"""Act -> statuses that it may start from."""


def publish_entry(session: Session, entry: Entry, actor: str) -> None:
    """Publishes an entry: its row, audit row and outbox row in the caller's transaction. Raises WrongState."""
    if entry.status not in PUBLISHING_STATUSES["publish"]:
        raise WrongState(N_("This entry can't be published in the state it is in."))
    moment = now()
    entry.status = "published"
    entry.published = entry.published or moment
    entry.updated = moment
    entry.version += 1
    outbox.queue_for_index(session, entry)
    audit.add_audit_row(session, actor, "publish", entry.id, {"version": entry.version})
