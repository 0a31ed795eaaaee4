"""Words that mean the same: the list that coordinators edit, and what a search does with it."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue.synonyms import drop_synonyms, write_synonyms
from bank.catalogue.tables import Audit
from bank.cli.main import app
from bank.errors import Invalid, NotFound, SignInNeeded
from bank.jobs.indexer import open_indexer
from bank.search.request import Filters
from bank.search.snippets import mark_matches
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.entries import exporting
from bank.workflow.entries.views import SearchView
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.rights import Viewer
from bank.workflow.search.remarks import result_remarks
from bank.workflow.search.searching import matching_entries, matching_ids, query_to_mark, search
from bank.workflow.search.synonyms import (
    MOST_TERMS_IN_GROUP,
    add_synonyms,
    change_synonyms,
    remove_synonyms,
    synonym_groups,
)
from bank.workflow.search.thesaurus import MOST_SYNONYMS
from tests.making_files import markdown

COORDINATOR, EDITOR = Viewer(1, "Coordinadora", "coordinator"), Viewer(2, "Editora", "editor", frozenset({"mx-leon"}))
TEXTS = {
    "ayuntamiento": "El ayuntamiento abre sus puertas a las escuelas del barrio cada primavera.",
    "cabildo": "El cabildo escucha a los jóvenes de las escuelas en sesión abierta.",
    "familia": "El Desarrollo Integral de la Familia acompaña a los cuidadores con talleres.",
    "dif": "El DIF reparte desayunos y acompaña a las familias.",
    "mayores": "Las personas mayores cuentan la historia del barrio en la radio.",
    "adultos": "Los adultos mayores aprenden a usar el teléfono.",
    "otra": "Los adultos acompañan a los alumnos mayores en la visita al museo.",
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bank, dict[str, int]]]:
    folder = tmp_path_factory.mktemp("synonyms")
    bank = open_bank(Settings(home=folder / "bank", semantic="off"))
    numbers: dict[str, int] = {}
    for name, text in TEXTS.items():
        path = markdown(folder, f"{name}.md", title=f"Ficha {name[:2]}", sections=[("A", text)])
        numbers[name] = import_file(bank, path, ImportWishes(publish=True)).entry or 0
    with open_indexer(bank) as indexer:
        indexer.finish()
    yield bank, numbers
    bank.index.close()
    bank.database.close()
    ingest.close_extractors()


def found(bank: Bank, numbers: dict[str, int], q: str, verbatim: bool = False) -> list[str]:
    names = {number: name for name, number in numbers.items()}
    return [names[hit.card.id] for hit in search(bank, q, Filters(), verbatim=verbatim).hits]


def test_one_finds_the_other_below(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = shared
    assert found(bank, numbers, "cabildo") == ["cabildo", "ayuntamiento"]
    assert found(bank, numbers, "Ayuntamientos") == ["ayuntamiento", "cabildo"]
    assert found(bank, numbers, "DIF") == ["dif", "familia"]
    assert found(bank, numbers, "desarrollo integral de la familia")[:2] == ["familia", "dif"]
    assert found(bank, numbers, "cabildo escuelas jóvenes")[0] == "cabildo"


def test_a_phrase_is_found_as_a_phrase(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = shared
    assert set(found(bank, numbers, "personas mayores")) >= {"mayores", "adultos"}
    assert found(bank, numbers, "personas mayores")[0] == "mayores"
    assert "otra" not in found(bank, numbers, "personas mayores")
    assert set(found(bank, numbers, "adulto mayor")) >= {"adultos", "mayores", "otra"}
    assert found(bank, numbers, "adulto mayor")[-1] == "mayores"


def test_a_word_that_stands_only_as_its_synonym_is_not_the_one_that_is_left_out(
    shared: tuple[Bank, dict[str, int]],
) -> None:
    bank, numbers = shared
    id = add_synonyms(bank, COORDINATOR, "concejo, simulacro, cuidadores")
    view = search(bank, "zqxwv concejo", Filters())
    assert (view.dropped, view.corrected) == (("zqxwv",), None)
    assert [hit.card.id for hit in view.hits] == [numbers["familia"]]
    remove_synonyms(bank, COORDINATOR, id)


def test_the_result_tells_it_and_marks_it(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = shared
    view = search(bank, "cabildo", Filters())
    assert view.also_searched == ("ayuntamiento",)
    remarks = result_remarks(view, "cabildo", "es")
    assert [(one.text, one.verbatim) for one in remarks] == [("También se buscó: “ayuntamiento”.", True)]
    other = view.hits[1].snippets[0]
    assert [other.text[start:end] for start, end in other.marks] == ["ayuntamiento"]
    assert (view.corrected, view.did_you_mean, view.dropped) == (None, None, ())


@pytest.mark.parametrize("q", ['"cabildo"', "title:cabildo", "cabildo OR sesión", "-cabildo", "cabil*", "theme:dif"])
def test_what_is_asked_exactly_is_not_widened(shared: tuple[Bank, dict[str, int]], q: str) -> None:
    bank, _ = shared
    view = search(bank, q, Filters())
    assert view.also_searched == ()


def test_as_typed_finds_only_that(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = shared
    assert found(bank, numbers, "cabildo", verbatim=True) == ["cabildo"]
    assert search(bank, "cabildo", Filters(), verbatim=True).also_searched == ()
    assert len(matching_ids(bank, "cabildo", Filters())) == 2


def test_a_page_that_was_opened_from_the_result_marks_it_too(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = shared
    text = TEXTS["ayuntamiento"]
    marks = mark_matches(text, query_to_mark(bank, "cabildo"), "es")
    assert [text[start:end] for start, end in marks] == ["ayuntamiento"]
    assert mark_matches(text, query_to_mark(bank, "cabildo", verbatim=True), "es") == ()


def test_downloads_say_what_was_searched_beside(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = shared
    stream = io.BytesIO()
    exporting.export_entries(bank, "jsonl", matching_entries(bank, "cabildo", Filters()), stream)
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(one["id"], one["found"]["reason"]) for one in told] == [
        (numbers["cabildo"], "all"),
        (numbers["ayuntamiento"], "all"),
    ]
    assert told[0]["found"]["also_searched"] == ["ayuntamiento"]
    dropped = matching_entries(bank, "cabildo zqxwv", Filters())
    assert {found.dropped for found in dropped.values()} == {("zqxwv",)}


def test_the_command_tells_it(shared: tuple[Bank, dict[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    bank, _ = shared
    monkeypatch.setenv("BANK_HOME", str(bank.settings.home))
    monkeypatch.setenv("BANK_SEMANTIC", "off")
    told = CliRunner().invoke(app, ["search", "cabildo"])
    assert "También se buscó: “ayuntamiento”." in told.stdout
    lines = CliRunner().invoke(app, ["search", "--json", "cabildo"]).stdout.splitlines()
    assert [json.loads(line)["also_searched"] for line in lines] == [["ayuntamiento"]] * 2
    assert [json.loads(line)["dropped"] for line in lines] == [[]] * 2


def test_what_is_excluded_is_not_searched_beside(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = shared
    assert found(bank, numbers, "cabildo -ayuntamiento") == ["cabildo"]
    assert search(bank, "cabildo -ayuntamiento", Filters()).also_searched == ()
    assert search(bank, "cabildo -ayuntamientos", Filters()).also_searched == ()


def test_a_change_works_at_once(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = shared
    assert found(bank, numbers, "desayunos") == ["dif"]
    id = add_synonyms(bank, COORDINATOR, "desayunos, museo")
    assert set(found(bank, numbers, "desayunos")) == {"dif", "otra"}
    with open_other(bank) as other:
        assert set(found(other, numbers, "desayunos")) == {"dif", "otra"}
        change_synonyms(other, COORDINATOR, id, "desayunos = radio")
    assert found(bank, numbers, "desayunos") == ["dif", "mayores"]
    remove_synonyms(bank, COORDINATOR, id)
    assert found(bank, numbers, "desayunos") == ["dif"]
    with bank.database.reading() as session:
        acts = [act for act in session.scalars(select(Audit.act)) if act.endswith("_synonyms")]
    assert acts[-3:] == ["add_synonyms", "change_synonyms", "remove_synonyms"]


def test_a_group_that_was_shipped_stays_as_coordinators_have_it(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = shared
    group = next(one for one in synonym_groups(bank, COORDINATOR) if one.id == "dif")
    assert (group.shipped, group.changed) == (True, False)
    remove_synonyms(bank, COORDINATOR, "dif")
    with open_other(bank) as other:
        assert "dif" not in {one.id for one in synonym_groups(other, COORDINATOR)}
        assert found(other, numbers, "DIF") == ["dif"]
    add_synonyms(bank, COORDINATOR, ", ".join(group.terms))
    assert found(bank, numbers, "DIF") == ["dif", "familia"]


def test_what_is_asked_uncorrected_is_found_with_synonyms_too(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = shared
    found_ids = matching_ids(bank, "cabildo", Filters(), "newest", uncorrected=True)
    assert set(found_ids) == {numbers["cabildo"], numbers["ayuntamiento"]}
    assert matching_ids(bank, "cavildo", Filters(), "newest", uncorrected=True) == ()


def test_where_two_groups_have_a_word_that_of_coordinators_counts(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = shared
    with bank.database.writing() as session:
        write_synonyms(session, "own-0", ("adultos mayores", "abuelos"))
    with open_other(bank) as other:
        assert search(other, "adultos mayores", Filters()).also_searched == ("abuelos",)
    with bank.database.writing() as session:
        drop_synonyms(session, "own-0")


def test_invisible_characters_that_were_pasted_are_left_out(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = shared
    id = add_synonyms(bank, COORDINATOR, "par\u00adque, jar\u200bdín")
    assert ("parque", "jardín") in {group.terms for group in synonym_groups(bank, COORDINATOR)}
    remove_synonyms(bank, COORDINATOR, id)


def test_only_who_runs_the_search_may_change_it(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = shared
    for viewer, refusal in ((None, SignInNeeded), (EDITOR, NotFound)):
        with pytest.raises(refusal):
            synonym_groups(bank, viewer)
        with pytest.raises(refusal):
            add_synonyms(bank, viewer, "parque, jardín")
        with pytest.raises(refusal):
            change_synonyms(bank, viewer, "cabildo", "parque, jardín")
        with pytest.raises(refusal):
            remove_synonyms(bank, viewer, "cabildo")
    with pytest.raises(Invalid, match="taken away meanwhile"):
        change_synonyms(bank, COORDINATOR, "no-such-group", "parque, jardín")


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "parque",
        "parque, Parque, PARQUE",
        "parque, de la",
        "parque, 12345",
        "parque, x",
        "parque, ---",
        "parque, " + "j" * 81,
        "parque, uno dos tres cuatro cinco seis siete ocho nueve",
        ", ".join(f"palabra{letter}" for letter in "abcdefghijk"),
        "parque, cabildo",
        "parque, jardín",
    ],
)
def test_junk_is_refused_with_a_sentence(shared: tuple[Bank, dict[str, int]], junk: str) -> None:
    bank, _ = shared
    before = synonym_groups(bank, COORDINATOR)
    with pytest.raises(Invalid) as told:
        add_synonyms(bank, COORDINATOR, junk)
    assert told.value.sentence
    assert synonym_groups(bank, COORDINATOR) == before


def test_a_question_adds_a_bounded_number(shared: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = shared
    groups = [
        add_synonyms(bank, COORDINATOR, ", ".join(f"{start}{letter}" for letter in "abcdefghij"[:MOST_TERMS_IN_GROUP]))
        for start in ("uno", "dos")
    ]
    view: SearchView = search(bank, "unoa dosa", Filters())
    assert len(view.also_searched) == MOST_SYNONYMS
    for id in groups:
        remove_synonyms(bank, COORDINATOR, id)


@contextmanager
def open_other(bank: Bank) -> Iterator[Bank]:
    """The bank as another process opens it."""
    other = open_bank(bank.settings)
    try:
        yield other
    finally:
        other.index.close()
        other.database.close()
