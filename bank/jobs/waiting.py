"""A worker that can't begin yet waits, and says once for what: another worker to end, or the disk to be writable."""

import os
import threading
from collections.abc import Callable

from bank.disk import is_read_only
from bank.messages import N_
from bank.settings import Settings
from bank.workflow.index.lock import worker_runs

TURN_PAUSE_SECONDS = 1.0
"""Seconds between two looks."""
WAITING_FOR_WORKER = N_("Another worker of this bank is running: this one waits, and takes over when that one ends.")
WAITING_FOR_DISK = N_("The disk can only be read: the worker waits until it can be written.")


def wait_for_turn(settings: Settings, stop: threading.Event, parent: int | None, tell: Callable[[str], None]) -> bool:
    """Waits while the disk can only be read and, for the worker of a `bank serve`, while another worker runs.

    True when it may begin; False when `stop` is set or `parent` (a process id) is no longer the parent. `tell` gets
    each reason once, as an English msgid.
    """
    told: set[str] = set()
    while not stop.is_set() and parent in (None, os.getppid()):
        reason = reason_to_wait(settings, parent)
        if reason is None:
            return True
        if reason not in told and (parent is None or reason != WAITING_FOR_DISK):
            tell(reason)  # `bank serve` has said itself that the disk can only be read
        told.add(reason)
        stop.wait(TURN_PAUSE_SECONDS)
    return False


def reason_to_wait(settings: Settings, parent: int | None) -> str | None:
    """Why a worker can't begin now, as an English msgid; None where it can."""
    if is_read_only(settings.database_folder):
        return WAITING_FOR_DISK
    return WAITING_FOR_WORKER if parent is not None and worker_runs(settings) else None
