"""Which words of a text stand otherwise in another."""

from bank.web.form.differences import MOST_COMPARED_WORDS, marked_words


def test_the_words_that_differ_are_told_and_the_text_stays_whole() -> None:
    found = marked_words("Doce huertos del barrio", "Diez huertos del barrio viejo")
    assert found == (("Doce", True), (" huertos del barrio", False))
    assert "".join(text for text, _ in found) == "Doce huertos del barrio"


def test_nothing_differs_in_nothing_and_a_very_long_text_is_not_compared() -> None:
    assert marked_words("", "algo") == ()
    long = "uno " * MOST_COMPARED_WORDS
    assert marked_words(long, "dos") == ((long, False),)
