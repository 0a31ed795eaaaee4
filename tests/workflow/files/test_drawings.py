"""Drawn pages go with the file that they were drawn of."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bank import ingest
from bank.catalogue.tables import File
from bank.errors import Busy, NotFound
from bank.ingest.limits import PAGE_DRAWING_LIMITS
from bank.jobs.housekeeping import CHORES
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.deposits.files import remove_file
from bank.workflow.files.drawings import drawing_name, picture_of_page, places_of_page, tidy_drawings
from bank.workflow.review.deciding import withdraw
from tests.web.network import Network, in_state, network


@pytest.fixture
def net(settings: Settings) -> Iterator[Network]:
    with network(settings, populated=False) as made:
        yield made


def drawn(bank: Bank, digest: str) -> None:
    assert picture_of_page(bank, digest, 1, 900)[8:12] == b"WEBP"
    assert places_of_page(bank, digest, 1, 20) is not None
    assert bank.drawn.kept(drawing_name(digest, 1, 900))


def digest_of(net: Network, number: int) -> str:
    with net.bank.database.reading() as session:
        return session.scalars(select(File.digest).where(File.entry_id == number, File.number == 1)).one()


def test_the_drawings_of_a_file_that_is_removed_go_with_it(net: Network) -> None:
    number = in_state(net, "draft")
    digest = digest_of(net, number)
    drawn(net.bank, digest)
    remove_file(net.bank, net.desk.editor, number, 1, net.desk.view(number).version)
    assert net.bank.drawn.digests() == set()


def test_the_drawings_of_an_entry_that_is_withdrawn_go_with_it(net: Network) -> None:
    number = in_state(net, "published")
    drawn(net.bank, digest_of(net, number))
    withdraw(net.bank, net.desk.coordinator, number, net.desk.view(number).version, "Ya no aplica.")
    assert net.bank.drawn.digests() == set()


def test_the_worker_removes_what_no_entry_shows_any_more(net: Network) -> None:
    shown = digest_of(net, in_state(net, "published"))
    drawn(net.bank, shown)
    net.bank.drawn.keep(drawing_name("0" * 64, 1, 900), b"of no file")
    tidy_drawings(net.bank)
    assert net.bank.drawn.digests() == {shown}


def test_the_worker_removes_what_was_drawn_of_a_withdrawn_entry(net: Network) -> None:
    drawn(net.bank, digest_of(net, in_state(net, "withdrawn")))
    assert tidy_drawings in [chore.act for chore in CHORES]
    tidy_drawings(net.bank)
    assert net.bank.drawn.digests() == set()


def test_an_original_that_is_lost_meanwhile_is_not_found_and_that_is_not_remembered(net: Network) -> None:
    digest = digest_of(net, in_state(net, "published"))
    path = net.bank.uploads.path(digest)
    aside = path.rename(path.with_name("aside"))
    with pytest.raises(NotFound):
        picture_of_page(net.bank, digest, 1, 900)
    with pytest.raises(NotFound):
        places_of_page(net.bank, digest, 1, 20)
    aside.rename(path)
    drawn(net.bank, digest)


def test_a_machine_without_time_is_busy_and_that_is_not_remembered(
    net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = digest_of(net, in_state(net, "published"))
    ingest.close_extractors()
    hurried = replace(PAGE_DRAWING_LIMITS, wall_seconds=0.001)
    with monkeypatch.context() as patched:
        patched.setattr("bank.ingest.formats.page_drawing.PAGE_DRAWING_LIMITS", hurried)
        with pytest.raises(Busy):
            picture_of_page(net.bank, digest, 1, 900)
        with pytest.raises(Busy):
            places_of_page(net.bank, digest, 1, 20)
    drawn(net.bank, digest)
