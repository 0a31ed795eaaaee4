"""What a repair may not do: make index and vectors anew where the catalogue knows of far fewer entries than they."""

from bank.catalogue import entries, outbox, unembedded
from bank.errors import BankError, Conflict
from bank.messages import N_
from bank.workflow.bank import Bank

WOULD_EMPTY = N_(
    "Index or vectors hold {held} entries, the catalogue only {published}: made anew, they would lose more than half. "
    "Nothing was changed. Is it an old or a wrong catalogue? `bank restore FILE` brings a bank back from its backup. "
    "With --anew they are made from what the catalogue has."
)


def expect_much_to_stay(bank: Bank) -> None:
    """Raises Conflict where index or vectors, made from the catalogue, would hold less than half of what they do.

    Entries that wait to be taken out of them don't count.
    """
    with bank.database.reading() as session:
        published = len(entries.published_versions(session))
        unindexed = outbox.entries_in_outbox(session)
        waiting = unindexed | unembedded.entries_unembedded(session)
    held = max(len(indexed_entries(bank) - unindexed), len(embedded_entries(bank) - waiting))
    if 2 * published < held:
        raise Conflict(WOULD_EMPTY, held=held, published=published)


def indexed_entries(bank: Bank) -> set[int]:
    """Ids of the entries in the index; none where it can't be read."""
    try:
        return set(bank.index.engine().versions())
    except BankError:
        return set()


def embedded_entries(bank: Bank) -> set[int]:
    """Ids of the entries that have vectors; none where they can't be read."""
    try:
        return set(bank.meaning.store.versions()) if bank.meaning else set()
    except BankError:
        return set()
