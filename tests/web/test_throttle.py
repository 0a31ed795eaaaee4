"""The bucket of tokens that a source has."""

import pytest

from bank.errors import TooMany
from bank.web.throttle import A_SECOND, AT_ONCE, MOST_SOURCES, Throttle


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def emptied(throttle: Throttle, source: str) -> int:
    """How many requests a source may make at once."""
    for number in range(AT_ONCE * 2):
        try:
            throttle.take(source)
        except TooMany:
            return number
    raise AssertionError("never refused")


def test_a_source_may_make_so_many_requests_at_once_and_others_are_not_held_up() -> None:
    throttle = Throttle(Clock())
    assert emptied(throttle, "192.0.2.1") == AT_ONCE
    throttle.take("192.0.2.2")


def test_time_fills_the_bucket_up_to_its_brim() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    emptied(throttle, "192.0.2.1")
    clock.seconds += 10 / A_SECOND
    assert emptied(throttle, "192.0.2.1") == 10
    clock.seconds += 1e6
    assert emptied(throttle, "192.0.2.1") == AT_ONCE


def test_waiting_as_long_as_was_told_is_enough() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    emptied(throttle, "192.0.2.1")
    with pytest.raises(TooMany) as refused:
        throttle.take("192.0.2.1")
    clock.seconds += float(str(refused.value.values["seconds"]))
    throttle.take("192.0.2.1")


def test_only_so_many_sources_are_remembered() -> None:
    throttle = Throttle(Clock())
    emptied(throttle, "first")
    for number in range(MOST_SOURCES):
        throttle.take(str(number))
    assert emptied(throttle, "first") == AT_ONCE
