"""Turns: few at a time, the others wait, not too many and not for ever."""

import threading

import pytest

from bank.errors import Busy
from bank.turns import Turns


def test_who_waits_gets_the_turn_that_becomes_free() -> None:
    turns, done = Turns(at_once=1, waiting=1, patience=60), threading.Event()

    def take() -> None:
        with turns.turn():
            done.set()

    waiting = threading.Thread(target=take)
    with turns.turn():
        waiting.start()
        assert not done.wait(0.05)
    waiting.join()
    assert done.is_set()


def test_who_waits_too_long_or_finds_too_many_waiting_is_sent_away() -> None:
    for turns in (Turns(at_once=1, waiting=1, patience=0.01), Turns(at_once=1, waiting=0, patience=1e6)):
        with turns.turn(), pytest.raises(Busy), turns.turn():
            pass
        with turns.turn():
            pass


def test_a_failure_gives_the_turn_back() -> None:
    turns = Turns(at_once=1, waiting=0, patience=0)
    for _ in range(3):
        with pytest.raises(ValueError, match="x"), turns.turn():
            raise ValueError("x")
