"""Removes originals that no row names: of uploads that came to nothing, and of files that were removed."""

from bank.catalogue import files
from bank.workflow.bank import Bank


def sweep_originals(bank: Bank) -> int:
    """Removes originals and thumbnails over a day old that no row names; how many files.

    None is removed while a backup is being made: it copies what the rows named at its beginning.
    """

    def named() -> set[str]:
        with bank.database.reading() as session:
            return files.digests_in_rows(session)

    return bank.uploads.sweep_unnamed(named)
