"""Small things that the worker does again and again beside its jobs, one after the other in a thread of their own.

Whoever needs one adds a line to CHORES.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bank.jobs.loop import log_failure
from bank.jobs.upkeep import empty_busy_journal, empty_quiet_journal, sync_anchor, tell_head
from bank.workflow.bank import Bank
from bank.workflow.deposits.expiring import empty_withdrawn_drafts
from bank.workflow.files.drawings import tidy_drawings
from bank.workflow.files.orphans import sweep_originals
from bank.workflow.files.place import watch_place
from bank.workflow.files.quota import forget_gone_files
from bank.workflow.operations.sizes import note_part_sizes
from bank.workflow.people.sent_forms import forget_old_forms
from bank.workflow.search.unanswered import forget_old_questions
from bank.workflow.upkeep.disk_state import look_after_disk
from bank.workflow.upkeep.looking import look_again_at_faults, look_over_originals

CHORE_PAUSE_SECONDS = 1.0
"""Seconds between two looks at what is due."""

ChoreAct = Callable[[Bank], object]
"""Does a chore. It is short (a second or two): the other chores wait for it. What it raises is logged."""


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done when the worker starts, and then `every` seconds. `name` stands in the log."""

    name: str
    every: float
    act: ChoreAct


CHORES: tuple[Chore, ...] = (
    Chore("disk", 10.0, look_after_disk),
    Chore("folder of originals", 10.0, watch_place),
    Chore("look over the originals", 15, look_over_originals),
    Chore("look again at damaged originals", 600, look_again_at_faults),
    Chore("withdrawn drafts", 3600.0, empty_withdrawn_drafts),
    Chore("sweep", 3600.0, sweep_originals),
    Chore("drawn pages", 600.0, tidy_drawings),
    Chore("loose files", 3600.0, forget_gone_files),
    Chore("old questions", 86_400.0, forget_old_questions),
    Chore("forms that were sent", 300.0, forget_old_forms),
    Chore("sizes", 600.0, note_part_sizes),
    Chore("journal while idle", 2.0, empty_quiet_journal),
    Chore("journal", 60.0, empty_busy_journal),
    Chore("anchor", 60.0, sync_anchor),
    Chore("head of the audit", 86_400.0, tell_head),
)
"""What the worker does again and again."""


def run_housekeeping(bank: Bank, stop: threading.Event) -> None:
    """Does the chores of this bank until `stop` is set."""
    house = Housekeeping(bank, CHORES)
    while not stop.is_set():
        house.step(time.monotonic())
        stop.wait(CHORE_PAUSE_SECONDS)


class Housekeeping:
    """Remembers when each chore is due next, by a clock that is never set back."""

    def __init__(self, bank: Bank, chores: Sequence[Chore]) -> None:
        self.bank = bank
        self.due = dict.fromkeys(chores, float("-inf"))

    def step(self, moment: float) -> None:
        """Does what is due at `moment` (seconds of a monotonic clock); one that fails is due again as if it had not."""
        for chore in [chore for chore, due in self.due.items() if due <= moment]:
            self.due[chore] = moment + chore.every
            try:
                chore.act(self.bank)
            except Exception as error:  # noqa: BLE001 - the next chore and the next time come whatever this one failed at
                log_failure(error, f"The chore {chore.name} failed; it will be tried again.")
