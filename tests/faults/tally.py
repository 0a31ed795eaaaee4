"""What the rounds of the experiments came to: one line each, and a table at the end of the run."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

TALLY = "tally"
"""The property of a test's report that holds its rounds."""
ITSELF = "by itself"
COLUMNS = ("experiment", "rounds", "acknowledged", "lost", "healed")

Tell = Callable[..., None]
"""`tell(experiment, acknowledged, lost, healed=ITSELF)`: says what one round came to; before it is judged."""


@dataclass(frozen=True)
class Round:
    """A round of an experiment: acknowledged acts, how many of them were lost, what healed the bank."""

    experiment: str
    acknowledged: int
    lost: int
    healed: str = ITSELF


def table(rounds: Iterable[Round]) -> list[str]:
    """The lines of a Markdown table with a row for each experiment."""
    of: dict[tuple[str, str], list[Round]] = defaultdict(list)
    for one in rounds:
        of[one.experiment, one.healed].append(one)
    rows = [
        (name, len(some), sum(one.acknowledged for one in some), sum(one.lost for one in some), healed)
        for (name, healed), some in of.items()
    ]
    return [line(COLUMNS), line("-" * len(name) for name in COLUMNS), *(line(row) for row in rows)] if rows else []


def line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
