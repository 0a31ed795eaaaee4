"""The one way in which a loop of the worker runs: it goes on whatever one of its steps fails at."""

import logging
import threading
from collections.abc import Callable

from bank.catalogue.database import CatalogueMoved
from bank.disk import disk_failure

log = logging.getLogger("bank.worker")
LOOP_PAUSE_SECONDS = 0.2
"""Seconds between two looks, where the last one found nothing to do."""
LOOP_RECOVERY_SECONDS = 5.0
"""Seconds to wait after a failure before trying again."""

LoopStep = Callable[[], bool]
"""Does a piece of work; False where there was none."""
LoopEnded = Callable[[], bool]
"""Asked before each step; True ends the loop."""


def never_ended() -> bool:
    """False: the loop goes on until it is stopped."""
    return False


def log_failure(error: Exception, failed: str) -> None:
    """Logs an exception that is being handled after the sentence `failed`.

    Without a traceback where the disk caused it, or the catalogue's file is gone.
    """
    told = error if isinstance(error, CatalogueMoved) else disk_failure(error)
    if told is not None:
        log.warning("%s %s", failed, told)
    else:
        log.exception(failed)


def outlive(
    step: LoopStep,
    stop: threading.Event,
    failed: str,
    pause: float = LOOP_PAUSE_SECONDS,
    ended: LoopEnded = never_ended,
) -> None:
    """Takes one step after the other until `stop` is set or `ended` returns True; where idle, waits `pause` seconds.

    A step that fails is logged with the sentence `failed`, and the loop goes on after LOOP_RECOVERY_SECONDS.
    """
    while not stop.is_set() and not ended():
        try:
            busy = step()
        except Exception as error:  # noqa: BLE001 - what waited for this step still waits, whatever it failed at
            log_failure(error, failed)
            stop.wait(LOOP_RECOVERY_SECONDS)
            continue
        if not busy:
            stop.wait(pause)
