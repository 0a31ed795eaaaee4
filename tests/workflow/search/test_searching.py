from collections.abc import Iterator

import pytest

from bank.assembly import open_bank
from bank.errors import Invalid
from bank.jobs.indexer import open_indexer
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.search.searching import complete_query, matching_ids, search
from tests.making_files import experience, markdown


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """A bank with twelve fictional experiences and a report; the tests of this file only read it."""
    folder = tmp_path_factory.mktemp("searching")
    text = (
        "Las Redes de Mujeres sin Violencia nacieron en los barrios. "
        "El rol de los parques urbanos frente al cambio climático."
    )
    report = markdown(
        folder / "files",
        "redes.md",
        title="Memoria: de prueba",
        front="city: mx-leon\nyear: 2018",
        sections=[("Inicio", "Nada."), ("Logros", text)],
    )
    bank = open_bank(Settings(home=folder / "bank"))
    with open_indexer(bank) as index:
        for path in [*(experience(folder / "files", number) for number in range(12)), report]:
            import_file(bank, path, ImportWishes(publish=True))
        index.finish()
    yield bank
    bank.database.close()


@pytest.mark.parametrize(
    "words",
    [
        "Redes de Mujeres sin violencia",
        "redes mujeres",
        "mujer violencias",
        '"parques urbanos frente al cambio climático"',
        "parque climatico",
        "memoria: de prueba",
        "city:leon climático",
    ],
)
def test_the_words_lead_to_the_page_where_they_stand(filled: Bank, words: str) -> None:
    found = search(filled, words, Filters())
    assert found.total == 1
    hit = found.hits[0]
    assert hit.card.titles["es"] == "Memoria: de prueba"


def test_a_snippet_names_its_page_and_marks_what_matched(filled: Bank) -> None:
    hit = search(filled, "redes mujeres violencia", Filters()).hits[0]
    snippet = hit.snippets[0]
    assert (snippet.file, snippet.page, snippet.label) == (1, 2, "Logros")
    assert {snippet.text[start:end] for start, end in snippet.marks} >= {"Redes", "Mujeres", "Violencia"}


def test_facets_count_just_the_result_and_ignore_their_own_selection(filled: Bank) -> None:
    everything = search(filled, "", Filters())
    assert everything.total == 13
    kinds = {value.value: value.count for value in everything.facets["kind"]}
    assert kinds == {"experience": 12, "report": 1}
    chosen = search(filled, "", Filters(kind=("report",)))
    assert chosen.total == 1
    assert {value.value: (value.count, value.selected) for value in chosen.facets["kind"]} == {
        "experience": (12, False),
        "report": (1, True),
    }


def test_a_chosen_value_that_finds_nothing_is_shown_with_zero(filled: Bank) -> None:
    found = search(filled, "", Filters(theme=("deporte",)))
    assert found.total == 0
    assert [(value.value, value.count) for value in found.facets["theme"] if value.selected] == [("deporte", 0)]


def test_paging_gives_every_entry_once(filled: Bank) -> None:
    pages = [search(filled, "", Filters(), "title", page, 5) for page in (1, 2, 3)]
    ids = [hit.card.id for view in pages for hit in view.hits]
    assert len(ids) == len(set(ids)) == 13
    assert ids == list(matching_ids(filled, "", Filters(), "title"))
    assert pages[0].pages == 3


@pytest.mark.parametrize(
    ("sort", "page", "size"), [("best", 1, 20), ("newest", 0, 20), ("newest", 1, 101), ("newest", 1, 0)]
)
def test_what_can_not_be_asked_is_refused(filled: Bank, sort: str, page: int, size: int) -> None:
    with pytest.raises(Invalid):
        search(filled, "huertos", Filters(), sort, page, size)


def test_a_misspelt_word_is_offered_as_one_that_has_hits(filled: Bank) -> None:
    found = search(filled, "presupuestp", Filters())
    assert found.did_you_mean == "presupuesto"
    assert search(filled, found.did_you_mean, Filters()).total > 0


def test_completion_offers_terms_cities_and_words(filled: Bank) -> None:
    assert ("León", "city") in {(one.text, one.kind) for one in complete_query(filled, "leo", "es")}
    assert ("Medio ambiente", "term") in {(one.text, one.kind) for one in complete_query(filled, "medio", "es")}
    assert "presupuesto" in {one.text for one in complete_query(filled, "presup", "es")}
    assert complete_query(filled, "p", "es") == ()
