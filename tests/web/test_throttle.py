"""The bucket of tokens that a source has."""

import pytest

from bank.errors import TooManyTries
from bank.web.throttle import MOST_THROTTLED_SOURCES, SAVE_RATE, RequestRate, Throttle

RATE = RequestRate(at_once=24, a_second=0.5)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def emptied(throttle: Throttle, source: str) -> int:
    """How many requests a source may make at once."""
    for number in range(RATE.at_once * 2):
        try:
            throttle.take(source)
        except TooManyTries:
            return number
    raise AssertionError("never refused")


def test_a_source_may_make_so_many_requests_at_once_and_others_are_not_held_up() -> None:
    throttle = Throttle(RATE, Clock())
    assert emptied(throttle, "192.0.2.1") == RATE.at_once
    throttle.take("192.0.2.2")


def test_time_fills_the_bucket_up_to_its_brim() -> None:
    clock = Clock()
    throttle = Throttle(RATE, clock)
    emptied(throttle, "192.0.2.1")
    clock.seconds += 10 / RATE.a_second
    assert emptied(throttle, "192.0.2.1") == 10
    clock.seconds += 1e6
    assert emptied(throttle, "192.0.2.1") == RATE.at_once


def test_waiting_as_long_as_was_told_is_enough() -> None:
    clock = Clock()
    throttle = Throttle(RATE, clock)
    emptied(throttle, "192.0.2.1")
    with pytest.raises(TooManyTries) as refused:
        throttle.take("192.0.2.1")
    clock.seconds += float(str(refused.value.values["seconds"]))
    throttle.take("192.0.2.1")


def test_only_so_many_sources_are_remembered() -> None:
    throttle = Throttle(RATE, Clock())
    emptied(throttle, "first")
    for number in range(MOST_THROTTLED_SOURCES):
        throttle.take(str(number))
    assert emptied(throttle, "first") == RATE.at_once


def test_a_form_that_saves_itself_after_every_pause_all_day_is_never_refused() -> None:
    """Its script waits 1.2 s after the last key, and one request at a time."""
    clock = Clock()
    throttle = Throttle(SAVE_RATE, clock)
    for _ in range(8 * 3600):
        clock.seconds += 1.2
        throttle.take("person 1")
