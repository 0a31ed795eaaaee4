"""Counts questions that found nothing, in memory, until they are written together.

A search is not to wait for the disk. What is counted here and not written when the process is killed is lost.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

MOST_HELD_QUESTIONS = 300
"""Different questions that wait to be written; others are not counted meanwhile."""
WRITING_PAUSE_SECONDS = 60.0
"""Seconds from one writing to the next, at least."""


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question that found nothing, on a day, in the language of the page."""

    words: str
    language: str
    day: date


class UnansweredCounts:
    """How often each question found nothing since they were last written. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: dict[UnansweredQuestion, int] = {}
        self._next = float("-inf")
        self._asked = False

    def add(self, question: UnansweredQuestion, times: int = 1) -> bool:
        """Counts a question. True where it is time to write, once until somebody takes the counts."""
        with self._lock:
            self._count(question, times)
            if self._asked or self._clock() < self._next:
                return False
            self._asked = True
            return True

    def put_back(self, counts: Mapping[UnansweredQuestion, int]) -> None:
        """Holds counts again that could not be written."""
        with self._lock:
            for question, times in counts.items():
                self._count(question, times)

    def ask_again(self) -> None:
        """Says that nobody is going to write, though it was time to."""
        with self._lock:
            self._asked = False

    def _count(self, question: UnansweredQuestion, times: int) -> None:
        if question in self._counts or len(self._counts) < MOST_HELD_QUESTIONS:
            self._counts[question] = self._counts.get(question, 0) + times

    def take(self) -> Mapping[UnansweredQuestion, int]:
        """The counts, which are then no longer held; the next writing is due after a pause."""
        with self._lock:
            taken, self._counts, self._asked = self._counts, {}, False
            self._next = self._clock() + WRITING_PAUSE_SECONDS
            return taken
