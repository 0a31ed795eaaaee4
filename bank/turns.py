"""Limits how many threads do a costly piece of work at the same time; a limited number of others wait for a while."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bank.errors import Busy
from bank.messages import N_


class Turns:
    """At most `at_once` threads work; at most `waiting` more wait, each up to `patience` seconds.

    A thread that waits can answer no other request: that is why their number is limited.
    """

    def __init__(self, at_once: int, waiting: int, patience: float) -> None:
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._turns = threading.BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Holds a turn during a with block. Raises Busy where none becomes free in time, or too many wait already."""
        with hold_place(self._room, 0), hold_place(self._turns, self._patience):
            yield


@contextmanager
def hold_place(places: threading.BoundedSemaphore, patience: float) -> Iterator[None]:
    """Holds one of `places` during a with block, waiting up to `patience` seconds for it. Raises Busy."""
    if not places.acquire(timeout=patience):
        raise Busy(N_("The bank is busy. Please try again in a moment."))
    try:
        yield
    finally:
        places.release()
