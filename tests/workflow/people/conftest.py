from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.pauses import Pauses
from tests.people import copied
from tests.workflow.test_pauses import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def manned(people_home: Path, settings: Settings, clock: Clock) -> Iterator[Bank]:
    """A bank with people, whose pauses a test can let pass."""
    with copied(people_home, settings) as bank:
        yield replace(bank, pauses=Pauses(clock))
