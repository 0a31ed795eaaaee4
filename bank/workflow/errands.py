"""A queue of small tasks (mails) that run after the response, one after another, in one thread.

It is in memory only: what waits when the process ends is lost.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable

log = logging.getLogger("bank.errands")

MOST_ERRANDS = 200
"""Tasks that may wait; what comes beyond is dropped, and the log says so."""


class Errands:
    """Runs tasks in the order in which they came. A failing one is logged and keeps no other from running."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[Callable[[], object]] = deque()
        self._running = False

    def later(self, act: Callable[[], object]) -> bool:
        """Queues a task to run soon; returns at once, False where too many wait."""
        with self._changed:
            if len(self._waiting) >= MOST_ERRANDS:
                log.error("too many errands wait: one was dropped")
                return False
            self._waiting.append(act)
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="errands", daemon=True).start()
            return True

    def finish(self, seconds: float) -> None:
        """Waits until all tasks are done, at most so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not self._running, seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._waiting:
                    self._running = False
                    self._changed.notify_all()
                    return
                act = self._waiting.popleft()
            try:
                act()
            except Exception:  # a failing task must not stop the next
                log.exception("an errand failed")
