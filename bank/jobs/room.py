"""The worker's look at the disks: says when one is full or has room again, and keeps the reserve whole."""

import threading

from bank.disk import is_read_only
from bank.jobs.loop import log, outlive
from bank.reserve import Reserve
from bank.workflow.bank import Bank
from bank.workflow.upkeep.disk_state import disk_state

ROOM_PAUSE_SECONDS = 10.0
"""Seconds between two looks."""


def run_room_loop(bank: Bank, stop: threading.Event) -> None:
    """Looks at the disks until `stop` is set."""
    outlive(RoomLoop(bank).step, stop, "Looking at the disk failed; it will be tried again.", ROOM_PAUSE_SECONDS)


class RoomLoop:
    """What the loop remembers: the condition that it told last."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.condition = "ok"

    def step(self) -> bool:
        """Tells a condition that is new, and makes the reserve where the disk has room for it; never busy."""
        state = disk_state(self.bank.settings)
        if state.condition != self.condition:
            self.condition = state.condition
            log.warning("The disk: %s", state.told)
        folder = self.bank.settings.database_folder
        if not is_read_only(folder):
            Reserve(folder).make()
        return False
