"""Runs of processes: which live, which have ended, and of which that can't be told."""

import subprocess
import sys

from bank.workflow.people.runs import has_ended, this_run


def test_this_run_lives_and_another_of_the_same_number_has_ended() -> None:
    assert has_ended(this_run()) is False
    assert has_ended(f"{this_run()}0") is True


def test_a_process_that_is_over_has_ended() -> None:
    program = "from bank.workflow.people.runs import this_run; print(this_run())"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
    assert has_ended(told) is True


def test_nothing_is_told_of_another_machine_or_of_no_run() -> None:
    assert has_ended(f"elsewhere 1 {this_run().partition(' ')[2]}") is None
    assert has_ended("") is None
    assert has_ended("/account") is None
