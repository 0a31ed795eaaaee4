"""The coordinators' desk: what waits there, and who hears of what is decided."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import SecretStr

from bank.settings import Settings
from bank.workflow.review import deciding
from bank.workflow.review.desk import desk as desk_of
from tests.mail_sink import Sink, mail_sink
from tests.web.network import REMARKS, Network, network, person
from tests.workflow.deposits.making import HERE


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_sink() as running:
        yield running


def mailing(net: Network, sink: Sink) -> Network:
    """The same network, which mails from now on."""
    settings = net.bank.settings.model_copy(update={"mail_url": SecretStr(sink.url)})
    return replace(net, desk=replace(net.desk, bank=replace(net.bank, settings=settings)))


def told(net: Network, sink: Sink) -> list[str]:
    """Who was mailed, all of it done."""
    net.bank.errands.finish(30)
    return sorted(name.strip("<>").partition("@")[0] for mail in sink.mails for name in mail.recipients)


def test_what_has_waited_the_longest_is_reviewed_first_whichever_was_begun_first(net: Network) -> None:
    first, second, third = (net.desk.written() for _ in range(3))
    for number in (second, third, first):
        net.desk.handed_in(number)
    waiting = desk_of(net.bank, net.desk.coordinator).waiting
    assert [one.submission.card.id for one in waiting] == [second, third, first]


def test_who_decides_is_not_mailed_what_they_decided(net: Network, sink: Sink) -> None:
    colleague, _ = person(net.bank, "colleague", "editor", HERE)
    number = net.desk.handed_in()
    after = mailing(net, sink)
    assert colleague != after.desk.editor.id
    deciding.withdraw(after.bank, after.desk.editor, number, after.desk.view(number).version)
    assert told(after, sink) == ["colleague"]


def test_a_coordinator_who_decides_is_not_mailed_though_she_speaks_for_the_city(net: Network, sink: Sink) -> None:
    speaks, _ = person(net.bank, "speaks", "coordinator", HERE)
    number = net.desk.handed_in()
    after = mailing(net, sink)
    viewer = replace(after.desk.coordinator, id=speaks, cities=frozenset({HERE}))
    deciding.return_to_city(after.bank, viewer, number, after.desk.view(number).version, REMARKS)
    assert told(after, sink) == ["editor"]
