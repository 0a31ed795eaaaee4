from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bank import ingest
from bank.assembly import open_bank
from bank.jobs.indexer import indexer
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.imports.files import Taken, take_in
from bank.workflow.imports.values import Wishes

Publish = Callable[..., Taken]


@pytest.fixture
def bank(settings: Settings) -> Iterator[Bank]:
    made = open_bank(settings)
    yield made
    made.database.close()
    ingest.close()


@pytest.fixture
def publish(bank: Bank) -> Publish:
    """Takes a file in, publishes it and has it indexed."""

    def act(path: Path, **wishes: Any) -> Taken:
        with indexer(bank) as index:
            taken = take_in(bank, path, Wishes(publish=True, **wishes))
            index.finish()
        return taken

    return act
