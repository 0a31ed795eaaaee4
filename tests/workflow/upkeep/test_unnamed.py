"""What `bank check` says of originals that no row names."""

import io
import os
import time
from collections.abc import Iterator

import pytest

from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.upkeep.unnamed import unnamed_faults


@pytest.fixture
def bank(settings: Settings) -> Iterator[Bank]:
    made = open_bank(settings.model_copy(update={"semantic": "off"}))
    yield made
    made.database.close()


def put(bank: Bank, number: int, hours: float = 0) -> list[str]:
    """So many originals that no row names, stored so long ago."""
    digests = [bank.uploads.put(io.BytesIO(f"{hours} {one}".encode()), limit=100).digest for one in range(number)]
    moment = time.time() - hours * 3600
    for digest in digests:
        os.utime(bank.uploads.path(digest), (moment, moment))
    return digests


def test_what_a_killed_ingest_leaves_is_no_fault(bank: Bank) -> None:
    assert unnamed_faults(bank, put(bank, 2), []) == []


def test_more_than_a_handful_beside_fewer_rows_is_a_fault_however_young(bank: Bank) -> None:
    found = put(bank, 12)
    assert len(unnamed_faults(bank, found, ["0" * 64])) == 1
    assert unnamed_faults(bank, found, [f"{one:064}" for one in range(12)]) == []


def test_what_is_over_an_hour_old_is_a_fault_where_rows_name_less(bank: Bank) -> None:
    found = put(bank, 2, hours=2)
    assert len(unnamed_faults(bank, found, ["0" * 64])) == 1
    assert unnamed_faults(bank, found + put(bank, 2), ["0" * 64, "1" * 64]) == []
