"""Progress of a long task."""

from typing import Protocol


class Progress(Protocol):
    """A function that a long task calls with the steps done, their total (None while unknown) and a message.

    A terminal's bar or a page shows what it is given.
    """

    def __call__(self, done: int, total: int | None, message: str = "") -> None: ...


def no_progress(done: int, total: int | None, message: str = "") -> None:
    """A Progress that does nothing."""
