"""Rounds of experiments are counted while they run and summed up at the end of the run."""

import os
from collections.abc import Callable

import pytest

from tests.faults.tally import ITSELF, TALLY, Round, Tell, table

# Only `make soak` runs it.
collect_ignore = [] if "BANK_ROUNDS" in os.environ else ["test_failing_calls.py"]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Counts a round of an experiment."""

    def count(experiment: str, acknowledged: int, lost: int, healed: str = ITSELF) -> None:
        record_property(TALLY, (experiment, acknowledged, lost, healed))

    return count


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what all rounds came to."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.getreports(kind)]
    told = [Round(*value) for one in reports for name, value in one.user_properties if name == TALLY]
    for text in table(told):
        terminalreporter.write_line(text)
