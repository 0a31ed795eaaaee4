"""Checks the progress that a child reports: never back, never beyond the end, each page once."""

from bank.progress import Progress


def monotonic_progress(progress: Progress) -> Progress:
    """A progress that drops reports which are not beyond the furthest one so far."""
    furthest: tuple[int, int] | None = None

    def tell(done: int, total: int | None, message: str = "") -> None:
        nonlocal furthest
        reached = (min(done, total or 0), total or 0)
        if furthest is None or reached[0] > furthest[0]:
            furthest = reached
            progress(*reached, message)

    return tell
