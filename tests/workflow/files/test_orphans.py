import io
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue import files
from bank.catalogue.alarms import LOST_ACTS_ALARM, clear_alarm, raise_alarm, standing_alarms
from bank.catalogue.tables import Audit, Entry, File
from bank.clock import new_uid, now
from bank.errors import Busy, Conflict
from bank.jobs.housekeeping import run_housekeeping
from bank.markers import write_marker
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.files.orphans import (
    MANY_UNNAMED,
    SWEEP_AFTER_LOSS,
    SWEEP_ALARM,
    UNWITNESSED,
    UPLOADS_NOT_OURS,
    sweep_all_the_same,
    sweep_originals,
)
from bank.workflow.files.thumbnails import thumbnail_name
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.upkeep.backup import make_backup
from tests.making_files import aged

PATIENCE = 20.0


def test_what_a_row_names_stays_however_old_and_what_none_names_goes(settings: Settings, tmp_path: Path) -> None:
    bank = open_bank(settings.model_copy(update={"semantic": "off"}))
    source = tmp_path / "huertos.md"
    source.write_text("# Huertos ficticios\n\nUn texto.\n")
    import_file(bank, source, ImportWishes())
    lost = bank.uploads.put(io.BytesIO(b"lost"), limit=10).digest
    bank.uploads.put_derived(thumbnail_name(lost), b"picture")
    with bank.database.reading() as session:
        named = files.digests_in_rows(session)
    assert len(named) == 1
    assert sweep_originals(bank) == 0
    for path in settings.uploads_folder.rglob("*"):
        if path.is_file():
            aged(path)
    seen: list[int] = []
    make_backup(bank, tmp_path / "bank.tar", lambda *told: seen.append(sweep_originals(bank)) if not seen else None)
    assert seen == [0]
    assert sweep_originals(bank) == 2
    assert set(bank.uploads.digests()) == named
    bank.database.close()
    ingest.close_extractors()


def test_the_worker_sweeps_as_it_begins(settings: Settings) -> None:
    bank = open_bank(settings.model_copy(update={"semantic": "off"}))
    lost = bank.uploads.put(io.BytesIO(b"lost"), limit=10).digest
    aged(bank.uploads.path(lost))
    stop = threading.Event()
    worker = threading.Thread(target=run_housekeeping, args=(bank, stop))
    worker.start()
    deadline = time.monotonic() + PATIENCE
    while bank.uploads.has(lost) and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    worker.join()
    assert not bank.uploads.has(lost)
    bank.database.close()
    ingest.close_extractors()


def given(bank: Bank, count: int, days: float, word: str = "stray") -> list[str]:
    """Originals that no row names, stored so many days ago."""
    digests = [bank.uploads.put(io.BytesIO(f"{word}{number}".encode()), limit=100).digest for number in range(count)]
    for digest in digests:
        moment = time.time() - days * 86400
        os.utime(bank.uploads.path(digest), (moment, moment))
    return digests


def act(bank: Bank, days: float) -> None:
    """Somebody did something so many days ago."""
    with bank.database.writing() as session:
        moment = now() - timedelta(days=days)
        session.add(Audit(moment=moment, actor="somebody", act="sign_in", digest="0" * 64, chain="0" * 64))


@contextmanager
def banked(settings: Settings) -> Iterator[Bank]:
    bank = open_bank(settings.model_copy(update={"semantic": "off"}))
    yield bank
    bank.database.close()


@pytest.fixture
def empty(settings: Settings) -> Iterator[Bank]:
    with banked(settings) as bank:
        yield bank


def named(bank: Bank, count: int) -> None:
    """Rows that name as many originals, which are there."""
    with bank.database.writing() as session:
        entry = Entry(uid=new_uid(), kind="report", created=now(), updated=now())
        session.add(entry)
        session.flush()
        for number, digest in enumerate(given(bank, count, 5, "named"), 1):
            session.add(
                File(
                    entry_id=entry.id, number=number, name="a.md", media_type="text/markdown", size=1, digest=digest,
                    status="read", added=now(),
                )
            )  # fmt: skip


def alarm(bank: Bank) -> str | None:
    with bank.database.reading() as session:
        return next((one.sentence for one in standing_alarms(session) if one.name == SWEEP_ALARM), None)


def test_a_sweep_moves_aside_and_says_what(empty: Bank, caplog: pytest.LogCaptureFixture) -> None:
    act(empty, 0)
    (digest,) = given(empty, 1, 1.1)
    assert sweep_originals(empty) == 1
    assert {*empty.uploads.moved_aside()} == {digest}
    assert digest in caplog.text
    assert alarm(empty) is None


@pytest.mark.parametrize(
    ("strays", "rows", "stops"), [(20, 30, False), (21, 30, True), (21, 420, False), (5, 0, False), (6, 5, True)]
)
def test_a_sweep_that_would_move_much_stops(empty: Bank, strays: int, rows: int, stops: bool) -> None:
    act(empty, 0)
    named(empty, rows)
    given(empty, strays, 1.1)
    assert sweep_originals(empty) == (0 if stops else strays)
    assert alarm(empty) == (MANY_UNNAMED if stops else None)


@pytest.mark.parametrize(
    ("acts", "stored", "stops"),
    [
        ([90], 60, True),  # the newest act is older by far: the catalogue is an old copy
        ([90, 0], 60, True),  # somebody signed in since
        ([60.5], 60, False),
        ([90, 59], 60, False),
        ([], 60, True),
        ([], 1.1, False),
    ],
)
def test_a_sweep_stops_where_an_original_came_when_the_catalogue_saw_nobody(
    empty: Bank, acts: list[float], stored: float, stops: bool
) -> None:
    for days in acts:
        act(empty, days)
    given(empty, 1, stored)
    assert sweep_originals(empty) == (0 if stops else 1)
    assert alarm(empty) == (UNWITNESSED if stops else None)


def test_the_alarm_is_logged_once_and_ends_with_its_reason(empty: Bank, caplog: pytest.LogCaptureFixture) -> None:
    given(empty, 1, 60)
    for _ in range(3):
        assert sweep_originals(empty) == 0
    assert caplog.text.count("Nothing was moved") == 1
    act(empty, 60)
    assert sweep_originals(empty) == 1
    assert alarm(empty) is None


def test_nothing_is_moved_while_acts_are_missing_whoever_asks(empty: Bank) -> None:
    act(empty, 0)
    given(empty, 1, 1.1)
    with empty.database.writing() as session:
        raise_alarm(session, LOST_ACTS_ALARM, "Acts are missing.")
    assert sweep_originals(empty) == 0
    assert alarm(empty) == SWEEP_AFTER_LOSS
    with pytest.raises(Conflict):
        sweep_all_the_same(empty)
    with empty.database.writing() as session:
        clear_alarm(session, LOST_ACTS_ALARM)
    assert sweep_originals(empty) == 1


def test_nothing_is_moved_in_a_folder_that_became_another_banks(empty: Bank, settings: Settings) -> None:
    act(empty, 0)
    given(empty, 1, 1.1)
    write_marker(settings.uploads_folder, "other.educating-bank", settings.home / "other.db")
    assert sweep_originals(empty) == 0
    assert alarm(empty) == UPLOADS_NOT_OURS


def moved_long_ago(bank: Bank) -> None:
    """An original that was moved aside 32 days ago."""
    given(bank, 1, 40, "long ago ")
    assert sweep_all_the_same(bank) == 1
    (today,) = bank.settings.uploads_folder.joinpath("removed").glob(now().date().isoformat())
    today.rename(today.with_name((now() - timedelta(days=32)).date().isoformat()))


def test_a_sweep_that_meets_a_backup_tells_nothing_and_deletes_nothing(empty: Bank) -> None:
    act(empty, 0)
    moved_long_ago(empty)
    given(empty, 1, 60)
    with empty.uploads.steady():
        assert sweep_originals(empty) == 0
        assert len(empty.uploads.moved_aside()) == 1
    assert sweep_originals(empty) == 0
    assert alarm(empty) == UNWITNESSED
    with empty.uploads.steady():
        assert sweep_originals(empty) == 0
        assert alarm(empty) == UNWITNESSED
        with pytest.raises(Busy):
            sweep_all_the_same(empty)
    assert len(empty.uploads.moved_aside()) == 1


def test_nothing_is_deleted_while_acts_are_missing_though_every_original_is_named(empty: Bank) -> None:
    act(empty, 0)
    moved_long_ago(empty)
    with empty.database.writing() as session:
        raise_alarm(session, LOST_ACTS_ALARM, "Acts are missing.")
    sweep_originals(empty)
    assert len(empty.uploads.moved_aside()) == 1
    with empty.database.writing() as session:
        clear_alarm(session, LOST_ACTS_ALARM)
    sweep_originals(empty)
    assert not empty.uploads.moved_aside()


def test_what_was_moved_aside_goes_after_thirty_days(empty: Bank) -> None:
    act(empty, 0)
    for days in (29, 32):
        given(empty, 1, 40, f"{days} ")
        assert sweep_all_the_same(empty) == 1
        (today,) = empty.settings.uploads_folder.joinpath("removed").glob(now().date().isoformat())
        today.rename(today.with_name((now() - timedelta(days=days)).date().isoformat()))
    assert len(empty.uploads.moved_aside()) == 2
    sweep_originals(empty)
    assert len(empty.uploads.moved_aside()) == 1
