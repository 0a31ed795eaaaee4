"""The sizes of a bank's parts: measured by a chore of the worker, and shown as they were then."""

import io
from datetime import date

import pytest

from bank.jobs.housekeeping import CHORES, Housekeeping
from bank.workflow.operations import sizes
from bank.workflow.operations.state import state_page
from bank.workflow.rights import Viewer
from tests.workflow.deposits.making import Desk

ADMIN = Viewer(9, "Administración", "admin", frozenset())


def test_the_worker_notes_the_sizes_and_the_page_walks_through_no_folder(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = desk.bank
    assert state_page(bank, ADMIN).sizes is None
    kept, gone = (bank.uploads.put(io.BytesIO(words), limit=5000).digest for words in (b"k" * 3000, b"g" * 2000))
    removed = bank.settings.uploads_folder / "removed" / date(2026, 1, 2).isoformat()
    removed.mkdir(parents=True)
    bank.uploads.path(gone).rename(removed / gone)
    bank.drawn.keep(f"{kept}-1-900.webp", b"d" * 700)
    Housekeeping(bank, [chore for chore in CHORES if chore.act is sizes.note_part_sizes]).step(0)
    monkeypatch.setattr(sizes, "folder_bytes", None)
    noted = state_page(bank, ADMIN).sizes
    assert noted is not None
    assert noted.moment <= state_page(bank, ADMIN).state.moment
    assert noted.parts["removed"] == 2000
    assert 3000 <= noted.parts["originals"] < 5000
    assert noted.parts["database"] > 0
    assert noted.parts["drawn"] == 700
    assert bank.uploads.has(kept)
