"""Vectors follow the catalogue: everything published gets them, once, and nothing else keeps them."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bank import ingest
from bank.assembly import open_bank, open_meaning
from bank.catalogue import audit, outbox, unembedded
from bank.catalogue.tables import Entry, EntryText, File, Page, Unembedded
from bank.clock import now
from bank.errors import Busy
from bank.jobs.indexer import open_indexer
from bank.search.meaning.batches import EmbeddingStopped
from bank.search.meaning.encoder import Encoder, NoModel, Vectors, shrink_vectors
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.vectors import VectorStore
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.entries.public import stats
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index.vectors import count_waiting_for_vectors, embed_all, embed_next, queue_outdated_vectors
from bank.workflow.search.searching import search
from bank.workflow.upkeep.check import check_bank
from tests.making_files import experience, markdown
from tests.workflow.conftest import Publish

SUMMARY = "Las niñas y los niños aprenden a cuidar la tierra en el patio de la escuela y cocinan lo que cosechan."
PAGES = [f"La familia {number} visita el mercado. Compran verduras de temporada." for number in range(8)]


class Counting:
    """The model; remembers what it was asked, and may be told to do something before."""

    def __init__(self, model: Encoder) -> None:
        self.model = model
        self.asked: list[str] = []
        self.before: Callable[[], None] = lambda: None

    def pieces(self, word: str) -> Sequence[str]:
        """Every word is one piece."""
        return [word]

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.before()
        self.asked += texts
        return self.model(texts)


@pytest.fixture(scope="module")
def model() -> Encoder:
    return Encoder()


@pytest.fixture
def counting(model: Encoder) -> Counting:
    return Counting(model)


@pytest.fixture
def bank(settings: Settings, counting: Counting, landmarks: Path) -> Iterator[Bank]:
    """A bank that counts what it embeds."""
    shutil.copy(landmarks, settings.vectors_file)
    made = opened(settings, counting)
    yield made
    made.index.close()
    made.database.close()
    ingest.close_extractors()


def opened(settings: Settings, counting: Counting) -> Bank:
    store, texts = VectorStore(settings.vectors_file), open_meaning(settings).landmarks.texts
    return replace(open_bank(settings), meaning=Meaning(counting, store, texts))  # type: ignore[arg-type]


@pytest.fixture
def gardens(bank: Bank, publish: Publish, tmp_path: Path) -> int:
    """A published entry that waits for its vectors."""
    sections = [(f"Visita {number}", text) for number, text in enumerate(PAGES)]
    front = f"kind: experience\nyear: 2020\nsummary: {SUMMARY!r}"
    taken = publish(markdown(tmp_path / "in", "huertos.md", title="Huertos", front=front, sections=sections))
    assert taken.entry is not None
    return taken.entry


def change(bank: Bank, number: int, act: Callable[[Entry], None] = lambda entry: None) -> None:
    """Changes an entry as an act does: its row, its outbox row and its audit row."""
    with bank.database.writing() as session:
        entry = session.get(Entry, number)
        assert entry is not None
        act(entry)
        entry.version += 1
        outbox.queue_for_index(session, entry)
        audit.add_audit_row(session, "test", "change", entry.id, {"version": entry.version})


def index(bank: Bank) -> None:
    with open_indexer(bank) as told:
        told.finish()


def by_meaning(bank: Bank, words: str) -> list[int]:
    return [hit.card.id for hit in search(bank, words, Filters()).hits if hit.by_meaning]


def store_of(bank: Bank) -> VectorStore:
    assert bank.meaning is not None
    return bank.meaning.store


def test_what_is_published_is_found_by_meaning_in_another_language_once_it_is_embedded(
    bank: Bank, gardens: int
) -> None:
    question = "school gardens where pupils grow food"
    assert count_waiting_for_vectors(bank) == stats(bank).pending["meaning"] == 1
    assert by_meaning(bank, question) == []
    report = check_bank(bank)
    assert (report.clean, report.unembedded) == (True, 1)
    assert embed_next(bank) == "embedded"
    assert embed_next(bank) is None
    assert stats(bank).pending["meaning"] == 0
    assert by_meaning(bank, question) == [gardens]
    report = check_bank(bank)
    assert (report.clean, report.unembedded) == (True, 0)


def test_an_entry_is_queued_in_the_transaction_that_takes_it_out_of_the_outbox(bank: Bank, gardens: int) -> None:
    embed_all(bank)
    change(bank, gardens)
    with bank.database.reading() as session:
        assert (outbox.count_outbox_rows(session), unembedded.count_unembedded(session)) == (1, 0)
    seen: list[tuple[int, int]] = []
    other = sqlite3.connect(bank.settings.home / "bank.db")

    def look(statement: str) -> None:
        counts = (other.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("outbox", "unembedded"))
        seen.append((next(counts), next(counts)))

    with bank.database.writing() as session:
        session.connection().connection.dbapi_connection.set_trace_callback(look)  # type: ignore[union-attr]
    index(bank)
    other.close()
    assert set(seen) == {(1, 0), (0, 1)}


def test_a_change_embeds_anew_only_what_changed(bank: Bank, counting: Counting, gardens: int) -> None:
    embed_all(bank)
    counting.asked.clear()
    with bank.database.writing() as session:
        file = session.scalar(select(File).where(File.entry_id == gardens))
        assert file is not None
        page = session.get(Page, (file.id, 8))
        assert page is not None
        page.text += "\nUn cocinero enseña a conservar lo que sobra."
    change(bank, gardens)
    index(bank)
    assert embed_next(bank) == "embedded"
    assert 0 < len(counting.asked) <= 3
    assert all("cocinero" in text for text in counting.asked)
    assert by_meaning(bank, "a cook shows how to preserve leftovers") == [gardens]


def test_a_change_of_no_text_embeds_nothing(bank: Bank, counting: Counting, gardens: int) -> None:
    embed_all(bank)
    counting.asked.clear()

    def later(entry: Entry) -> None:
        entry.year = 2021

    change(bank, gardens, later)
    index(bank)
    assert embed_next(bank) == "unchanged"
    assert counting.asked == []
    assert check_bank(bank).clean
    with bank.database.reading() as session:
        entry = session.get(Entry, gardens)
        assert entry is not None
        assert store_of(bank).versions()[gardens] == entry.version


def test_a_new_title_embeds_everything_that_is_known_by_it(bank: Bank, counting: Counting, gardens: int) -> None:
    embed_all(bank)
    before = store_of(bank).get(gardens)
    counting.asked.clear()
    with bank.database.writing() as session:
        session.execute(update(EntryText).where(EntryText.entry_id == gardens).values(title="Cocinas de barrio"))
    change(bank, gardens)
    index(bank)
    assert embed_next(bank) == "embedded"
    assert before is not None
    assert len(counting.asked) == len({*before.coarse.by_digest(), *before.fine.by_digest()})


def test_what_is_withdrawn_keeps_no_vectors_and_no_words(bank: Bank, gardens: int, publish: Publish) -> None:
    kept = publish(experience(bank.settings.home.parent / "in", 1)).entry
    embed_all(bank)
    assert "temporada" in store_of(bank).words()
    row = store_of(bank).get(gardens)
    assert row is not None

    def withdraw(entry: Entry) -> None:
        entry.status = "withdrawn"

    change(bank, gardens, withdraw)
    index(bank)
    assert check_bank(bank).clean
    assert dict(embed_all(bank)) == {"dropped": 1}
    assert set(store_of(bank).versions()) == {kept}
    files = bank.settings.home.glob("vectors.db*")
    assert row.fine.vectors[0].tobytes() not in b"".join(path.read_bytes() for path in files)
    assert by_meaning(bank, "school gardens where pupils grow food") == []
    assert check_bank(bank).clean


def test_reindex_looks_at_every_entry_and_embeds_nothing_that_did_not_change(
    bank: Bank, counting: Counting, gardens: int, publish: Publish, tmp_path: Path
) -> None:
    publish(experience(tmp_path / "in", 1))
    with open_indexer(bank) as told:
        told.rebuild()
        assert dict(told.embed() or {}) == {"embedded": 2}
    counting.asked.clear()
    before = store_of(bank).state()
    with open_indexer(bank) as told:
        told.rebuild()
        assert dict(told.embed() or {}) == {"unchanged": 2}
    assert counting.asked == []
    assert store_of(bank).state() == before


def test_a_deleted_file_of_vectors_is_a_fault_until_stock_is_taken_and_is_made_again(bank: Bank, gardens: int) -> None:
    embed_all(bank)
    for path in bank.settings.home.glob("vectors.db*"):
        path.unlink()
    assert [fault.partition(" (")[0] for fault in check_bank(bank).faults] == [
        "Faltan los vectores con los que las fichas se encuentran por su sentido"
    ]
    assert queue_outdated_vectors(bank) == 1
    assert check_bank(bank).clean
    embed_all(bank)
    assert check_bank(bank).clean
    assert by_meaning(bank, "school gardens where pupils grow food") == [gardens]


def test_a_damaged_file_of_vectors_is_named_made_again_and_never_in_the_way_of_words(bank: Bank, gardens: int) -> None:
    embed_all(bank)
    store_of(bank).close()
    bank.settings.vectors_file.write_bytes(b"no database" * 1000)
    assert [hit.card.id for hit in search(bank, "verduras de temporada", Filters()).hits] == [gardens]
    (fault,) = check_bank(bank).faults
    assert fault.startswith("vectors.db, lo que significan los textos, está dañado en el disco")
    assert queue_outdated_vectors(bank) == 1
    embed_all(bank)
    assert check_bank(bank).clean


def test_meaning_that_was_off_finds_what_was_published_meanwhile_when_it_is_on_again(
    settings: Settings, bank: Bank, gardens: int, counting: Counting, tmp_path: Path
) -> None:
    embed_all(bank)
    without = open_bank(settings.model_copy(update={"semantic": "off"}))
    with open_indexer(without) as told:
        taken = import_file(without, experience(tmp_path / "in", 2), ImportWishes(publish=True))
        told.finish()
    report = check_bank(without)
    assert (without.meaning, report.unembedded, report.clean) == (None, 0, True)
    assert stats(without).pending["meaning"] == 0
    assert (queue_outdated_vectors(without), embed_next(without)) == (0, None)
    without.database.close()
    assert queue_outdated_vectors(bank) == 1
    embed_all(bank)
    assert set(store_of(bank).versions()) == {gardens, taken.entry}
    assert check_bank(bank).clean


def test_an_entry_that_changes_while_it_is_embedded_is_embedded_again(
    bank: Bank, counting: Counting, gardens: int
) -> None:
    def change_once() -> None:
        counting.before = lambda: None
        with bank.database.writing() as session:
            session.execute(update(EntryText).where(EntryText.entry_id == gardens).values(summary="Un río con peces."))
        change(bank, gardens)
        index(bank)

    counting.before = change_once
    assert embed_next(bank) == "embedded"
    assert count_waiting_for_vectors(bank) == 1
    assert embed_next(bank) == "embedded"
    assert count_waiting_for_vectors(bank) == 0
    assert by_meaning(bank, "river fish") == [gardens]
    assert check_bank(bank).clean


def test_an_entry_that_can_not_be_embedded_is_set_aside_and_named_and_holds_nobody_up(
    bank: Bank, counting: Counting, gardens: int, publish: Publish, tmp_path: Path
) -> None:
    good = publish(experience(tmp_path / "in", 1)).entry

    def refuse() -> None:
        counting.before = lambda: None
        raise ZeroDivisionError("a number of nothing")

    counting.before = refuse
    assert dict(embed_all(bank)) == {"failed": 1, "embedded": 1}
    assert set(store_of(bank).versions()) == {good}
    why = "ZeroDivisionError: a number of nothing"
    assert check_bank(bank).faults == (f"Ficha {gardens} «Huertos»: no se puede encontrar por su sentido: {why}",)
    assert count_waiting_for_vectors(bank) == stats(bank).pending["meaning"] == 0
    with bank.database.writing() as session:
        session.execute(update(Unembedded).values(again=now()))
    assert embed_next(bank) == "embedded"
    assert check_bank(bank).clean


@pytest.mark.parametrize("failure", [NoModel(reason="gone"), OSError("disk"), Busy(), EmbeddingStopped()])
def test_a_failure_that_may_pass_leaves_every_entry_waiting(
    bank: Bank, counting: Counting, gardens: int, failure: Exception
) -> None:
    def refuse() -> None:
        raise failure

    counting.before = refuse
    with pytest.raises(type(failure)):
        embed_next(bank)
    counting.before = lambda: None
    with pytest.raises(type(failure)):
        embed_next(bank, pause=refuse)
    assert (count_waiting_for_vectors(bank), check_bank(bank).clean) == (1, True)
    assert embed_next(bank) == "embedded"


def test_check_names_where_vectors_and_catalogue_disagree(
    bank: Bank, gardens: int, publish: Publish, tmp_path: Path
) -> None:
    second, third = (publish(experience(tmp_path / "in", number)).entry for number in (1, 2))
    embed_all(bank)
    store = store_of(bank)
    row = store.get(gardens)
    assert row is not None
    store.put(replace(row, version=99))
    assert second is not None
    store.drop([second])
    store.put(replace(row, id=77))
    version = row.version
    assert {fault.partition(". ")[0] for fault in check_bank(bank).faults} == {
        f"Ficha {gardens} «Huertos»: tiene vectores de la versión 99; la publicada es la {version}",
        f"Ficha {second} «Experiencia ficticia 1»: no tiene vectores y no se encuentra por su sentido",
        "Ficha 77: tiene vectores, pero no está publicada",
    }
    assert queue_outdated_vectors(bank) == 3
    assert check_bank(bank).clean
    assert dict(embed_all(bank)) == {"unchanged": 1, "embedded": 1, "dropped": 1}
    assert set(store.versions()) == {gardens, second, third}
    assert check_bank(bank).clean


def test_other_landmarks_place_every_entry_anew_and_embed_none(
    settings: Settings, bank: Bank, counting: Counting, gardens: int
) -> None:
    embed_all(bank)
    texts = ["La lluvia llena el río.", "Music in the museum.", "Les élèves plantent."]
    changed = replace(bank, meaning=Meaning(counting, VectorStore(settings.vectors_file), texts))  # type: ignore[arg-type]
    assert by_meaning(changed, "school gardens where pupils grow food") in ([], [gardens])
    assert queue_outdated_vectors(changed) == 1
    counting.asked.clear()
    assert dict(embed_all(changed)) == {"unchanged": 1}
    assert counting.asked == texts
    row = store_of(changed).get(gardens)
    assert row is not None
    assert row.placed.shape == (1, 3)
    assert queue_outdated_vectors(changed) == 0


def test_taking_stock_leaves_alone_who_waits_already(bank: Bank, gardens: int) -> None:
    with bank.database.writing() as session:
        unembedded.postpone_embedding(session, gardens, "some error")
    assert queue_outdated_vectors(bank) == 0
    with bank.database.reading() as session:
        assert dict(unembedded.embedding_failures(session)) == {gardens: "some error"}
    assert queue_outdated_vectors(bank, every=True) == 1
    with bank.database.reading() as session:
        assert dict(unembedded.embedding_failures(session)) == {}


def test_words_follow_the_index(bank: Bank, counting: Counting, gardens: int) -> None:
    embed_all(bank)
    words = set(store_of(bank).words())
    assert {"familia", "mercado", "verduras"} <= words
    assert not {"visita0", "en", "la", "los"} & words
    counting.asked.clear()
    embed_all(bank)
    assert counting.asked == []
    store_of(bank).put_words(["extranjera"], shrink_vectors(counting(["extranjera"])))
    embed_all(bank)
    assert set(store_of(bank).words()) == words
