"""Throttles tries to sign in or to ask for a code: pauses double with every try, up to a limit.

They are in the memory of this process. Guessing stays slow, and nobody is shut out for good.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from bank.errors import TooManyTries

FORGOTTEN_AFTER_SECONDS = 3600.0
"""Seconds after the last try and its pause until tries are forgotten."""
MOST_COUNTED_NAMES = 50_000
"""Names whose tries are counted; beyond, the one not tried for the longest is dropped."""


@dataclass(frozen=True, slots=True)
class PauseRule:
    """After `free` tries each next pause is twice as long, from one second to `longest` seconds."""

    free: int
    longest: float

    def pause(self, tries: int) -> float:
        """Seconds to wait after that many tries."""
        return min(2.0 ** min(tries - self.free, 32), self.longest) if tries >= self.free else 0.0


@dataclass(frozen=True, slots=True)
class TryCount:
    """How many tries there were, and when the next may be, in seconds of the process's clock."""

    count: int
    again: float


class Pauses:
    """Counts tries by name, in this process. A try counts before its outcome is known, so concurrent ones count too."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tries: OrderedDict[str, TryCount] = OrderedDict()

    def take(self, rules: Mapping[str, PauseRule]) -> None:
        """Counts a try under every name. Raises TooManyTries, and counts nothing, while one of them has to wait."""
        with self._lock:
            moment = self._clock()
            before = {name: self._of(name, moment) for name in rules}
            wait = max(tries.again for tries in before.values()) - moment
            if wait > 0:
                raise TooManyTries(seconds=ceil(wait))
            for name, rule in rules.items():
                count = before[name].count + 1
                self._tries[name] = TryCount(count, moment + rule.pause(count))
                self._tries.move_to_end(name)
            while len(self._tries) > MOST_COUNTED_NAMES:
                self._tries.popitem(last=False)

    def forget(self, names: Sequence[str]) -> None:
        """Forgets the tries of these names."""
        with self._lock:
            for name in names:
                self._tries.pop(name, None)

    def give_back(self, names: Sequence[str]) -> None:
        """Uncounts one try of each of these names, which did not fail, and ends their pauses."""
        with self._lock:
            for name in names:
                if name in self._tries:
                    self._tries[name] = TryCount(max(self._tries[name].count - 1, 0), self._clock())

    def _of(self, name: str, moment: float) -> TryCount:
        kept = self._tries.get(name)
        return kept if kept is not None and moment < kept.again + FORGOTTEN_AFTER_SECONDS else TryCount(0, moment)
