from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bank.settings import Settings
from bank.web.app import create_app
from bank.workflow.bank import Bank
from tests.people import copied
from tests.web.filling import Filled, filled

LOOPBACK = ("127.0.0.1", 50000)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A filled bank that lives as long as the run."""
    folder = tmp_path_factory.mktemp("web")
    with filled(folder / "bank", folder / "files") as ready:
        yield ready


@pytest.fixture
def bank(people_home: Path, settings: Settings) -> Iterator[Bank]:
    """A bank of the test's own, with one person of each role."""
    with copied(people_home, settings) as made:
        yield made


@pytest.fixture
def app(bank: Bank) -> FastAPI:
    """The application of that bank."""
    return create_app(bank)


@pytest.fixture
def client(made: Filled) -> Iterator[TestClient]:
    """A visitor of its application, from this machine, who wants Spanish."""
    with TestClient(
        create_app(made.bank),
        base_url="http://127.0.0.1",
        client=LOOPBACK,
        headers={"accept-language": "es"},
        follow_redirects=False,
        raise_server_exceptions=True,
    ) as visitor:
        yield visitor
