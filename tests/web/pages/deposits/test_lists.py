"""The list of one's own entries."""

import re
from collections.abc import Iterator

import pytest

from bank.settings import Settings
from tests.web.network import Network, in_state, network


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def test_each_entry_tells_its_state_what_is_missing_and_the_next_step(net: Network) -> None:
    bare, ready = net.desk.written({"title": {"es": "Huertos"}}), net.desk.written()
    public = in_state(net, "published")
    page = net.browser("editor").get("/deposits").text
    items = {
        n: next(one for one in page.split("<li>") if f'href="/deposits/{n}"' in one) for n in (bare, ready, public)
    }
    assert '<span class="badge draft">Borrador</span>' in items[bare]
    assert re.search(r"Faltan 5 cosas|faltan 5 cosas|5 cosas", items[bare])
    assert "No falta nada" in items[ready]
    assert '<span class="badge published">' in items[public]
    assert f'href="/entries/{public}"' in items[public]
