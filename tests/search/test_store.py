"""The folders of an index: filled beside, swapped in, noticed by readers, whole after a kill."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bank.errors import Busy, Damaged
from bank.search.document import SearchDocument
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.query import parse_query
from bank.search.request import SearchRequest
from bank.search.store import IndexStore

ROUNDS = int(os.environ.get("BANK_ROUNDS", "5"))


def entry(number: int, word: str = "agua", version: int = 1) -> SearchDocument:
    return SearchDocument(id=number, version=version, language="es", kind="report", titles={"es": f"{word} {number}"})


def total(store: IndexStore, text: str) -> int:
    return store.engine().search(SearchRequest(parse_query(text))).total


def test_a_bank_without_an_index_says_so(tmp_path: Path) -> None:
    store = IndexStore(tmp_path / "index")
    assert store.stale() == "absent"
    with pytest.raises(Busy):
        store.engine()


def test_a_file_where_the_index_should_be_is_told_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("no folder")
    with pytest.raises(Damaged):
        IndexStore(tmp_path / "index").engine()


def test_the_writer_makes_an_index_where_there_is_none(tmp_path: Path) -> None:
    store = IndexStore(tmp_path / "index")
    store.writer().put([entry(1)])
    assert store.stale() is None
    assert total(store, "agua") == 1
    assert store.engine() is store.engine()


def test_a_rebuilt_index_serves_only_when_it_is_swapped_in(tmp_path: Path) -> None:
    store = IndexStore(tmp_path)
    store.writer().put([entry(1)], position=3)
    before = store.engine().state()
    rebuild = store.begin()
    rebuild.engine.put([entry(2), entry(3)])
    assert total(store, "agua") == 1
    rebuild.swap(position=9)
    assert total(store, "agua") == 2
    assert store.engine().state().position == 9
    assert store.engine().state().generation > before.generation


def test_an_abandoned_rebuild_leaves_nothing(tmp_path: Path) -> None:
    store = IndexStore(tmp_path)
    store.writer().put([entry(1)])
    rebuild = store.begin()
    rebuild.engine.put([entry(2)])
    rebuild.abandon()
    assert [folder.name for folder in store.folders()] == ["0001"]
    assert total(store, "agua") == 1


def test_the_index_before_stays_until_the_next_swap(tmp_path: Path) -> None:
    store = IndexStore(tmp_path)
    store.writer().put([entry(1)])
    old = store.engine()
    store.begin().swap(None)
    assert old.search(SearchRequest(parse_query("agua"))).total == 1
    assert [folder.name for folder in store.folders()] == ["0001", "0002"]
    store.begin().swap(None)
    assert [folder.name for folder in store.folders()] == ["0002", "0003"]


def test_two_stores_of_one_folder_see_each_others_changes(tmp_path: Path) -> None:
    writing, reading = IndexStore(tmp_path), IndexStore(tmp_path)
    for number in range(1, 4):
        writing.writer().put([entry(number)])
        assert total(reading, "agua") == number
    writing.begin().swap(None)
    assert total(reading, "agua") == 0


def test_an_index_of_another_fingerprint_is_stale(tmp_path: Path) -> None:
    store = IndexStore(tmp_path)
    store.writer().put([entry(1)])
    (tmp_path / "0001" / "about.json").write_text('{"fingerprint": "older"}')
    assert IndexStore(tmp_path).stale() == "other fingerprint"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves what it can't read open
@pytest.mark.parametrize("ending", [".toc", ".json", ".trm", ".col"])
# Whoosh leaves the files open that it could not read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", [b"", b"\x80\x04garbage"])
def test_a_broken_index_is_unreadable_and_nothing_of_it_is_deleted(tmp_path: Path, ending: str, damage: bytes) -> None:
    IndexStore(tmp_path).writer().put([entry(1)])
    for path in (tmp_path / "0001").iterdir():
        if path.name.endswith(ending) and "_stored" not in path.name:
            path.write_bytes(damage)
    names = sorted(path.name for path in (tmp_path / "0001").iterdir())
    store = IndexStore(tmp_path)
    assert store.stale() == "unreadable"
    with pytest.raises(Busy):
        store.engine()
    assert sorted(path.name for path in (tmp_path / "0001").iterdir()) == names
    gc.collect()


def test_a_current_file_that_names_nothing_means_there_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("../../etc\n")
    assert IndexStore(tmp_path).stale() == "absent"
    (tmp_path / "current").write_bytes(b"\xff\xfe")
    assert IndexStore(tmp_path).stale() == "absent"


def test_only_one_process_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = IndexStore(tmp_path)
    store.writer().put([entry(1)])
    monkeypatch.setattr("bank.search.engines.whoosh_engine.writing.WRITER_WAIT_SECONDS", 0.1)
    engine = WhooshEngine(tmp_path / "0001")
    held = engine.reading.index.writer()
    with pytest.raises(Busy):
        store.writer().put([entry(2)])
    held.cancel()
    store.writer().put([entry(2)])
    assert total(store, "agua") == 2


def test_a_document_that_fails_leaves_the_index_as_it_was_and_unlocked(tmp_path: Path) -> None:
    store = IndexStore(tmp_path)
    store.writer().put([entry(1)])
    broken = SearchDocument(id=2, version=1, language="es", kind="report", titles={"es": None})  # type: ignore[dict-item]
    with pytest.raises((TypeError, AttributeError)):
        store.writer().put([entry(3), broken], position=5)
    assert total(store, "agua") == 1
    assert store.engine().state().position == 0
    store.writer().put([entry(3)])
    assert total(store, "agua") == 2


def test_many_threads_search_while_one_writes(tmp_path: Path) -> None:
    store = IndexStore(tmp_path)
    store.writer().put([entry(number) for number in range(1, 21)])
    faults: list[object] = []
    ended = threading.Event()

    def searching() -> None:
        seen = 20
        while not ended.is_set():
            try:
                found = total(store, "agua")
                if found < seen:
                    faults.append((found, seen))
                seen = found
            except Exception as failure:  # noqa: BLE001 - whatever goes wrong in a thread is to be told
                faults.append(failure)

    threads = [threading.Thread(target=searching) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(21, 61):
        store.writer().put([entry(number)])
    ended.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert total(store, "agua") == 60


WRITE_ON = """
import sys
from pathlib import Path
from bank.search.document import SearchDocument
from bank.search.store import IndexStore
writer = IndexStore(Path(sys.argv[1])).writer()
number = writer.state().position
while True:
    number += 1
    document = SearchDocument(id=number, version=1, language="es", kind="report", titles={"es": f"agua {number}"})
    writer.put([document], position=number)
    print(number, flush=True)
"""


def test_a_killed_writer_leaves_a_whole_index_that_holds_all_it_noted(tmp_path: Path) -> None:
    for turn in range(ROUNDS):
        child = subprocess.Popen([sys.executable, "-c", WRITE_ON, str(tmp_path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        for _ in range(2):
            child.stdout.readline()
        time.sleep(0.013 * (turn % 7))
        child.send_signal(signal.SIGKILL)
        told = [int(line) for line in child.stdout.read().split()]
        child.stdout.close()
        child.wait()
        store = IndexStore(tmp_path)
        assert store.stale() is None
        held, noted = set(store.engine().versions()), store.engine().state().position
        assert noted >= max(told, default=0)
        assert held >= set(range(1, noted + 1))
        assert total(store, "agua") == len(held)
        store.close()


def test_every_flipped_or_missing_file_of_the_index_is_named(tmp_path: Path) -> None:
    store = IndexStore(tmp_path)
    store.writer().put([entry(number) for number in range(60)])
    store.writer().put([entry(100)])
    store.writer().drop([3])
    assert store.damaged_files() == []
    store.close()
    files = [
        path for path in (tmp_path / "0001").iterdir() if path.suffix in (".toc", ".trm", ".pst", ".col", ".lexicon")
    ]
    assert len(files) > 8
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert store.damaged_files() == [path.name]
        path.write_bytes(whole)
    gone = next(path for path in files if path.suffix == ".pst")
    gone.unlink()
    assert store.damaged_files() == [gone.name]


def test_an_index_without_digests_or_with_those_of_an_earlier_commit_is_not_called_damaged(tmp_path: Path) -> None:
    """As one that an earlier version made, or whose worker was killed just after a commit."""
    store = IndexStore(tmp_path)
    store.writer().put([entry(1)])
    noted = tmp_path / "0001" / "digests.json"
    before = noted.read_bytes()
    store.writer().put([entry(number) for number in range(2, 9)])
    for number in range(10, 17):
        store.writer().put([entry(number)])
    noted.write_bytes(before)
    assert store.damaged_files() == []
    noted.unlink()
    assert store.damaged_files() == []
    store.writer().put([entry(30)])
    assert len(noted.read_bytes()) > len(before)
