"""Lines that repeat from page to page."""

from bank.ingest.text.furniture import find_furniture


def pages(count: int) -> list[str]:
    return [
        f"Boletín municipal\nTema {'abcdefghij'[number]} del mes\ncuerpo {number}x\n\nPágina {number + 1}"
        for number in range(count)
    ]


def test_a_head_counts_on_its_first_page_and_is_furniture_on_the_others() -> None:
    found = find_furniture(pages(6))
    assert found[0] == ()
    assert found[1:] == [(0, 4)] * 5


def test_short_documents_have_no_furniture() -> None:
    assert find_furniture(pages(3)) == [(), (), ()]


def test_a_line_on_fewer_than_half_of_the_pages_stays() -> None:
    texts = [f"línea {'abcdefghij'[number]}" for number in range(10)]
    for number in (2, 5, 7):
        texts[number] = "Repetida\n" + texts[number]
    assert find_furniture(texts) == [()] * 10


def test_roman_numbers_are_alike_and_numbers_inside_words_are_not() -> None:
    romans = ["i", "ii", "iii", "iv", "v"]
    assert find_furniture([f"Página {roman}\nasunto{number}" for number, roman in enumerate(romans)])[4] == (0,)


def test_a_numbered_line_that_is_all_the_text_of_its_page_stays() -> None:
    assert find_furniture([f"Lámina {number}" for number in range(6)]) == [()] * 6
    assert find_furniture([str(number) for number in range(6)])[5] == (0,)
    assert find_furniture(["Boletín municipal"] * 6)[5] == (0,)
