from collections.abc import Iterator
from dataclasses import replace

import pytest

from bank.catalogue import audit, outbox
from bank.catalogue.tables import Entry
from bank.errors import NotFound
from bank.workflow.bank import Bank
from bank.workflow.search.similar import LEAST_SIMILAR_NEARNESS, find_similar_entries
from tests.understanding import FLOODS, GARDENS, SCREENS, understanding

Known = tuple[Bank, dict[str, int]]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    folder = tmp_path_factory.mktemp("similar")
    with understanding(folder / "bank", folder / "files") as made:
        yield made


@pytest.mark.parametrize("names", [GARDENS, SCREENS, FLOODS], ids=lambda names: str(names[0]))
def test_what_is_alike_comes_first_whatever_its_language(known: Known, names: tuple[str, ...]) -> None:
    bank, numbers = known
    for name in names:
        found = [hit.card.id for hit in find_similar_entries(bank, numbers[name])]
        others = {numbers[other] for other in names if other != name}
        assert set(found[: len(others)]) == others, name


def test_no_entry_is_like_itself_and_none_is_far_off(known: Known) -> None:
    bank, numbers = known
    assert any(find_similar_entries(bank, number) for number in numbers.values())
    for number in numbers.values():
        hits = find_similar_entries(bank, number)
        assert number not in {hit.card.id for hit in hits}
        assert len(hits) <= 5
        assert all(hit.score >= LEAST_SIMILAR_NEARNESS for hit in hits)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_each_says_why_with_the_page_that_is_nearest(known: Known) -> None:
    bank, numbers = known
    hits = {hit.card.id: hit for hit in find_similar_entries(bank, numbers["horts"])}
    assert {hit.reason for hit in hits.values()} == {"meaning"}
    piece = hits[numbers["gardens"]].snippets[0]
    assert (piece.file, piece.page, piece.label) == (1, 2, "B")
    assert "Grandparents show how to sow beans." in piece.text


def test_what_is_withdrawn_is_gone_at_once_and_has_no_page_of_its_own(known: Known) -> None:
    bank, numbers = known
    gone = numbers["hortas"]
    assert gone in {hit.card.id for hit in find_similar_entries(bank, numbers["huertos"])}
    put(bank, gone, "withdrawn")
    try:
        assert gone not in {hit.card.id for hit in find_similar_entries(bank, numbers["huertos"])}
        with pytest.raises(NotFound):
            find_similar_entries(bank, gone)
    finally:
        put(bank, gone, "published")
    with pytest.raises(NotFound):
        find_similar_entries(bank, 99_999)


def put(bank: Bank, number: int, status: str) -> None:
    """Another status, of which neither index nor vectors have heard yet."""
    with bank.database.writing() as session:
        entry = session.get_one(Entry, number)
        entry.status = status
        outbox.queue_for_index(session, entry)
        audit.add_audit_row(session, "test", status, number, {})


def test_without_meaning_words_in_common_make_entries_alike(known: Known) -> None:
    bank, numbers = known
    hits = find_similar_entries(replace(bank, meaning=None), numbers["pantallas"])
    assert hits
    assert numbers["pantallas"] not in {hit.card.id for hit in hits}
    assert "meaning" not in {hit.reason for hit in hits}
    assert hits[0].snippets[0].marks
