"""What was made from the catalogue and has been damaged on the disk: index and vectors, each told in one sentence."""

from bank.errors import BankError
from bank.messages import N_, say
from bank.search.meaning.vector_file import DamagedVectors
from bank.workflow.bank import Bank
from bank.workflow.index.vectors import queue_outdated_vectors

DAMAGED_INDEX = N_(
    "The search index is damaged on the disk ({files}); the entries are not. `bank check --repair` makes it again."
)
DAMAGED_VECTORS = N_(
    "vectors.db, what texts mean, is damaged on the disk; the entries are not. `bank check --repair` has it made again."
)


def damaged_index_faults(bank: Bank) -> list[str]:
    """A sentence where a file of the index is not as it was written; reads all of the index."""
    found = bank.index.damaged_files()
    return [say(DAMAGED_INDEX, bank.settings.language, files=", ".join(found))] if found else []


def damaged_vector_faults(bank: Bank) -> list[str]:
    """A sentence where the vectors are not as they were written; reads all of them."""
    if bank.meaning is None:
        return []
    try:
        damaged = bank.meaning.store.is_broken() or bool(bank.meaning.store.damaged())
    except DamagedVectors:
        damaged = True
    except BankError:
        return []  # that they can't be read now is told where vectors are compared with the catalogue
    return [say(DAMAGED_VECTORS, bank.settings.language)] if damaged else []


def discard_damaged_vectors(bank: Bank) -> None:
    """Deletes the vectors that are damaged, or their whole file where it is broken, and queues what has none."""
    if bank.meaning is None:
        return
    store = bank.meaning.store
    try:
        broken = store.is_broken()
        if not broken:
            store.drop(store.damaged())
    except DamagedVectors:
        broken = True
    if broken:
        store.file.throw_away()
    queue_outdated_vectors(bank)
