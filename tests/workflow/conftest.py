from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bank import ingest
from bank.assembly import open_bank
from bank.jobs.indexer import open_indexer
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.imports.files import ImportOutcome, import_file
from bank.workflow.imports.values import ImportWishes
from tests.sealing import expect_sealed

Publish = Callable[..., ImportOutcome]


@pytest.fixture
def bank(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Bank]:
    made = open_bank(settings)
    yield made
    expect_sealed(made, request)
    made.database.close()
    ingest.close_extractors()


@pytest.fixture
def publish(bank: Bank) -> Publish:
    """Takes a file in, publishes it and has it indexed."""

    def act(path: Path, **wishes: Any) -> ImportOutcome:
        with open_indexer(bank) as index:
            taken = import_file(bank, path, ImportWishes(publish=True, **wishes))
            index.finish()
        return taken

    return act
