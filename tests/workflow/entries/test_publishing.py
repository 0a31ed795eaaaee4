"""Publishing: from which states, and what it writes."""

from pathlib import Path

import pytest

from bank.catalogue.tables import Entry
from bank.errors import WrongState
from bank.workflow.bank import Bank
from bank.workflow.entries.publishing import publish_entry
from tests.making_files import experience
from tests.workflow.conftest import Publish


def test_what_is_public_can_t_be_published_again(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    number = publish(experience(tmp_path / "files", 1)).entry
    with bank.database.writing() as session:
        entry = session.get_one(Entry, number)
        before = entry.version
        with pytest.raises(WrongState):
            publish_entry(session, entry, "user:1")
        assert entry.version == before
