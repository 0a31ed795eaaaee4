"""The list of every page knows every address that answers a page."""

from collections.abc import Iterator

import pytest

from bank.settings import Settings
from bank.web.app import create_app
from tests.web.every_page import Screen, screens
from tests.web.matrix import Address, Asking, routes
from tests.web.network import STATES, Network, network


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with network(Settings(home=tmp_path_factory.mktemp("every") / "bank")) as ready:
        yield ready


@pytest.fixture(scope="module")
def listed(net: Network) -> list[Screen]:
    return list(screens(net))


def test_no_page_is_forgotten(net: Network, listed: list[Screen]) -> None:
    asking = Asking(net, create_app(net.bank))
    known = {screen.route for screen in listed}
    paths = {route.path for route in routes(asking.app) if "GET" in (route.methods or ())}
    forgotten = set()
    for path in paths - known:
        for state in STATES[:2]:
            got = net.browser("admin").get(asking.place(Address("GET", path, state)))
            if got.is_success and got.headers["content-type"].startswith("text/html"):
                forgotten.add(path)
    assert forgotten == set()


def test_every_page_of_the_list_is_there(net: Network, listed: list[Screen]) -> None:
    for screen in listed:
        got = net.browser(screen.who).get(screen.address)
        assert got.status_code == screen.status, screen
        assert got.headers["content-type"].startswith("text/html"), screen
