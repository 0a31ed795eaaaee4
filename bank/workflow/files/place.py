"""Whether the folder of originals is still the bank's own while the bank runs: a disk may go, a folder be moved."""

import logging

from bank.catalogue import alarms
from bank.disk import is_read_only
from bank.errors import Busy
from bank.messages import N_
from bank.workflow.bank import Bank

log = logging.getLogger("bank.uploads")
AWAY_ALARM = "originals_away"
ORIGINALS_OF_ANOTHER = N_(
    "The folder of originals, {folder}, is marked as another bank's now, {owner}. Was BANK_UPLOADS_URL of another bank "
    "set to it? Until it is this bank's again, no files are taken in or given out."
)
ORIGINALS_UNMARKED = N_(
    "The folder of originals, {folder}, is not the one that the bank was started with: it is not marked as this "
    "bank's. Is a disk not mounted, or was the folder moved? Put it back, or start the bank anew. Until then no files "
    "are taken in or given out."
)


class OriginalsAway(Busy):
    """The folder of originals is not this bank's at the moment."""

    code = "originals_away"
    sentence = N_("The bank can't get at its files at the moment. Nothing was stored; please try again later.")


def what_is_wrong_with_place(bank: Bank) -> str | None:
    """A sentence (msgid with ``{folder}`` and ``{owner}``) on whose the folder of originals is; None where it is ours.

    On a disk that can only be read, a folder without a mark is taken for ours: it could not be marked.
    """
    owner = owner_now(bank)
    if owner == bank.namespace or (owner is None and is_read_only(bank.settings.uploads_folder)):
        return None
    return ORIGINALS_OF_ANOTHER if owner else ORIGINALS_UNMARKED


def owner_now(bank: Bank) -> str | None:
    """The namespace that the folder of originals is marked with; None for none, and where it can't be read."""
    try:
        return bank.uploads.owner()
    except OSError:
        return None


def expect_own_place(bank: Bank) -> None:
    """Raises OriginalsAway where the folder of originals is not this bank's."""
    if what_is_wrong_with_place(bank) is not None:
        raise OriginalsAway


def watch_place(bank: Bank) -> None:
    """Raises the alarm where the folder of originals is not this bank's, logged once, or ends the one that stands."""
    wrong = what_is_wrong_with_place(bank)
    with bank.database.reading() as session:
        stands = any(alarm.name == AWAY_ALARM for alarm in alarms.standing_alarms(session))
    if wrong is None and not stands:
        return
    values = {"folder": str(bank.settings.uploads_folder.absolute()), "owner": owner_now(bank) or ""}
    with bank.database.writing() as session:
        if wrong is None:
            alarms.clear_alarm(session, AWAY_ALARM)
        elif alarms.raise_alarm(session, AWAY_ALARM, wrong, **values):
            log.warning("%s", wrong.format(**values))
