"""The outbox: what could not be indexed is tried again, after pauses that grow."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bank.catalogue import outbox, unembedded
from bank.catalogue.database import Database
from bank.catalogue.migrating import upgrade_catalogue
from bank.catalogue.tables import Entry, Outbox, Unembedded
from bank.clock import new_uid, now
from bank.settings import Settings

ENTRY = 7
MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    made = Database(settings.database)
    upgrade_catalogue(made)
    with made.writing() as session:
        session.add(Outbox(entry_id=ENTRY, version=1, made=now()))
    yield made
    made.close()


def waiting(database: Database) -> list[int]:
    with database.reading() as session:
        return [entry for _, entry in outbox.oldest_outbox_rows(session, 10)]


def pause(database: Database) -> int:
    """Sets the entry aside; the whole minutes until it is tried again."""
    with database.writing() as session:
        before = now()
        outbox.postpone_indexing(session, ENTRY, "TypeError: odd")
        [row] = session.scalars(select(Outbox)).all()
        assert row.again is not None
        minutes = (row.again - before) // MINUTE
        assert row.again <= now() + minutes * MINUTE
        return minutes


def test_the_pause_of_what_can_not_be_indexed_doubles_from_a_minute_to_an_hour(database: Database) -> None:
    assert [pause(database) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_what_was_set_aside_waits_again_once_its_pause_is_over(database: Database) -> None:
    assert waiting(database) == [ENTRY]
    pause(database)
    assert waiting(database) == []
    with database.writing() as session:
        session.execute(update(Outbox).values(again=now()))
    assert waiting(database) == [ENTRY]


def test_what_is_no_longer_published_is_hidden_until_the_index_has_heard_and_what_is_gone_too(
    database: Database,
) -> None:
    with database.writing() as session:
        for id, status in ((1, "published"), (2, "withdrawn"), (3, "paused"), (4, "withdrawn")):
            moment = now()
            session.add(Entry(id=id, uid=new_uid(), kind="report", status=status, created=moment, updated=moment))
            if id != 4:
                session.add(Outbox(entry_id=id, version=2, made=moment))
    with database.reading() as session:
        assert outbox.unpublished_ids_in_outbox(session) == {2, 3, ENTRY}


def test_a_clock_that_is_set_back_makes_nothing_that_was_set_aside_wait_for_it(database: Database) -> None:
    ahead = now() + timedelta(hours=2)
    with database.writing() as session:
        unembedded.queue_for_embedding(session, [ENTRY])
        session.execute(update(Outbox).values(failures=1, again=ahead))
        session.execute(update(Unembedded).values(failures=1, again=ahead))
    assert waiting(database) == [ENTRY]
    with database.reading() as session:
        assert unembedded.oldest_unembedded(session) is not None
    with database.writing() as session:
        session.execute(update(Unembedded).values(again=now() + timedelta(minutes=59)))
        assert unembedded.oldest_unembedded(session) is None
