"""What was withdrawn and never published keeps its files for 30 days; then they go, and the entry's row stays."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import info, unpublished
from bank.catalogue.tables import Entry, File, Image
from bank.clock import now
from bank.workflow.bank import Bank
from bank.workflow.deposits.changing import write_version

log = logging.getLogger("bank.expiring")
KEPT_AFTER_WITHDRAWAL = timedelta(days=30)
EXPIRING_SINCE = "withdrawn_files_since"
"""The fact that tells since when such files go: of what was withdrawn before, the days count from then."""


def files_kept_until(session: Session, entry: Entry) -> datetime | None:
    """When a withdrawn entry that was never published loses its files; None for any other entry."""
    if entry.status != "withdrawn" or entry.published is not None:
        return None
    since = info.read_info(session, EXPIRING_SINCE)
    withdrawn = entry.since or entry.updated
    return max(withdrawn, datetime.fromisoformat(since) if since else withdrawn) + KEPT_AFTER_WITHDRAWAL


def empty_withdrawn_drafts(bank: Bank) -> int:
    """Takes the files and pictures out of entries that were withdrawn 30 days ago and never published; how many.

    Each gets a new version and an audit row. The bytes go with the next sweep.
    """
    moment = now()
    with bank.database.reading() as session:
        old = unpublished.withdrawn_drafts_with_files(session, moment - KEPT_AFTER_WITHDRAWAL)
    return sum(empty_withdrawn_draft(bank, number, moment) for number in old)


def empty_withdrawn_draft(bank: Bank, number: int, moment: datetime) -> bool:
    """Takes the files and pictures out of one entry whose time is over at `moment`; False where it is not."""
    with bank.database.writing() as session:
        entry = session.get(Entry, number)
        until = files_kept_until(session, entry) if entry is not None else None
        if entry is None or until is None or until > moment:
            return False
        files = session.scalars(select(File).where(File.entry_id == number)).all()
        images = session.scalars(select(Image).where(Image.entry_id == number)).all()
        unpublished.loosen_files(session, entry, [*files, *images])
        write_version(session, entry, None, ["files", "images"], "empty_withdrawn")
        log.info("Entry %d was withdrawn and never published: its %d files go.", number, len(files) + len(images))
    return True
