"""A search that names a theme, a principle, a goal or a group is offered that filter, in whichever language it is."""

from collections.abc import Iterator

import pytest

from bank.assembly import open_bank
from bank.jobs.indexer import open_indexer
from bank.search.query import parse_query
from bank.search.request import Filters
from bank.settings import Settings
from bank.vocabulary import load_vocabulary
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from bank.workflow.search.offered_filters import terms_named_by
from bank.workflow.search.question import Question
from bank.workflow.search.searching import search
from bank.workflow.search.term_names import OFFERED_FACETS
from tests.making_files import experience, markdown


def terms_in(q: str) -> tuple[str, ...]:
    return tuple(f"{facet} {value}" for facet, value in terms_named_by(load_vocabulary(), Question(parse_query(q), q)))


@pytest.mark.parametrize(
    ("q", "term"),
    [
        ("medio ambiente", "theme medio-ambiente"),
        ("environment", "theme medio-ambiente"),
        ("Meio Ambiente", "theme medio-ambiente"),
        ("ambiente", "theme medio-ambiente"),
        ("l'environnement", "theme medio-ambiente"),
        ("medi ambient", "theme medio-ambiente"),
        ("gent gran", "theme personas-mayores"),
        ("persona mayor", "theme personas-mayores"),
        ("personnes agees", "theme personas-mayores"),
        ("terceira idade", "theme personas-mayores"),
        ("older people", "theme personas-mayores"),
        ("la inclusión social en los barrios", "theme inclusion-social"),
        ('huertos "participació ciutadana"', "theme participacion-ciudadana"),
        ("citizen participation in schools", "theme participacion-ciudadana"),
        ("droits de l'homme", "theme derechos-humanos-valores"),
        ("promotion de la santé", "principle 14"),
        ("acces a la cultura", "principle 4"),
        ("principio 8", "principle 8"),
        ("princípio 8 na escola", "principle 8"),
        ("principle no. 8", "principle 8"),
        ("le principe 8", "principle 8"),
        ("principi 8", "principle 8"),
        ("ODS 4", "sdg 4"),
        ("ods4", "sdg 4"),
        ("ODS 4.1", "sdg 4"),
        ("SDG 4", "sdg 4"),
        ("ODD 4", "sdg 4"),
        ("objectiu de desenvolupament sostenible 4", "sdg 4"),
        ("ville durable", "sdg 11"),
        ("educació de qualitat", "sdg 4"),
        ("dones", "group mujeres"),
        ("teacher", "group docentes"),
        ("professores", "group docentes"),
        ("enseignants", "group docentes"),
        ("mujeres emprendedoras", "group mujeres"),
        ("deporte OR infancia", "theme infancia"),
    ],
)
def test_a_term_is_recognised_in_every_language(q: str, term: str) -> None:
    assert term in terms_in(q)


@pytest.mark.parametrize(
    "q",
    [
        "",
        "8",
        "de la",
        "huertos escolares",
        "ambiente familiar",
        "salud mental",
        "14 fichas",
        "theme:cultura",
        "title:cultura",
        "-cultura",
        "cultur*",
        "medio OR ambiente",
        "medio -ambiente",
        "principio 21",
        "ODS 18",
    ],
)
def test_what_names_no_term_is_offered_nothing(q: str) -> None:
    assert terms_in(q) == ()


def test_every_label_of_every_term_leads_to_it_in_five_languages() -> None:
    vocabulary = load_vocabulary()
    for facet in OFFERED_FACETS:
        assert vocabulary.vocabularies()[facet], facet
        for term in vocabulary.vocabularies()[facet]:
            labels = {**term.labels, **term.other_labels}
            assert set(labels) == {"es", "en", "pt", "fr", "ca"}
            for label in labels.values():
                assert f"{facet} {term.id}" in terms_in(label), label


def test_a_name_inside_a_longer_one_is_not_taken_for_itself() -> None:
    assert terms_in("convivencia y cultura de paz") == ("theme convivencia-paz",)
    assert terms_in("talleres de cultura de paz") == ("theme convivencia-paz",)


def test_the_longest_name_comes_first() -> None:
    assert terms_in("deporte, ciudades y comunidades sostenibles") == ("sdg 11", "theme deporte")


def test_a_description_names_by_several_words_only() -> None:
    place = "Un barrio con un parque en el que nadie juega por la tarde porque falta luz y las calles están vacías. "
    assert len(place * 3) > 256
    assert terms_in(f"{place * 3} Cultura, juventud y educación en igualdad de oportunidades.") == (
        "theme igualdad-oportunidades",
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """A bank with six fictional experiences and two guides; the tests of this file only read it."""
    folder = tmp_path_factory.mktemp("offering")
    guides = [
        markdown(folder / "files", "uno.md", title="Uno", front="themes: [cultura, juventud]\nprinciples: [2, 4]"),
        markdown(folder / "files", "dos.md", title="Dos", front="themes: [cultura]\nsdgs: [5]\ngroups: [jovenes]"),
    ]
    bank = open_bank(Settings(home=folder / "bank"))
    with open_indexer(bank) as index:
        for path in [*(experience(folder / "files", number) for number in range(6)), *guides]:
            import_file(bank, path, ImportWishes(publish=True))
        index.finish()
    yield bank
    bank.database.close()


def offered(bank: Bank, q: str, filters: Filters = Filters()) -> dict[tuple[str, str], int]:  # noqa: B008
    return {(one.facet, one.value): one.count for one in search(bank, q, filters).offers}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("environnement", {("theme", "medio-ambiente"): 6}),
        ("cultura", {("theme", "cultura"): 2}),
        ("principi 2", {("principle", "2"): 2}),
        ("joves", {("theme", "juventud"): 1, ("group", "jovenes"): 1}),
        ("gender equality", {("sdg", "5"): 1}),
        ("una palabra cultura inexistente", {("theme", "cultura"): 2}),
    ],
)
def test_the_count_is_what_the_filter_alone_finds(filled: Bank, q: str, expected: dict[tuple[str, str], int]) -> None:
    assert offered(filled, q) == expected
    for (facet, value), count in expected.items():
        assert search(filled, "", Filters(**{facet: (value,)})).total == count  # type: ignore[arg-type]


def test_a_filter_that_finds_nothing_is_not_offered(filled: Bank) -> None:
    assert offered(filled, "movilidad") == {}


def test_a_filter_that_is_chosen_already_is_not_offered(filled: Bank) -> None:
    assert offered(filled, "cultura", Filters(theme=("cultura",))) == {}
    assert offered(filled, "cultura theme:cultura") == {}
    assert offered(filled, "cultura", Filters(theme=("medio-ambiente",))) == {("theme", "cultura"): 2}


def test_no_more_than_three_filters_are_offered(filled: Bank) -> None:
    assert list(offered(filled, "cultura, medio ambiente, juventud, principio 2, ODS 5")) == [
        ("theme", "medio-ambiente"),
        ("principle", "2"),
        ("sdg", "5"),
    ]
