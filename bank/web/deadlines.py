"""How long the bank waits for the other end of a connection."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds. A connection that gets on, however slowly, is never cut by `body` and `reader`."""

    head: float = 10.0
    """From the first byte of a request, or from the connection, to the end of its head."""
    body: float = 30.0
    """Without a byte of a body that is waited for."""
    reader: float = 30.0
    """Without a byte taken of a response that is being sent."""
