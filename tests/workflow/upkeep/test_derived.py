"""Index and vectors that were damaged on the disk: one sentence each, and `--repair` has them made again."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from bank.catalogue import unembedded
from bank.catalogue.tables import Unembedded
from bank.cli.upkeep import repair_bank
from bank.workflow.bank import Bank
from bank.workflow.upkeep.check import check_bank
from bank.workflow.upkeep.derived import damaged_vector_faults
from tests.making_files import experience
from tests.search.meaning.making_vectors import entry
from tests.workflow.conftest import Publish


def damaged(path: Path) -> None:
    """Flips a bit in the middle of a file."""
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 8
    path.write_bytes(whole)


@pytest.fixture
def filled(bank: Bank, publish: Publish, tmp_path: Path) -> Bank:
    """A bank with two entries in the index, and with vectors that were made by nobody."""
    assert bank.meaning is not None
    for number in (1, 2):
        publish(experience(tmp_path, number))
        bank.meaning.store.put(entry(number, version=2))
    with bank.database.writing() as session:
        session.execute(delete(Unembedded))
    return bank


def test_a_damaged_file_of_the_index_is_told_and_the_index_is_made_again(filled: Bank) -> None:
    folder = filled.index.root / str(filled.index.current())
    damaged(next(folder.glob("*.pst")))
    faults = [fault for fault in check_bank(filled).faults if "--repair" in fault]
    assert len(faults) == 1
    assert ".pst" in faults[0]
    repair_bank(filled, anew=False)
    assert [fault for fault in check_bank(filled).faults if "--repair" in fault] == []


def test_damaged_vectors_are_told_in_one_line_and_made_again(filled: Bank) -> None:
    assert filled.meaning is not None
    assert damaged_vector_faults(filled) == []
    with filled.meaning.store.file.writing() as connection:
        connection.execute("UPDATE entry SET coarse = zeroblob(length(coarse))")
    faults = damaged_vector_faults(filled)
    assert len(faults) == 1
    assert "vectors.db" in faults[0]
    repair_bank(filled, anew=False)
    assert damaged_vector_faults(filled) == []
    with filled.database.reading() as session:
        assert unembedded.entries_unembedded(session) == {1, 2}
