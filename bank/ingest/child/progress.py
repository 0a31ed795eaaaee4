"""What a reading child may tell of its progress: never back, never beyond the end, each page once."""

from bank.progress import Progress


def monotonic_progress(progress: Progress) -> Progress:
    """Passes on only what is further than all before, so that a child that repeats itself tells nobody anything."""
    furthest: tuple[int, int] | None = None

    def tell(done: int, total: int | None, message: str = "") -> None:
        nonlocal furthest
        reached = (min(done, total or 0), total or 0)
        if furthest is None or reached[0] > furthest[0]:
            furthest = reached
            progress(*reached, message)

    return tell
