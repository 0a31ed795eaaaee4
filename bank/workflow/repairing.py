"""Mends what can be mended without asking: the index, from the catalogue."""

from bank.catalogue import entries, outbox
from bank.catalogue.tables import Entry, Outbox
from bank.clock import now
from bank.workflow.parts import Bank


def repair(bank: Bank) -> int:
    """Queues every entry whose index document disagrees with the catalogue. Returns how many.

    A missing or damaged original can't be mended here: it comes back from a backup.
    """
    if bank.index.stale() is not None:
        return 0
    indexed = dict(bank.index.engine().versions())
    with bank.database.writing() as session:
        waiting = {entry_id for _, entry_id in outbox.waiting(session, 1_000_000)}
        published = entries.published_versions(session)
        wrong = {id for id, version in published.items() if indexed.get(id) != version}
        wrong |= indexed.keys() - published.keys()
        for id in sorted(wrong - waiting):
            entry = session.get(Entry, id)
            session.add(Outbox(entry_id=id, version=entry.version if entry else 0, made=now()))
    return len(wrong - waiting)
