"""What every test may ask of a bank when it is done: whatever was done, rows, seals and audit agree."""

import pytest

from bank.catalogue import audit, sqlite
from bank.catalogue.seals.verifying import alterations
from bank.workflow.bank import Bank


def expect_sealed(bank: Bank, request: pytest.FixtureRequest | None = None) -> None:
    """Every entry, person and place is as the newest act sealed it, and the audit is one chain.

    A test that is marked `alters_rows` is left out.
    """
    if request is not None and request.node.get_closest_marker("alters_rows"):
        return
    with sqlite.raw_snapshot(bank.database.address) as ask:
        assert alterations(ask) == []
    with bank.database.reading() as session:
        assert audit.broken_audit_rows(session) == []
