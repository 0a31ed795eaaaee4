"""The worker's loop of meaning, run in a thread of the test."""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue.tables import Entry
from bank.jobs.indexer import open_indexer
from bank.jobs.vectors import EMBEDDING_NICENESS, EmbeddingLoop, run_embedding_loop
from bank.search.meaning.encoder import Encoder, Vectors
from bank.search.meaning.meaning import Meaning
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index.vectors import count_waiting_for_vectors, embed_all
from bank.workflow.upkeep.check import check_bank
from tests.commands import PATIENCE
from tests.making_files import experience, markdown


@pytest.fixture
def bank(settings: Settings, landmarks: Path) -> Iterator[Bank]:
    shutil.copy(landmarks, settings.vectors_file)
    made = open_bank(settings)
    yield made
    made.index.close()
    made.database.close()
    ingest.close_extractors()


def publish(bank: Bank, *paths: Path) -> None:
    with open_indexer(bank) as index:
        for path in paths:
            import_file(bank, path, ImportWishes(publish=True))
        index.finish()


@contextmanager
def embedding(bank: Bank) -> Iterator[threading.Thread]:
    stop = threading.Event()
    thread = threading.Thread(target=run_embedding_loop, args=(bank, stop))
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_waits_is_embedded_by_a_thread_that_gives_way_to_others(bank: Bank, tmp_path: Path) -> None:
    assert bank.meaning is not None
    store = bank.meaning.store
    own = os.getpriority(os.PRIO_PROCESS, 0)
    with embedding(bank) as thread:
        publish(bank, experience(tmp_path, 1), experience(tmp_path, 2))
        wait(lambda: set(store.versions()) == {1, 2} and count_waiting_for_vectors(bank) == 0 and bool(store.words()))
        assert os.getpriority(os.PRIO_PROCESS, thread.native_id or 0) == max(own, EMBEDDING_NICENESS)
        assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == own
    assert check_bank(bank).clean


@pytest.mark.parametrize("damage", ["deleted", "overwritten"])
def test_vectors_that_are_lost_while_the_worker_runs_are_made_again(bank: Bank, tmp_path: Path, damage: str) -> None:
    assert bank.meaning is not None
    store = bank.meaning.store
    publish(bank, experience(tmp_path, 1))
    with embedding(bank):
        wait(lambda: set(store.versions()) == {1} and count_waiting_for_vectors(bank) == 0)
        store.close()
        for path in bank.settings.home.glob("vectors.db*"):
            path.unlink()
        if damage == "overwritten":
            bank.settings.vectors_file.write_bytes(b"no database" * 1000)
        wait(lambda: check_bank(bank).clean and count_waiting_for_vectors(bank) == 0 and set(store.versions()) == {1})


def test_what_is_dropped_while_somebody_reads_leaves_the_journal_when_there_is_time(bank: Bank, tmp_path: Path) -> None:
    assert bank.meaning is not None
    store = bank.meaning.store
    publish(bank, experience(tmp_path, 1))
    embed_all(bank)
    vectors = store.get(1)
    assert vectors is not None
    piece = vectors.coarse.vectors[0].tobytes()[:64]
    with closing(sqlite3.connect(bank.settings.vectors_file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM entry").fetchall()
        store.drop([1])
    paths = list(bank.settings.home.glob("vectors.db*"))
    assert any(piece in path.read_bytes() for path in paths)
    loop = EmbeddingLoop(bank, bank.meaning, threading.Event())
    with bank.database.writing() as session:
        session.get_one(Entry, 1).status = "withdrawn"
    while loop.step():
        pass
    assert not any(piece in path.read_bytes() for path in paths)


class Telling:
    """The model; says when it has made a first batch."""

    def __init__(self) -> None:
        self.model = Encoder()
        self.begun = threading.Event()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        found = self.model(texts)
        self.begun.set()
        return found


def test_a_worker_that_ends_in_the_middle_of_an_entry_leaves_it_waiting(bank: Bank, tmp_path: Path) -> None:
    sections = [
        (f"Parte {part}", " ".join(f"Frase {part}.{number} que dice algo nuevo." for number in range(60)))
        for part in range(30)
    ]
    publish(bank, markdown(tmp_path, "largo.md", title="Un texto muy largo", sections=sections))
    assert bank.meaning is not None
    telling, store = Telling(), bank.meaning.store
    told = replace(bank, meaning=Meaning(telling, store, bank.meaning.landmarks.texts))  # type: ignore[arg-type]
    with embedding(told):
        assert telling.begun.wait(PATIENCE)
    report = check_bank(bank)
    assert (report.clean, report.unembedded, dict(store.versions())) == (True, 1, {})
