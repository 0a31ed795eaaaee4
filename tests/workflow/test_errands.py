"""Errands: what is done after the answer, so much of it and no more."""

from threading import Event

import pytest

from bank.workflow.errands import MOST_ERRANDS, Errands

PATIENCE = 30


def test_errands_beyond_the_most_are_dropped_and_the_log_says_so(caplog: pytest.LogCaptureFixture) -> None:
    errands, done = Errands(), list[int]()
    begun, go_on = Event(), Event()

    def first() -> None:
        begun.set()
        go_on.wait(PATIENCE)

    errands.later(first)
    assert begun.wait(PATIENCE)
    for number in range(MOST_ERRANDS + 3):
        errands.later(lambda number=number: done.append(number))  # type: ignore[misc]
    go_on.set()
    errands.finish(PATIENCE)
    assert done == list(range(MOST_ERRANDS))
    assert caplog.text.count("one was dropped") == 3


def test_where_errands_were_dropped_later_ones_are_run_again() -> None:
    errands, done = Errands(), list[int]()
    go_on = Event()
    errands.later(lambda: go_on.wait(PATIENCE))
    for _ in range(MOST_ERRANDS + 3):
        errands.later(lambda: None)
    go_on.set()
    errands.finish(PATIENCE)
    errands.later(lambda: done.append(1))
    errands.finish(PATIENCE)
    assert done == [1]
