"""What is put in place of a question that no entry answers wholly, and what goes by meaning at all."""

from collections.abc import Iterator

import pytest

from bank.search.query import parse_query
from bank.search.request import Filters
from bank.search.snippets import mark_matches
from bank.workflow.bank import Bank
from bank.workflow.entries.views import SearchView
from bank.workflow.search.hits import widened_query
from bank.workflow.search.meant_words import is_spelt_right, with_usual_words
from bank.workflow.search.searching import matching_entries, matching_ids, search
from tests.understanding import GARDENS, understanding


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bank, dict[str, int]]]:
    folder = tmp_path_factory.mktemp("fallbacks")
    with understanding(folder / "bank", folder / "files") as made:
        yield made


def reasons(view: SearchView) -> list[str]:
    return [hit.reason for hit in view.hits]


@pytest.mark.parametrize(
    "q",
    [
        "zzzxq", "1234567890", "GOMC850512HDFRRL09", "qwrtplk mnbvq", "AB-4471-ZQ", "resultado del partido de ayer",
        "ERR_CONNECTION_REFUSED", "RFC XAXX010101000", "ñlkjhgf poiuyt", "Ximénez-Urrutikoetxea", "horaires du métro",
        "cheap car insurance", "REMCE", "UNESCO", "BIDCE", "pronóstico del tiempo para el sábado",
    ],
)  # fmt: skip
def test_what_means_nothing_here_finds_nothing_by_meaning(known: tuple[Bank, dict[str, int]], q: str) -> None:
    assert [reason for reason in reasons(search(known[0], q, Filters())) if reason == "meaning"] == []


def test_what_the_bank_is_about_is_found_by_meaning(known: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = known
    for q in ("kids growing vegetables at school", "nens que conreen hortalisses", "élèves qui jardinent"):
        found = {hit.card.id for hit in search(bank, q, Filters()).hits[:4]}
        assert found & {numbers[name] for name in GARDENS}, q


def test_a_word_without_its_tilde_finds_what_the_word_finds(known: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = known
    plain, written = (search(bank, q, Filters()) for q in ("ninos", "niños"))
    assert plain.total >= written.total > 0
    assert {hit.card.id for hit in plain.hits} >= {hit.card.id for hit in written.hits}


def test_of_two_words_the_known_one_is_found_first_and_the_other_is_told(known: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = known
    view = search(bank, "inundan zqxwv", Filters())
    assert view.dropped == ("zqxwv",)
    assert view.hits[0].card.id == numbers["inundaciones"]
    assert reasons(view)[0] in ("some", "all")


def test_of_three_words_two_are_kept(known: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = known
    view = search(bank, "bancal zqxwv brrkt", Filters())
    assert not {"some", "all"} & set(reasons(view))


def test_the_words_that_the_best_entry_lacks_are_told(known: tuple[Bank, dict[str, int]]) -> None:
    bank, numbers = known
    view = search(bank, "bancal turnos cosecha verduras alfombra", Filters())
    assert view.hits[0].card.id == numbers["huertos"]
    assert view.dropped == ("alfombra",)
    assert view.hits[0].lacks == ("alfombra",)


def test_acronyms_of_the_network_are_never_put_right(known: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = known
    for q in ("AICE", "REMCE", "BIDCE"):
        view = search(bank, q, Filters())
        assert (view.corrected, view.did_you_mean) == (None, None), q


def test_what_is_found_by_meaning_is_counted_apart(known: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = known
    view = search(bank, "verduras escuela", Filters())
    assert view.meant == sum(hit.by_meaning for hit in view.hits)
    assert sum(value.by_meaning for value in view.facets["language"]) == view.meant
    for value in view.facets["language"]:
        chosen = search(bank, "verduras escuela", Filters(language=(value.value,)))
        assert chosen.meant == value.by_meaning


@pytest.mark.parametrize(
    "q",
    [
        "pizza bancal", "ayer", "poblano", "louer un bancal", "iPhone verduras", "yacht", "poblano OR yacht",
        "artes OR zqxwv", "banal OR poblano", "title:aprendem", "title:adolescents", "title:poblano",
        '"bancal poblano"', '"son los artes"',
    ],
)  # fmt: skip
def test_usual_words_are_never_put_right(known: tuple[Bank, dict[str, int]], q: str) -> None:
    view = search(known[0], q, Filters())
    assert (view.corrected, view.did_you_mean) == (None, None)


def test_whether_a_word_is_usual_is_asked_in_the_language_of_the_others() -> None:
    assert is_spelt_right(None, "asfalt", [])
    assert is_spelt_right(None, "asfalt", ["pati", "de", "escola"])
    assert not is_spelt_right(None, "asfalt", ["school", "playground"])
    assert not is_spelt_right(None, "bibloteca", ["rural"])


def test_a_word_that_nobody_knows_is_put_right_though_the_others_find_something(
    known: tuple[Bank, dict[str, int]],
) -> None:
    bank, numbers = known
    view = search(bank, "versuras turnos", Filters())
    assert view.corrected == "verduras turnos"
    assert [hit.card.id for hit in view.hits if not hit.by_meaning] == [numbers["huertos"]]


@pytest.mark.parametrize(
    ("q", "right"),
    [("versuras OR poblano", "verduras OR poblano"), ('"plantan versuras" bancal', '"plantan verduras" bancal')],
)
def test_beside_a_word_that_is_right_a_slip_is_put_right(
    known: tuple[Bank, dict[str, int]], q: str, right: str
) -> None:
    view = search(known[0], q, Filters())
    assert right in (view.corrected, view.did_you_mean)


def test_what_is_asked_as_typed_means_what_was_typed(known: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = known
    assert search(bank, "vegetabels", Filters()).total
    assert search(bank, "vegetabels", Filters(), verbatim=True).total == 0
    assert matching_ids(bank, "vegetabels", Filters(), uncorrected=True) == ()


def test_of_many_strange_words_the_first_few_are_taken_for_usual_ones(known: tuple[Bank, dict[str, int]]) -> None:
    bank, _ = known
    assert bank.meaning is not None
    words = ["bibloteca", "huertos", "comunity", "educacoin", "vegetabels"]
    right = ["biblioteca", "huertos", "community", "educacion", "vegetabels"]
    assert with_usual_words(bank.index.engine(), bank.meaning, words) == right


def test_a_slip_in_a_language_that_no_entry_is_written_in_keeps_its_meaning(
    known: tuple[Bank, dict[str, int]],
) -> None:
    bank, numbers = known
    found = {hit.card.id for hit in search(bank, "vegetabels", Filters()).hits[:4]}
    assert found & {numbers[name] for name in GARDENS}


@pytest.mark.parametrize("q", ["verduras escuela", "bancal turnos cosecha verduras alfombra", "inundan zqxwv"])
def test_downloads_say_what_was_found_by_words_and_what_by_meaning(known: tuple[Bank, dict[str, int]], q: str) -> None:
    bank, _ = known
    view, found = search(bank, q, Filters(), size=100), matching_entries(bank, q, Filters())
    assert [(hit.card.id, hit.reason, hit.lacks) for hit in view.hits] == [
        (id, one.reason, one.lacks) for id, one in found.items()
    ]
    assert {(one.corrected, one.dropped) for one in found.values()} == {(view.corrected, view.dropped)}


def test_no_small_word_is_marked_as_one_of_similar_meaning() -> None:
    text = "El proyecto The School abre la escuela a the city."
    widened = widened_query(
        parse_query("colegio the"), [(("the", 0.8), ("school", 0.8)), (("la", 0.7), ("escuela", 0.7))]
    )
    assert [text[start:end] for start, end in mark_matches(text, widened, "es")] == ["School", "escuela"]


def test_a_slip_is_put_right_though_only_the_meaning_of_the_right_words_finds_something(
    known: tuple[Bank, dict[str, int]],
) -> None:
    bank, numbers = known
    view = search(bank, "versuras inundan", Filters())
    assert view.corrected == "verduras inundan"
    assert numbers["huertos"] in {hit.card.id for hit in view.hits}
