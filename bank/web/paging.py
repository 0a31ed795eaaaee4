"""The row of page numbers under a list."""

from dataclasses import dataclass

NEAR = 2
"""Pages shown on either side of the current one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One number; `gap` says that some were left out before it."""

    number: int
    current: bool
    gap: bool


def steps(current: int, last: int) -> tuple[Step, ...]:
    """The first, the last and those near the current page; nothing where there is one page only."""
    if last < 2:
        return ()
    shown = sorted({1, last} | set(range(max(1, current - NEAR), min(last, current + NEAR) + 1)))
    before = [0, *shown]
    return tuple(
        Step(number, number == current, number - previous > 1) for previous, number in zip(before, shown, strict=False)
    )
