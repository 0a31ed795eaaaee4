"""Takes away what no row names any more: originals of uploads that came to nothing, and of files taken out."""

from bank.catalogue import files
from bank.workflow.bank import Bank


def sweep_originals(bank: Bank) -> int:
    """Removes originals and small pictures over a day old that no row names; how many files.

    None goes while a backup is being made: it copies what the rows of its beginning name.
    """

    def named() -> set[str]:
        with bank.database.reading() as session:
            return files.digests_in_rows(session)

    return bank.uploads.sweep_unnamed(named)
