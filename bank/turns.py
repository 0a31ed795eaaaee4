"""Work that only a few may do at the same time: the others wait a little for their turn, and not too many of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bank.errors import Busy
from bank.messages import N_


class Turns:
    """So many turns `at_once`; so many more may be `waiting`, each up to `patience` seconds. For threads.

    Who waits keeps a thread of the web from everybody else: that is why their number is limited.
    """

    def __init__(self, at_once: int, waiting: int, patience: float) -> None:
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._turns = threading.BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn for the length of a block. Raises Busy where none becomes free in time, or too many wait already."""
        with hold_place(self._room, 0), hold_place(self._turns, self._patience):
            yield


@contextmanager
def hold_place(places: threading.BoundedSemaphore, patience: float) -> Iterator[None]:
    """A place for the length of a block. Raises Busy."""
    if not places.acquire(timeout=patience):
        raise Busy(N_("The bank is busy. Please try again in a moment."))
    try:
        yield
    finally:
        places.release()
