"""Makes the signatures that are missing: of files stored before the bank kept signatures."""

from collections.abc import Iterator

from bank.catalogue import files, likeness
from bank.catalogue.tables import File, Likeness
from bank.workflow.bank import Bank
from bank.workflow.files.reading import sign_text
from bank.workflow.files.rows import remember_likeness


def make_missing_signatures(bank: Bank) -> Iterator[int]:
    """Makes the missing signatures, one each time that it is asked for the next; yields the file's id."""
    while ids := ids_without_signature(bank):
        for id in ids:
            sign_file(bank, id)
            yield id


def ids_without_signature(bank: Bank) -> list[int]:
    """Ids of the oldest files that have text and no signature, at most 100."""
    with bank.database.reading() as session:
        return list(likeness.files_without_signature(session))


def sign_file(bank: Bank, id: int) -> None:
    """Makes and stores the signature of a file's text, unless the file has gone or got one meanwhile.

    It is made before the writing transaction begins, so that nobody who saves waits for it.
    """
    with bank.database.reading() as session:
        made = sign_text(list(files.pages_of_files(session, [id])))
    with bank.database.writing() as session:
        if session.get(File, id) is not None and session.get(Likeness, id) is None:
            remember_likeness(session, id, made)
