"""Passages: where they stand, how long they are, and what changes their digests."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bank.search.document import SearchDocument, SearchPage
from bank.search.meaning.passages import (
    COARSE_SENTENCES,
    FINE_SENTENCES,
    LEAST_PASSAGE_WORDS,
    MOST_COARSE_WORDS,
    Passage,
    cut_passages,
)


def document(*pages: SearchPage, **more: object) -> SearchDocument:
    made = SearchDocument(1, 1, "es", "experience", {"es": "Huertos", "en": "Gardens"}, pages=pages)
    return replace(made, **more)  # type: ignore[arg-type]


def page(number: int, sentences: int, file: int = 1) -> SearchPage:
    """A page of sentences of seven words, each with the page's number."""
    text = " ".join(f"Frase {one} de la página {number} sigue." for one in range(sentences))
    return SearchPage(file, number, text)


def places(found: tuple[Passage, ...]) -> list[tuple[int, int, int]]:
    return [(passage.file, passage.page, passage.number) for passage in found]


def test_titles_summaries_and_fields_stand_outside_the_files_and_are_counted_through() -> None:
    found = cut_passages(
        document(
            summaries={"en": "Pupils grow their own food."},
            fields=("Las familias cuidan la tierra juntas.",),
        )
    )
    assert [(passage.number, passage.embedded) for passage in found.coarse] == [
        (0, "Huertos"),
        (1, "Gardens"),
        (2, "Gardens. Pupils grow their own food."),
        (3, "Huertos. Las familias cuidan la tierra juntas."),
    ]
    assert {(passage.file, passage.page) for passage in found.coarse} == {(0, 0)}
    assert [passage.number for passage in found.fine] == [0, 1]


def test_a_fine_passage_is_two_sentences_of_one_page() -> None:
    found = cut_passages(document(page(1, 5), page(2, 2), page(1, 1, file=2))).fine
    assert places(found) == [(1, 1, 0), (1, 1, 1), (1, 1, 2), (1, 2, 0), (2, 1, 0)]
    assert all(passage.text.count("Frase") <= FINE_SENTENCES for passage in found)
    assert all(f"página {passage.page}" in passage.text for passage in found)


def test_a_coarse_passage_goes_on_over_short_pages_of_its_file_and_stands_where_it_begins() -> None:
    found = cut_passages(document(*(page(number, 2) for number in range(1, 8)), page(1, 2, file=2))).coarse[2:]
    assert places(found) == [(1, 1, 0), (1, 7, 0), (2, 1, 0)]
    assert found[0].text.count("Frase") == COARSE_SENTENCES
    assert "página 6" in found[0].text


def test_a_coarse_passage_of_long_sentences_ends_early() -> None:
    long = " ".join(f"Desde{one} " + "palabra " * 55 + "fin." for one in range(12))
    found = cut_passages(document(SearchPage(1, 1, long))).coarse[2:]
    assert len(found) > 1
    assert all(len(passage.text.split()) <= MOST_COARSE_WORDS for passage in found)


def test_too_few_words_are_no_passage() -> None:
    found = cut_passages(document(SearchPage(1, 1, "Página tres."), summaries={"es": "Sí."}))
    assert (len(found.coarse), found.fine) == (2, ())


def test_a_digest_changes_with_the_text_or_its_title_and_with_nothing_else() -> None:
    before = cut_passages(document(page(1, 4)))
    later = cut_passages(document(page(1, 4), version=7, year=2020))
    elsewhere = cut_passages(document(page(1, 4, file=3)))
    assert [one.digest for one in before.fine] == [one.digest for one in later.fine]
    assert [one.digest for one in before.fine] == [one.digest for one in elsewhere.fine]
    renamed = cut_passages(document(page(1, 4), titles={"es": "Otros huertos"}))
    assert {one.digest for one in before.fine}.isdisjoint(one.digest for one in renamed.fine)
    assert before.fine[0].digest.hex() == cut_passages(document(page(1, 4))).fine[0].digest.hex()


def test_a_change_at_the_end_of_a_page_leaves_the_passages_before_it() -> None:
    text = page(1, 6).text
    before = cut_passages(document(SearchPage(1, 1, text))).fine
    after = cut_passages(document(SearchPage(1, 1, text + " Una frase nueva al final."))).fine
    assert [one.digest for one in before] == [one.digest for one in after[:3]]


texts = st.lists(
    st.sampled_from("uno dos. Tres Cuatro. ¿Cinco? seis\n - siete.\n\n 8 9. Diez!".split(" ")), max_size=80
)


@given(st.lists(texts.map(" ".join), max_size=5))
def test_fine_passages_hold_each_word_once_but_for_scraps(pages: list[str]) -> None:
    given = [SearchPage(1, number, text) for number, text in enumerate(pages, 1)]
    found = cut_passages(document(*given))
    for one in given:
        held = " ".join(passage.text for passage in found.fine if passage.page == one.page).split()
        words = [word for word in one.text.split() if any(map(str.isalpha, word))]
        left = len(words) - len([word for word in held if any(map(str.isalpha, word))])
        assert 0 <= left < LEAST_PASSAGE_WORDS * max(1, len(words))
        remaining = iter(one.text.split())
        assert all(word in remaining for word in held)
