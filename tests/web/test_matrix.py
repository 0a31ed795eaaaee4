"""S24: who gets what from which address, as a table that knows every address there is (``matrix.csv``)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bank.settings import Settings
from bank.web.app import create_app
from tests.web.matrix import Asking, addresses, table
from tests.web.network import network


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    home: Path = tmp_path_factory.mktemp("matrix")
    with network(Settings(home=home)) as net:
        yield Asking(net, create_app(net.bank))


def test_the_table_knows_every_address_and_no_other(asking: Asking) -> None:
    """Add what lacks by ``python -m tests.web.matrix``, and judge each row by hand."""
    there, known = set(addresses(asking.app)), set(table())
    assert sorted(map(str, there - known)) == []
    assert sorted(map(str, known - there)) == []


def test_everybody_gets_what_the_table_says_and_nothing_else(asking: Asking) -> None:
    known = table()
    expected = {str(address): known[address] for address in addresses(asking.app) if address in known}
    answers = {str(address): asking.answers(address) for address in addresses(asking.app) if address in known}
    assert {name: found for name, found in answers.items() if found != expected[name]} == {}
