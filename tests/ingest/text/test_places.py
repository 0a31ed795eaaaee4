"""Where on a drawn page the words of its text stand: certain, or not told."""

import pytest

from bank.ingest import PagePlaces, place_marks
from bank.ingest.text.places import MOST_OCCURRENCES, MOST_PLACED


def drawn(*rows: str) -> PagePlaces:
    """A page on which each row of letters stands under the one before, a letter 100 wide and 200 high."""
    text, boxes = "", []
    for number, row in enumerate(rows):
        for place, letter in enumerate(row):
            if letter != " ":
                text += letter
                boxes += [place * 100, number * 300, place * 100 + 100, number * 300 + 200]
    return PagePlaces(595, 842, text, tuple(boxes))


def placed(places: PagePlaces, text: str, *words: str) -> list[tuple[tuple[int, ...], ...]]:
    marks = [(text.index(word), text.index(word) + len(word)) for word in words]
    return list(place_marks(places, text, marks))


def test_a_word_is_marked_where_it_stands() -> None:
    assert placed(drawn("la ciudad educa"), "la ciudad educa", "ciudad") == [((300, 0, 900, 200),)]


def test_a_word_broken_at_a_line_end_has_a_box_on_each_line() -> None:
    [boxes] = placed(drawn("plan del ayunta-", "miento"), "plan del ayuntamiento", "ayuntamiento")
    assert boxes == ((900, 0, 1500, 200), (0, 300, 600, 500))


def test_ligatures_loose_accents_and_capitals_are_the_same_letters() -> None:
    places = drawn("O\ufb01cina de EDUCACI\u00b4ON", "ni\u02dcno")
    text = "Oficina de EDUCACIÓN\nniño"
    assert [len(boxes) for boxes in placed(places, text, "Oficina", "EDUCACIÓN", "niño")] == [1, 1, 1]


def test_running_heads_in_another_place_do_not_move_the_marks() -> None:
    text = "La ciudad educa a todos\nBoletín 7"
    assert placed(drawn("Boletin 7", "La ciudad educa a todos"), text, "ciudad") == [((300, 300, 900, 500),)]


def test_the_same_words_twice_are_marked_each_in_its_place() -> None:
    text = "la ciudad aquí, la ciudad allí"
    second = text.rindex("ciudad")
    places = drawn("la ciudad aquí,", "la ciudad allí")
    assert place_marks(places, text, [(second, second + 6)]) == [((300, 300, 900, 500),)]


@pytest.mark.parametrize("rows", [("otra cosa",), ("la ciudad", "la ciudad"), ()])
def test_what_is_not_certain_is_not_marked(rows: tuple[str, ...]) -> None:
    assert placed(drawn(*rows), "la ciudad", "ciudad") == [()]


def test_what_stands_off_the_page_is_not_marked() -> None:
    places = PagePlaces(595, 842, "ab", (-400, 0, -300, 200, -300, 0, -200, 200))
    assert placed(places, "ab", "ab") == [()]


def test_letters_under_one_another_are_one_box() -> None:
    boxes = [side for number in range(3) for side in (100, number * 210, 200, number * 210 + 200)]
    assert placed(PagePlaces(595, 842, "sol", tuple(boxes)), "sol", "sol") == [((100, 0, 200, 620),)]


def test_on_a_page_that_repeats_itself_nothing_is_sure_and_no_time_is_lost() -> None:
    text = "la casa " * (MOST_OCCURRENCES * 4)
    marks = [(at, at + 7) for at in range(0, len(text), 8)]
    places = drawn(*["la casa " * MOST_OCCURRENCES] * 4)
    found = place_marks(places, text, marks)
    assert len(found) == len(marks)
    assert () in found
    assert found[100] == ()


def test_only_the_first_marks_of_a_page_are_placed() -> None:
    words = [f"palabra{number:04d}fin" for number in range(MOST_PLACED + 10)]
    text = "\n".join(words)
    boxes = [side for number in range(len(words)) for at in range(14) for side in (at, number, at + 1, number + 1)]
    found = placed(PagePlaces(595, 842, "".join(words), tuple(boxes)), text, *words)
    assert all(found[:MOST_PLACED])
    assert found[MOST_PLACED:] == [()] * 10
