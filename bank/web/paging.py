"""The row of page numbers under a list."""

from dataclasses import dataclass

PAGES_EITHER_SIDE = 2
"""Pages shown on either side of the current one."""


@dataclass(frozen=True, slots=True)
class PageStep:
    """A page number in the row; `gap`: numbers are left out before it."""

    number: int
    current: bool
    gap: bool


def page_steps(current: int, last: int) -> tuple[PageStep, ...]:
    """The first, the last and the numbers near the current page; empty where there is only one page."""
    if last < 2:
        return ()
    shown = sorted(
        {1, last} | set(range(max(1, current - PAGES_EITHER_SIDE), min(last, current + PAGES_EITHER_SIDE) + 1))
    )
    before = [0, *shown]
    return tuple(
        PageStep(number, number == current, number - previous > 1)
        for previous, number in zip(before, shown, strict=False)
    )
