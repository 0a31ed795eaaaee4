"""The piece of text that is shown with a hit found by its meaning, wherever the nearest passage stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue import outbox
from bank.catalogue.files import PageText
from bank.catalogue.tables import Entry
from bank.jobs.indexer import open_indexer
from bank.search.meaning.meaning import NearestPassage
from bank.search.meaning.passages import Passage
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.entries.new import EntryDescription, add_entry
from bank.workflow.entries.publishing import publish_entry
from bank.workflow.entries.views import HitView
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index import vectors
from bank.workflow.search.hits import place_of_passage
from bank.workflow.search.searching import search
from bank.workflow.search.similar import find_similar_entries
from tests.ingest.making_pdfs import book, lines
from tests.making_files import markdown

SUMMARY = "La ciudad ordena sus archivos históricos y los abre a quien investiga."
BEES = "En las azoteas de los edificios públicos se cuidan colmenas. Las abejas polinizan los parques del barrio."


@pytest.fixture
def bank(settings: Settings) -> Iterator[Bank]:
    made = open_bank(settings)
    yield made
    made.index.close()
    made.database.close()
    ingest.close_extractors()


def published(bank: Bank, fields: dict[str, object]) -> int:
    """An entry without files, indexed and embedded."""
    with open_indexer(bank) as index:
        with bank.database.writing() as session:
            described = EntryDescription("experience", "es", {"es": "Memoria de la villa"}, {"es": SUMMARY}, 2020)
            entry = add_entry(bank, session, described)
            entry.fields = fields
            publish_entry(session, entry, "test")
            number = entry.id
        index.finish()
    vectors.queue_outdated_vectors(bank)
    vectors.embed_all(bank)
    return number


def only_hit(bank: Bank, q: str) -> HitView:
    view = search(bank, q, Filters())
    assert [hit.by_meaning for hit in view.hits] == [True]
    return view.hits[0]


def test_a_public_field_that_means_it_is_shown(bank: Bank) -> None:
    published(bank, {"methodology": {"es": BEES}})
    snippets = only_hit(bank, "beekeeping workshops at school").snippets
    assert [snippet.text for snippet in snippets] == [BEES]
    assert (snippets[0].file, snippets[0].page) == (None, None)


def test_an_entry_that_is_alike_shows_its_public_field_too(bank: Bank) -> None:
    first, second = (published(bank, {"methodology": {"es": BEES}}) for _ in range(2))
    [hit] = find_similar_entries(bank, first)
    assert hit.card.id == second
    assert hit.snippets[0].text in (BEES, SUMMARY)


def test_a_summary_that_means_it_is_shown(bank: Bank) -> None:
    published(bank, {"methodology": {"es": BEES}})
    assert [snippet.text for snippet in only_hit(bank, "opening historical archives to researchers").snippets] == [
        SUMMARY
    ]


def test_a_passage_that_has_changed_since_gives_way_to_the_summary(bank: Bank) -> None:
    number = published(bank, {"methodology": {"es": BEES}})
    with bank.database.writing() as session:
        entry = session.get_one(Entry, number)
        entry.fields = {"methodology": {"es": "Otro texto, que nadie ha comparado todavía con nada."}}
        outbox.queue_for_index(session, entry)
    assert [snippet.text for snippet in only_hit(bank, "beekeeping workshops at school").snippets] == [SUMMARY]


PIECE = "La villa abre sus patios escolares por la tarde. "


def shown(bank: Bank, q: str) -> HitView:
    """The only hit, which is found by its words."""
    view = search(bank, q, Filters(), verbatim=True)
    (hit,) = [hit for hit in view.hits if not hit.by_meaning]
    return hit


def imported(bank: Bank, path: Path) -> int:
    with open_indexer(bank) as index:
        number = import_file(bank, path, ImportWishes(publish=True)).entry
        index.finish()
    assert number is not None
    return number


def test_a_phrase_on_more_than_two_pages_names_the_others(bank: Bank, tmp_path: Path) -> None:
    texts = [PIECE * 3 + ("Aquí crece el nopal blanco." if number in (1, 3, 4, 6) else "") for number in range(1, 8)]
    sections = [(f"Parte {number}", text) for number, text in enumerate(texts, 1)]
    imported(bank, markdown(tmp_path / "given", "nopal.md", title="Patios", sections=sections))
    hit = shown(bank, '"nopal blanco"')
    named = sorted([*(int(piece.page or 0) for piece in hit.snippets), *(page.page for page in hit.more_pages)])
    assert named == [1, 3, 4, 6]
    assert all("nopal blanco" in piece.text for piece in hit.snippets)


def test_a_phrase_that_goes_on_over_the_end_of_a_page_is_shown(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "given.pdf"
    path.write_bytes(book([lines([PIECE, "Cada barrio cuida su nopal"]), lines(["blanco y lo riega.", PIECE])]))
    imported(bank, path)
    hit = shown(bank, '"nopal blanco"')
    (piece,) = hit.snippets
    assert (piece.page, "nopal blanco" in " ".join(piece.text.split())) == (1, True)


def test_words_that_only_a_field_has_are_shown(bank: Bank) -> None:
    published(bank, {"objectives": {"es": ["Que nadie olvide la jacaranda morada."]}})
    hit = shown(bank, "jacaranda")
    assert [piece.text for piece in hit.snippets] == ["Que nadie olvide la jacaranda morada."]


ROWS = [("Municipio", "Villa Ejemplo"), ("Método", "Cada barrio cuida su nopal blanco"), ("Años", "2021 a 2023")]
TABLE = "| Rubro | Respuesta |\n| --- | --- |\n" + "\n".join(f"| {label} | {value} |" for label, value in ROWS)


def test_rows_of_a_table_are_shown_with_their_cells_apart_and_without_bars(bank: Bank, tmp_path: Path) -> None:
    imported(bank, markdown(tmp_path / "given", "nopal.md", title="Patios", sections=[("Ficha", TABLE)]))
    (piece,) = shown(bank, '"nopal blanco"').snippets
    assert "Municipio · Villa Ejemplo; Método · Cada barrio cuida su nopal blanco; Años · 2021 a 2023" in piece.text
    assert [piece.text[start:end] for start, end in piece.marks] == ["nopal blanco"]


def test_a_row_found_by_its_meaning_is_shown_without_bars(bank: Bank, tmp_path: Path) -> None:
    bees = TABLE.replace("Cada barrio cuida su nopal blanco", BEES)
    imported(bank, markdown(tmp_path / "given", "colmenas.md", title="Azoteas", sections=[("Ficha", bees)]))
    vectors.queue_outdated_vectors(bank)
    vectors.embed_all(bank)
    texts = [piece.text for piece in only_hit(bank, "beekeeping workshops at school").snippets]
    assert any("·" in text for text in texts)
    assert not any(" | " in text for text in texts)


def test_a_passage_that_begins_in_what_goes_on_overleaf_names_that_page() -> None:
    page, after = (
        PageText("i", "Requisitos\nLa lista está en el anexo"),
        PageText("ii", "Se debe mostrar la\nestructura."),
    )
    nearest = NearestPassage(1, 3, 1, b"", 0.5)
    overleaf = Passage(1, 3, 1, "Se debe mostrar la estructura.")
    assert place_of_passage(overleaf, nearest, page, after) == (1, 4, "ii")
    assert place_of_passage(Passage(1, 3, 0, "La lista está en el anexo Se debe"), nearest, page, after) == (1, 3, "i")
    assert place_of_passage(overleaf, nearest, page, None) == (1, 3, "i")
