"""The coordinators' desk: what waits there, and who hears of what is decided."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from bank.catalogue.tables import User
from bank.clock import new_uid, now
from bank.jobs.indexer import open_indexer
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.review import deciding
from bank.workflow.review.desk import load_review_desk as desk_of
from bank.workflow.review.desk import load_review_sheet
from bank.workflow.search.searching import search
from bank.workflow.upkeep.check import check_bank
from tests.mail_sink import Sink, mail_sink
from tests.web.network import REASON, REMARKS, Network, network, person
from tests.workflow.deposits.making import HERE, NEEDED, THERE


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


def test_what_is_withdrawn_is_found_no_more_at_once_and_the_index_hears_of_it(net: Network) -> None:
    number = net.desk.handed_in()
    with open_indexer(net.bank) as index:
        published = deciding.publish(net.bank, net.desk.coordinator, number, net.desk.view(number).version)
        index.finish()
        assert search(net.bank, "", Filters()).total == 1
        deciding.withdraw(net.bank, net.desk.coordinator, number, published.version, REASON)
        assert search(net.bank, "", Filters()).total == 0
        assert check_bank(net.bank).lag == 1
        index.finish()
    assert net.bank.index.engine().versions() == {}
    assert check_bank(net.bank).clean


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


def test_who_has_no_access_any_more_is_not_mailed_what_was_handed_in(net: Network, sink: Sink) -> None:
    number = net.desk.written()
    with net.bank.database.writing() as session:
        session.execute(update(User).where(User.id == net.desk.other.id).values(active=False))
    after = mailing(net, sink)
    after.desk.handed_in(number)
    assert told(after, sink) == ["admin", "coordinator"]


def test_a_city_that_only_takes_part_is_not_mailed_what_was_decided(net: Network, sink: Sink) -> None:
    number = net.desk.handed_in(net.desk.written({**NEEDED, "cities": [THERE]}))
    after = mailing(net, sink)
    deciding.return_to_city(after.bank, after.desk.coordinator, number, after.desk.view(number).version, REMARKS)
    assert told(after, sink) == ["editor"]


def test_who_was_invited_and_never_came_is_nobody_who_could_publish(net: Network) -> None:
    number = net.desk.handed_in()
    speaks = replace(net.desk.coordinator, cities=frozenset({HERE}))
    with net.bank.database.writing() as session:
        others = [net.viewers["other"].id, net.viewers["admin"].id]
        session.execute(update(User).where(User.id.in_(others)).values(active=False))
        address = "invited@red.example"
        session.add(User(uid=new_uid(), email=address, folded=address, name="", role="coordinator", created=now()))
    assert load_review_sheet(net.bank, speaks, number).second is True
