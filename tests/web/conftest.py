from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bank.web.app import create_app
from tests.web.filling import Filled, filled

LOOPBACK = ("127.0.0.1", 50000)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A filled bank that lives as long as the run."""
    folder = tmp_path_factory.mktemp("web")
    with filled(folder / "bank", folder / "files") as ready:
        yield ready


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
