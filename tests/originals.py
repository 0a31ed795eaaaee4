"""Entries with an original, put there as depositing does: the bytes first, then the rows."""

import io

from bank.catalogue.tables import Entry, File
from bank.clock import new_uid, now
from bank.workflow.bank import Bank


def add_original(bank: Bank, text: str, name: str = "a.md") -> str:
    """An entry whose one file is this text; the digest of its original."""
    stored = bank.uploads.put(io.BytesIO(text.encode()), limit=1000)
    with bank.database.writing() as session:
        entry = Entry(uid=new_uid(), kind="report", created=now(), updated=now())
        session.add(entry)
        session.flush()
        session.add(
            File(
                entry_id=entry.id, number=1, name=name, media_type="text/markdown", size=stored.size,
                digest=stored.digest, status="read", added=now(),
            )
        )  # fmt: skip
    return stored.digest
