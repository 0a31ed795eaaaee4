from pathlib import Path

from sqlalchemy import select

from bank.catalogue import audit
from bank.catalogue.tables import Entry, Outbox
from bank.jobs.acting import indexer
from bank.search.request import Filters
from bank.workflow import indexing
from bank.workflow.checking import check
from bank.workflow.depositing import take_in
from bank.workflow.parts import Bank
from bank.workflow.repairing import repair
from bank.workflow.searching import search
from bank.workflow.values import Wishes
from tests.making_files import experience
from tests.workflow.conftest import Publish


def test_a_published_entry_waits_in_the_outbox_until_the_index_has_it(bank: Bank, tmp_path: Path) -> None:
    with indexer(bank) as index:
        take_in(bank, experience(tmp_path, 1), Wishes(publish=True))
        assert search(bank, "resultado1", Filters()).total == 0
        assert check(bank).lag == 1
        assert check(bank).clean
        index.finish()
    assert search(bank, "resultado1", Filters()).total == 1
    assert check(bank).lag == 0


def test_draining_again_what_the_index_has_changes_nothing(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    taken = publish(experience(tmp_path, 1))
    with bank.database.writing() as session:
        entry = session.get(Entry, taken.entry)
        session.add(Outbox(entry_id=entry.id, version=entry.version, made=entry.updated))
    with indexer(bank) as index:
        index.finish()
    assert search(bank, "", Filters()).total == 1
    assert check(bank).clean


def test_a_rebuild_keeps_what_is_published_while_it_runs(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    for number in range(5):
        publish(experience(tmp_path, number))
    late = experience(tmp_path, 99)

    def publish_meanwhile(done: int, total: int | None, message: str = "") -> None:
        take_in(bank, late, Wishes(publish=True))

    with indexer(bank) as index:
        index.rebuild(publish_meanwhile)
        index.finish()
    assert search(bank, "resultado99", Filters()).total == 1
    assert search(bank, "", Filters()).total == 6
    assert check(bank).clean


def test_an_entry_no_longer_published_is_neither_shown_nor_counted_before_the_index_hears_of_it(
    bank: Bank, publish: Publish, tmp_path: Path
) -> None:
    kept, gone = publish(experience(tmp_path, 1)), publish(experience(tmp_path, 2))
    with bank.database.writing() as session:
        entry = session.get(Entry, gone.entry)
        entry.status = "withdrawn"
        entry.version += 1
        session.add(Outbox(entry_id=entry.id, version=entry.version, made=entry.updated))
        audit.note(session, "test", "withdraw", entry.id, {})
    found = search(bank, "", Filters())
    assert (found.total, [hit.card.id for hit in found.hits]) == (1, [kept.entry])
    assert [(value.value, value.count) for value in found.facets["kind"]] == [("experience", 1)]
    with indexer(bank) as index:
        index.finish()
    assert check(bank).clean


def test_check_names_what_is_wrong(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    first, second, third = (publish(experience(tmp_path, number)) for number in range(3))
    with bank.database.writing() as session:
        session.get(Entry, first.entry).version += 1
        session.get(Entry, second.entry).status = "paused"
    digests = sorted(bank.uploads.digests())
    bank.uploads.path(digests[0]).unlink()
    path = bank.uploads.path(digests[1])
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b"!")
    faults = check(bank).faults
    assert len(faults) == 4
    assert f"original {digests[0]}: is missing" in faults
    assert f"original {digests[1]}: its bytes have changed" in faults
    assert any(fault.startswith(f"entry {first.entry}: indexed at version") for fault in faults)
    assert f"entry {second.entry}: in the index but not published" in faults
    assert third.entry is not None


def test_repair_brings_the_index_back_in_step(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    first, second = (publish(experience(tmp_path, number)) for number in range(2))
    with bank.database.writing() as session:
        session.get(Entry, first.entry).version += 1
        session.get(Entry, second.entry).status = "paused"
    assert not check(bank).clean
    with indexer(bank) as index:
        assert repair(bank) == 2
        index.finish()
    assert check(bank).clean


def test_a_deleted_index_is_built_again(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    import shutil

    publish(experience(tmp_path, 1))
    shutil.rmtree(bank.settings.index_folder)
    with indexer(bank) as index:
        index.finish()
    assert search(bank, "resultado1", Filters()).total == 1
    assert check(bank).clean


def test_one_entry_that_can_not_be_indexed_does_not_hold_up_the_others(bank: Bank, tmp_path: Path) -> None:
    with indexer(bank):
        bad = take_in(bank, experience(tmp_path, 1), Wishes(publish=True))
        good = take_in(bank, experience(tmp_path, 2), Wishes(publish=True))
        indexing.drain(bank, bank.index.writer(), past={bad.entry})
    with bank.database.reading() as session:
        assert session.scalars(select(Outbox.entry_id)).all() == [bad.entry]
    assert [hit.card.id for hit in search(bank, "", Filters()).hits] == [good.entry]
