"""Fixtures that every room's tests may use: a home for a bank that lives as long as one test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.upkeep.permissions import BANK_UMASK
from tests.people import add_people


@pytest.fixture(scope="session", autouse=True)
def umask_of_the_command() -> Iterator[None]:
    """Banks that tests open in their own process are as private as those that the command opens."""
    before = os.umask(BANK_UMASK)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer's shell says about BANK_... reaches no test."""
    for name in [name for name in os.environ if name.startswith("BANK_") and name != "BANK_ROUNDS"]:
        monkeypatch.delenv(name)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder for a bank."""
    folder = tmp_path / "bank"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def people_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a bank with one person of each role; tests take copies of it."""
    folder = tmp_path_factory.mktemp("people")
    bank = open_bank(Settings(home=folder))
    add_people(bank)
    bank.database.close()
    return folder


@pytest.fixture
def settings(home: Path) -> Settings:
    """The settings of a bank in `home`, all else as shipped."""
    return Settings(home=home)


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment for a `bank` command of its own process that works in `home`."""
    return {**os.environ, "BANK_HOME": str(home)}


@pytest.fixture(scope="session")
def landmarks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the vectors of the landmarks alone, to be copied into a HOME: making them takes seconds."""
    from bank.assembly import open_meaning

    folder = tmp_path_factory.mktemp("landmarks")
    made = open_meaning(Settings(home=folder))
    made.landmarks.keep()
    made.store.close()
    return folder / "vectors.db"
