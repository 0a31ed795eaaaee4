"""Suggestions for texts, files and entries, and what people decide about them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue import audit
from bank.catalogue.tables import Decision, Entry, Outbox, Tag
from bank.errors import Invalid, NotFound
from bank.jobs.indexer import open_indexer
from bank.search.analysis import stem
from bank.search.meaning.encoder import NoModel, Vectors
from bank.search.meaning.sentences import split_sentences
from bank.settings import Settings
from bank.tagging.tagger import Tagger
from bank.tagging.values import Document, DocumentPart, TextAnalysis
from bank.vocabulary import load_profiles, load_vocabulary
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index import vectors
from bank.workflow.search.neighbours import tagged_neighbours
from bank.workflow.tags.deciding import DecisionOutcome, GivenOtherwise, decide_on_term
from bank.workflow.tags.quality import tag_quality
from bank.workflow.tags.suggesting import suggest_entry, suggest_file, suggest_for_document, suggest_text
from tests.making_files import markdown

GARDEN = "El alumnado separa residuos, hace composta y riega con agua de lluvia un huerto de plantas nativas. " * 3
MARKET = "Los puestos del mercado venden lo que cultivan las escuelas, y las familias cocinan juntas los sábados."
OUTCOMES: tuple[DecisionOutcome, ...] = ("accepted", "rejected")
SOMEBODY = "coordinadora@red.example"


@pytest.fixture
def bank(home: Path) -> Iterator[Bank]:
    """A bank that goes by words alone, so that its tests are quick."""
    made = open_bank(Settings(home=home, semantic="off"))
    yield made
    made.database.close()
    ingest.close_extractors()


def entry(bank: Bank, folder: Path, name: str = "huerto", front: str = "", publish: bool = True) -> int:
    """An entry of two pages about a school garden; its number."""
    sections = [("Presentación", f"Esto es {name}."), ("Desarrollo", GARDEN)]
    path = markdown(folder, f"{name}.md", title=f"Reciclaje: {name}", front=f"year: 2022\n{front}", sections=sections)
    taken = import_file(bank, path, ImportWishes(publish=publish))
    assert taken.entry is not None
    return taken.entry


def tags(session: Session, number: int) -> list[tuple[str, str, str, bool]]:
    rows = session.scalars(select(Tag).where(Tag.entry_id == number).order_by(Tag.vocabulary, Tag.position))
    return [(row.vocabulary, row.charter, row.term, row.primary) for row in rows]


def count(session: Session, table: type[Decision] | type[Outbox]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_text_gets_suggestions_that_stand_on_no_page(bank: Bank) -> None:
    found = suggest_text(bank, "Reciclaje", GARDEN)
    assert found.principles[0].term == "13"
    assert {(one.file, one.page) for one in found.principles[0].evidence} == {(None, None)}


def test_what_a_visitor_sends_is_not_kept_in_memory_and_an_entry_is(bank: Bank, tmp_path: Path) -> None:
    suggest_text(bank, "Reciclaje", GARDEN)
    assert bank.tagger.remembered.sentences == 0
    suggest_entry(bank, entry(bank, tmp_path))
    assert bank.tagger.remembered.sentences > 0


def test_an_entry_gets_them_with_file_and_page(bank: Bank, tmp_path: Path) -> None:
    found = suggest_entry(bank, entry(bank, tmp_path))
    assert found.themes[0].term == "medio-ambiente"
    assert {(one.file, one.page) for one in found.themes[0].evidence} == {(1, 2)}


def test_an_entry_without_vectors_has_no_neighbours(bank: Bank, tmp_path: Path) -> None:
    assert tagged_neighbours(bank, entry(bank, tmp_path)) == ()


def test_a_draft_gets_none_for_the_public(bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        suggest_entry(bank, entry(bank, tmp_path, publish=False))
    with pytest.raises(NotFound):
        suggest_entry(bank, 999)


def test_a_file_is_read_and_not_stored(bank: Bank, tmp_path: Path) -> None:
    path = markdown(tmp_path, "a.md", title="Reciclaje", sections=[("Uno", GARDEN)])
    limits = ingest.Limits(max_bytes=10**6)
    found = suggest_file(bank.tagger, path, limits)
    assert found.principles[0].evidence[0].page == 1
    assert list(bank.uploads.digests()) == []
    (tmp_path / "vacio.pdf").write_bytes(b"")
    for name in ("vacio.pdf", "nada.pdf"):
        with pytest.raises(Invalid):
            suggest_file(bank.tagger, tmp_path / name, limits)


def test_accepting_adds_the_tag_keeps_the_decision_and_tells_the_index(bank: Bank, tmp_path: Path) -> None:
    number = entry(bank, tmp_path)
    shown = suggest_entry(bank, number)
    with bank.database.reading() as session:
        before = session.get_one(Entry, number).version, count(session, Outbox), audit.last_audit_id(session)
    decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "13")
    decide_on_term(bank, "accepted", SOMEBODY, number, "theme", "medio-ambiente")
    with bank.database.reading() as session:
        assert tags(session, number) == [("principle", "2020", "13", True), ("theme", "", "medio-ambiente", False)]
        kept = session.scalars(select(Decision).order_by(Decision.id)).all()
        assert [(one.term, one.outcome, one.place, one.actor) for one in kept] == [
            ("13", "accepted", 1, SOMEBODY),
            ("medio-ambiente", "accepted", 1, SOMEBODY),
        ]
        assert (kept[0].score, kept[0].method) == (shown.principles[0].score, shown.method)
        after = session.get_one(Entry, number).version, count(session, Outbox), audit.last_audit_id(session)
        assert after == (before[0] + 2, before[1] + 2, before[2] + 2)
        assert audit.broken_audit_rows(session) == []


def test_a_second_principle_is_not_the_primary_one(bank: Bank, tmp_path: Path) -> None:
    number = entry(bank, tmp_path, front="principles: [4]")
    decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "13")
    with bank.database.reading() as session:
        assert tags(session, number) == [("principle", "2020", "4", True), ("principle", "2020", "13", False)]


def test_accepting_twice_changes_nothing_more(bank: Bank, tmp_path: Path) -> None:
    number = entry(bank, tmp_path)
    for _ in range(2):
        decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "13")
    with bank.database.reading() as session:
        assert count(session, Decision) == 1
        assert len(tags(session, number)) == 1


def test_accepting_what_the_entry_has_keeps_the_decision_alone(bank: Bank, tmp_path: Path) -> None:
    number = entry(bank, tmp_path, front="principles: [13]")
    with bank.database.reading() as session:
        version = session.get_one(Entry, number).version
    decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "13")
    with bank.database.reading() as session:
        assert session.get_one(Entry, number).version == version
        assert count(session, Decision) == 1


def test_who_changes_their_mind_takes_the_tag_back_and_the_newest_holds(bank: Bank, tmp_path: Path) -> None:
    number = entry(bank, tmp_path)
    decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "13")
    decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "4")
    decide_on_term(bank, "rejected", SOMEBODY, number, "principle", "13")
    with bank.database.reading() as session:
        assert tags(session, number) == [("principle", "2020", "4", True)]
    (four, thirteen) = tag_quality(bank)
    assert (four.term, four.accepted, four.rejected) == ("4", 1, 0)
    assert (thirteen.term, thirteen.accepted, thirteen.rejected) == ("13", 0, 1)


def test_rejecting_leaves_a_tag_that_nobody_accepted(bank: Bank, tmp_path: Path) -> None:
    """Nothing is kept either: a rejected tag that the entry carries would count as wrong and as missed."""
    number = entry(bank, tmp_path, front="principles: [13]")
    for _ in range(2):
        with pytest.raises(GivenOtherwise, match="not from a suggestion"):
            decide_on_term(bank, "rejected", SOMEBODY, number, "principle", "13")
    with bank.database.reading() as session:
        assert tags(session, number) == [("principle", "2020", "13", True)]
        assert count(session, Decision) == 0
    assert tag_quality(bank) == ()


def test_rejecting_after_all_takes_back_only_what_accepting_gave(bank: Bank, tmp_path: Path) -> None:
    number = entry(bank, tmp_path, front="principles: [13]")
    decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "13")
    with pytest.raises(GivenOtherwise):
        decide_on_term(bank, "rejected", SOMEBODY, number, "principle", "13")
    decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "4")
    decide_on_term(bank, "rejected", SOMEBODY, number, "principle", "4")
    decide_on_term(bank, "accepted", SOMEBODY, number, "principle", "4")
    with bank.database.reading() as session:
        assert [term for _, _, term, _ in tags(session, number)] == ["13", "4"]
        kept = session.scalars(select(Decision).order_by(Decision.id))
        assert [(one.term, one.outcome, one.applied) for one in kept] == [
            ("13", "accepted", False),
            ("4", "accepted", True),
            ("4", "rejected", True),
            ("4", "accepted", True),
        ]


@pytest.mark.parametrize(("vocabulary", "term"), [("principle", "21"), ("theme", "nada"), ("kind", "report"), ("", "")])
def test_an_unknown_term_is_refused_and_nothing_is_kept(bank: Bank, tmp_path: Path, vocabulary: str, term: str) -> None:
    number = entry(bank, tmp_path)
    for outcome in OUTCOMES:
        with pytest.raises(Invalid):
            decide_on_term(bank, outcome, SOMEBODY, number, vocabulary, term)
    with bank.database.reading() as session:
        assert count(session, Decision) == 0


def test_an_entry_that_is_not_there_is_not_found(bank: Bank) -> None:
    for outcome in OUTCOMES:
        with pytest.raises(NotFound):
            decide_on_term(bank, outcome, SOMEBODY, 999, "principle", "13")


def test_quality_tells_precision_and_recall_by_term(bank: Bank, tmp_path: Path) -> None:
    first = entry(bank, tmp_path, "uno", front="principles: [4]")
    second = entry(bank, tmp_path, "dos")
    entry(bank, tmp_path, "tres", front="principles: [13]")
    assert tag_quality(bank) == ()
    decide_on_term(bank, "accepted", SOMEBODY, first, "principle", "13")
    decide_on_term(bank, "rejected", SOMEBODY, second, "principle", "13")
    found = {one.term: one for one in tag_quality(bank)}
    assert set(found) == {"4", "13"}
    assert (found["13"].decided, found["13"].precision, found["13"].recall) == (2, 0.5, 1.0)
    assert (found["4"].decided, found["4"].precision, found["4"].recall) == (0, None, 0.0)


def test_where_the_model_cannot_be_read_words_decide() -> None:
    def unreadable(texts: Sequence[str]) -> Vectors:
        raise NoModel(reason=f"no file, {len(texts)} texts")

    tagger = Tagger(load_vocabulary(), load_profiles, TextAnalysis(split_sentences, stem, unreadable))
    found = suggest_for_document(tagger, Document("Reciclaje", (DocumentPart(GARDEN),)))
    assert (found.method, found.principles[0].term) == ("1", "13")


def test_the_tags_of_the_entries_most_like_it_count_for_an_entry(home: Path, tmp_path: Path) -> None:
    made = open_bank(Settings(home=home))
    try:
        with open_indexer(made) as index:
            first = entry(made, tmp_path, "uno", front="principles: [12]\nthemes: [infancia]")
            second = entry(made, tmp_path, "dos")
            entry(made, tmp_path, "tres")
            index.finish()
            vectors.embed_all(made)
        (near,) = tagged_neighbours(made, second)
        assert near.tags == {"principle": ("12",), "theme": ("infancia",)}
        assert near.similarity > 0.8
        assert tagged_neighbours(made, first) == ()
    finally:
        made.index.close()
        made.database.close()


def test_nearer_entries_without_tags_do_not_hide_those_that_have_some(home: Path, tmp_path: Path) -> None:
    made = open_bank(Settings(home=home))
    try:
        with open_indexer(made) as index:
            asked = entry(made, tmp_path, "uno")
            for name in ("dos", "tres", "cuatro", "cinco", "seis", "siete"):
                entry(made, tmp_path, name)
            sections = [("Presentación", "Otro barrio."), ("Desarrollo", f"{MARKET} {GARDEN[:100]}")]
            path = markdown(tmp_path, "ocho.md", title="Mercado", front="principles: [12]", sections=sections)
            import_file(made, path, ImportWishes(publish=True))
            index.finish()
            vectors.embed_all(made)
        (near,) = tagged_neighbours(made, asked)
        assert near.tags["principle"] == ("12",)
        assert 0.35 <= near.similarity < 0.95
    finally:
        made.index.close()
        made.database.close()
