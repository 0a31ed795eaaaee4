"""How far a long piece of work has come."""

from typing import Protocol


class Progress(Protocol):
    """Told by long work; shown by a terminal, a page, or nobody."""

    def __call__(self, done: int, total: int | None, message: str = "") -> None: ...


def no_progress(done: int, total: int | None, message: str = "") -> None:
    """A progress that nobody watches."""
