import gc
import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bank.catalogue import audit, outbox
from bank.catalogue.tables import Entry, File, Outbox
from bank.errors import BankError
from bank.jobs.indexer import Indexer, open_indexer
from bank.search.request import Filters
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index import documents
from bank.workflow.index.lock import worker_lock
from bank.workflow.search.searching import search
from bank.workflow.upkeep.check import check_bank
from tests.making_files import experience
from tests.workflow.conftest import Publish


def test_a_published_entry_waits_in_the_outbox_until_the_index_has_it(bank: Bank, tmp_path: Path) -> None:
    with open_indexer(bank) as index:
        import_file(bank, experience(tmp_path, 1), ImportWishes(publish=True))
        assert search(bank, "resultado1", Filters()).total == 0
        assert check_bank(bank).lag == 1
        assert check_bank(bank).clean
        index.finish()
    assert search(bank, "resultado1", Filters()).total == 1
    assert check_bank(bank).lag == 0


def test_draining_again_what_the_index_has_changes_nothing(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    taken = publish(experience(tmp_path, 1))
    with bank.database.writing() as session:
        entry = session.get_one(Entry, taken.entry)
        session.add(Outbox(entry_id=entry.id, version=entry.version, made=entry.updated))
    with open_indexer(bank) as index:
        index.finish()
    assert search(bank, "", Filters()).total == 1
    assert check_bank(bank).clean


def test_a_rebuild_keeps_what_is_published_while_it_runs(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    for number in range(5):
        publish(experience(tmp_path, number))
    late = experience(tmp_path, 99)

    def publish_meanwhile(done: int, total: int | None, message: str = "") -> None:
        import_file(bank, late, ImportWishes(publish=True))

    with open_indexer(bank) as index:
        index.rebuild(publish_meanwhile)
        index.finish()
    assert search(bank, "resultado99", Filters()).total == 1
    assert search(bank, "", Filters()).total == 6
    assert check_bank(bank).clean


def test_what_changes_after_a_rebuild_has_read_it_is_swapped_in_as_it_is_now(
    bank: Bank, publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "INDEX_BATCH", 1)  # an entry is read, what changed before the next is drained
    corrected, paused, kept = (publish(experience(tmp_path, number)).entry or 0 for number in range(3))
    before = bank.index.engine().versions()

    def change(done: int, total: int | None, message: str = "") -> None:
        with bank.database.writing() as session:
            entry = session.get_one(Entry, {1: corrected, 2: paused, 3: kept}[done])
            if entry.id != kept:
                entry.version += 1
                entry.status = "paused" if entry.id == paused else entry.status
                outbox.queue_for_index(session, entry)

    with open_indexer(bank):
        documents.rebuild_index(bank, change)
    assert bank.index.engine().versions() == {corrected: before[corrected] + 1, kept: before[kept]}
    assert check_bank(bank).faults == ()


def test_an_entry_no_longer_published_is_neither_shown_nor_counted_before_the_index_hears_of_it(
    bank: Bank, publish: Publish, tmp_path: Path
) -> None:
    kept, gone = publish(experience(tmp_path, 1)), publish(experience(tmp_path, 2))
    with bank.database.writing() as session:
        entry = session.get_one(Entry, gone.entry)
        entry.status = "withdrawn"
        entry.version += 1
        session.add(Outbox(entry_id=entry.id, version=entry.version, made=entry.updated))
        audit.add_audit_row(session, "test", "withdraw", entry.id, {})
    found = search(bank, "", Filters())
    assert (found.total, [hit.card.id for hit in found.hits]) == (1, [kept.entry])
    assert [(value.value, value.count) for value in found.facets["kind"]] == [("experience", 1)]
    with open_indexer(bank) as index:
        index.finish()
    assert check_bank(bank).clean


def test_check_names_what_is_wrong(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    first, second, third = (publish(experience(tmp_path, number)) for number in range(3))
    with bank.database.writing() as session:
        session.get_one(Entry, first.entry).version += 1
        session.get_one(Entry, second.entry).status = "paused"
    with bank.database.reading() as session:
        named = {
            file.digest: f"Ficha {file.entry_id} «Experiencia ficticia {file.entry_id - 1}», archivo «{file.name}»"
            for file in session.scalars(select(File))
        }
    digests = sorted(bank.uploads.digests())
    bank.uploads.path(digests[0]).unlink()
    path = bank.uploads.path(digests[1])
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b"!")
    faults = check_bank(bank).faults
    assert len(faults) == 4
    assert {fault.partition(". ")[0] for fault in faults} == {
        "Ficha 1 «Experiencia ficticia 0»: el índice de búsqueda tiene la versión 2; la publicada es la 3",
        "Ficha 2 «Experiencia ficticia 1»: está en el índice de búsqueda, pero no publicada",
        f"{named[digests[0]]}: falta su original",
        f"{named[digests[1]]}: su original ya no es el que se entregó",
    }
    assert sum("`bank restore ARCHIVO --originals`" in fault for fault in faults) == 2
    assert third.entry is not None


def test_a_deleted_index_is_built_again(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    import shutil

    publish(experience(tmp_path, 1))
    shutil.rmtree(bank.settings.index_folder)
    with open_indexer(bank) as index:
        index.finish()
    assert search(bank, "resultado1", Filters()).total == 1
    assert check_bank(bank).clean


@pytest.fixture
def unreadable(bank: Bank, tmp_path: Path) -> int:
    """A published entry whose row no document can be made of."""
    taken = import_file(bank, experience(tmp_path, 1), ImportWishes(publish=True))
    with bank.database.writing() as session:
        session.execute(update(Entry).where(Entry.id == taken.entry).values(fields=5))
    return taken.entry or 0


def test_an_entry_that_can_not_be_indexed_is_set_aside_and_named_and_holds_nobody_up(
    bank: Bank, unreadable: int, tmp_path: Path
) -> None:
    with open_indexer(bank) as index:
        good = [
            import_file(bank, experience(tmp_path, number), ImportWishes(publish=True)).entry for number in range(2, 62)
        ]
        index.finish()
    assert search(bank, "", Filters()).total == len(good)
    faults = check_bank(bank).faults
    assert len(faults) == 1
    told = f"Ficha {unreadable} «Experiencia ficticia 1»: no se puede indexar: TypeError"
    assert faults[0].startswith(told)
    with bank.database.writing() as session:
        session.execute(update(Entry).where(Entry.id == unreadable).values(fields={}))
        session.execute(update(Outbox).values(again=None))
    with open_indexer(bank) as index:
        index.finish()
    assert check_bank(bank).clean


def test_a_rebuild_gets_by_an_entry_that_can_not_be_indexed(bank: Bank, unreadable: int, tmp_path: Path) -> None:
    with open_indexer(bank) as index:
        good = import_file(bank, experience(tmp_path, 2), ImportWishes(publish=True))
        index.finish()
        index.rebuild()
    assert [hit.card.id for hit in search(bank, "", Filters()).hits] == [good.entry]
    assert [fault.partition(" «")[0] for fault in check_bank(bank).faults] == [f"Ficha {unreadable}"]


# Whoosh leaves the file open that it could not write.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_failure_that_may_pass_leaves_every_entry_waiting(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    publish(experience(tmp_path, 1))
    import_file(bank, experience(tmp_path, 2), ImportWishes(publish=True))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(documents.PASSING_INDEX_FAILURES):
            documents.drain_outbox(bank, bank.index.writer())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    gc.collect()
    report = check_bank(bank)
    assert (report.lag, report.clean) == (1, True)
    with open_indexer(bank) as index:
        index.finish()
    assert search(bank, "", Filters()).total == 2


def test_a_command_takes_over_when_the_worker_that_it_waits_for_goes(bank: Bank, tmp_path: Path) -> None:
    with worker_lock(bank.settings) as held:
        assert held
        waiting = Indexer(bank, own=False)
        import_file(bank, experience(tmp_path, 1), ImportWishes(publish=True))
        finished = threading.Thread(target=waiting.finish)
        rebuilt = threading.Thread(target=waiting.rebuild)
        finished.start()
        rebuilt.start()
    finished.join(60)
    rebuilt.join(60)
    assert not finished.is_alive()
    assert not rebuilt.is_alive()
    assert search(bank, "", Filters()).total == 1
    assert check_bank(bank).clean


def test_a_rebuild_that_failed_elsewhere_is_told(bank: Bank) -> None:
    with worker_lock(bank.settings):
        number = jobs.queue_job(bank, "reindex")
        assert jobs.begin_job(bank, "reindex")
        jobs.end_job(bank, number, "failed", "No space left on device")
    asked = Indexer(bank, own=False)
    with worker_lock(bank.settings), ThreadPoolExecutor(1) as pool:
        running = pool.submit(asked.rebuild)
        while jobs.begin_job(bank, "reindex") is None:
            pass
        jobs.end_job(bank, number + 1, "failed", "No space left on device")
        with pytest.raises(BankError, match="No space left"):
            running.result(60)


def test_the_end_of_a_period_is_the_last_year_of_an_entry(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    number = publish(experience(tmp_path / "given", 1)).entry
    assert number is not None
    for period, last in (
        ({"start": "2011-03", "end": "2013-06"}, 2013),
        ({"start": "2011-03", "end": "2012"}, 2012),
        ({"start": "2011-03"}, None),
        ("2011 a 2013", None),
    ):
        with bank.database.writing() as session:
            entry = session.get_one(Entry, number)
            entry.fields = {**entry.fields, "period": period}
        with bank.database.reading() as session:
            (document,) = documents.search_documents(bank, session, [number])
            assert document.last_year == last
