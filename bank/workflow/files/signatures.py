"""Gives files that came before there were signatures theirs."""

from collections.abc import Iterator

from bank.catalogue import files, likeness
from bank.catalogue.tables import File, Likeness
from bank.workflow.bank import Bank
from bank.workflow.files.reading import signed
from bank.workflow.files.rows import remember_likeness


def make_missing(bank: Bank) -> Iterator[int]:
    """Signs the files that have text and no signature, one for each step; yields their ids."""
    while ids := unsigned(bank):
        for id in ids:
            sign(bank, id)
            yield id


def unsigned(bank: Bank) -> list[int]:
    """Ids of some files without a signature."""
    with bank.database.reading() as session:
        return list(likeness.missing(session))


def sign(bank: Bank, id: int) -> None:
    """Keeps the signature of a file's text, unless the file has gone or got one meanwhile.

    It is made before the catalogue is locked, so that nobody who saves waits for it.
    """
    with bank.database.reading() as session:
        made = signed(list(files.pages(session, [id])))
    with bank.database.writing() as session:
        if session.get(File, id) is not None and session.get(Likeness, id) is None:
            remember_likeness(session, id, made)
