"""Who has to go when all places for connections are taken."""

from collections.abc import Iterable
from typing import Protocol

IMPATIENCE = 5.0
"""Seconds after which a body or a reader that has come to a stop gives its place to another."""


class Guest(Protocol):
    """A connection as the crowd sees it."""

    def drop(self) -> None:
        """Closes it at once."""

    def unsent(self) -> int:
        """Bytes of responses that it has not taken yet."""

    def stalled_for(self) -> float:
        """Seconds for which it has not got on, 0 where the bank is at work on its request."""


class Crowd:
    """The connections of a server: those without a complete head, longest first, and the bound of all."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.waiting: dict[Guest, None] = {}

    @property
    def utmost(self) -> int:
        """Connections that are never exceeded: beyond `most` they are only told that there is no room."""
        return self.most + max(1, self.most // 8)

    def wait(self, guest: Guest) -> None:
        """Notes that the connection has no complete head from now on."""
        self.waiting.pop(guest, None)
        self.waiting[guest] = None

    def leave(self, guest: Guest) -> None:
        """Notes that it has one, or is closed."""
        self.waiting.pop(guest, None)

    def next_to_go(self, connections: Iterable[Guest]) -> Guest | None:
        """The connection that is without a complete head for longest, else the one that has stalled for longest.

        None where all others get on, or have stalled for less than IMPATIENCE.
        """
        idle = next((guest for guest in self.waiting if not guest.unsent()), None)
        if idle is not None:
            return idle
        stalled = max(connections, key=lambda guest: guest.stalled_for(), default=None)
        return stalled if stalled is not None and stalled.stalled_for() >= IMPATIENCE else None
