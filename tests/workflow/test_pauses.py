"""Pauses that grow and end: S38."""

import threading

import pytest

from bank.errors import TooManyTries
from bank.workflow.pauses import FORGOTTEN_AFTER_SECONDS, MOST_COUNTED_NAMES, PauseRule, Pauses

RULE = PauseRule(free=3, longest=8)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = 1000.0

    def __call__(self) -> float:
        return self.moment


def waits(pauses: Pauses, clock: Clock, tries: int) -> list[int]:
    """Seconds waited before each try that was refused once."""
    found = []
    for _ in range(tries):
        try:
            pauses.take({"a": RULE})
        except TooManyTries as error:
            seconds = int(str(error.values["seconds"]))
            found.append(seconds)
            clock.moment += seconds
            pauses.take({"a": RULE})
    return found


def test_the_first_tries_are_free_then_every_pause_is_twice_as_long_up_to_the_longest() -> None:
    clock = Clock()
    assert waits(Pauses(clock), clock, 9) == [1, 2, 4, 8, 8, 8]


def test_a_try_during_a_pause_does_not_make_it_longer() -> None:
    clock = Clock()
    pauses = Pauses(clock)
    for _ in range(3):
        pauses.take({"a": RULE})
    for _ in range(100):
        with pytest.raises(TooManyTries):
            pauses.take({"a": RULE})
    clock.moment += 1
    pauses.take({"a": RULE})


def test_one_name_that_waits_holds_up_the_others_of_the_try_without_counting_it() -> None:
    clock = Clock()
    pauses = Pauses(clock)
    for _ in range(3):
        pauses.take({"a": RULE})
    for _ in range(5):
        with pytest.raises(TooManyTries):
            pauses.take({"a": RULE, "b": RULE})
    for _ in range(3):
        pauses.take({"b": RULE})


def test_after_an_hour_nothing_is_held_against_anybody() -> None:
    clock = Clock()
    pauses = Pauses(clock)
    waits(pauses, clock, 6)
    clock.moment += FORGOTTEN_AFTER_SECONDS + RULE.longest
    assert waits(pauses, clock, 3) == []


def test_what_succeeded_is_given_back_or_forgotten() -> None:
    pauses = Pauses(Clock())
    for _ in range(20):
        pauses.take({"a": RULE})
        pauses.give_back(["a"])
    for _ in range(20):
        pauses.take({"b": RULE})
        pauses.forget(["b"])


def test_a_hundred_tries_at_once_are_no_more_than_are_free() -> None:
    pauses = Pauses(Clock())
    passed: list[int] = []
    start = threading.Barrier(20)

    def try_it() -> None:
        start.wait()
        for _ in range(5):
            try:
                pauses.take({"a": RULE})
                passed.append(1)
            except TooManyTries:
                pass

    threads = [threading.Thread(target=try_it) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == RULE.free


def test_names_without_end_fill_no_memory() -> None:
    pauses = Pauses(Clock())
    for _ in range(RULE.free):
        pauses.take({"first": RULE})
    with pytest.raises(TooManyTries):
        pauses.take({"first": RULE})
    for number in range(MOST_COUNTED_NAMES):
        pauses.take({str(number): RULE})
    pauses.take({"first": RULE})
