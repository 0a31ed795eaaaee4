"""The list of usual words tells words of five languages from slips and nonsense."""

import pytest

from bank.search.folding import fold_word
from bank.vocabulary.frequent_words import (
    LEAST_MEANT,
    LISTED_LANGUAGES,
    LONGEST_SLIP,
    listed_words,
    usual_word_near,
    zipf_frequencies,
)


@pytest.mark.parametrize(
    ("word", "language"),
    [("pizza", "es"), ("ayer", "es"), ("poblano", "es"), ("soubesse", "pt"), ("borsa", "ca"), ("louer", "fr"),
     ("beekeeping", "en"), ("señal", "es"), ("cantine", "fr")],
)  # fmt: skip
def test_usual_words_are_listed_in_their_language(word: str, language: str) -> None:
    assert zipf_frequencies(fold_word(word))[LISTED_LANGUAGES.index(language)] >= 2


@pytest.mark.parametrize("word", ["", "a", "zzzxq", "bibloteca", "nozzit", "\U0001f600", "ab 33334", "aa\n"])
def test_what_is_no_usual_word_is_not(word: str) -> None:
    assert not any(zipf_frequencies(word))


def test_every_line_of_the_list_is_found() -> None:
    lines = listed_words().splitlines()
    assert len(lines) > 150_000
    for line in [*lines[:3], *lines[::997], *lines[-3:]]:
        word, digits = line.decode().split(" ")
        assert "".join(map(str, zipf_frequencies(word))) == digits
        assert fold_word(word) == word


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("bibloteca", "biblioteca"),
        ("comunity", "community"),
        ("educacoin", "educacion"),
        ("poiuyt", None),
        ("plsa", None),
    ],
)
def test_a_slip_of_one_letter_is_told(slip: str, word: str | None) -> None:
    assert usual_word_near(slip) == word


def test_what_is_longer_than_any_usual_word_is_not_looked_up() -> None:
    words = (line.decode().split(" ") for line in listed_words().splitlines())
    common = [word for word, digits in words if max(map(int, digits)) >= LEAST_MEANT]
    assert max(map(len, common)) < LONGEST_SLIP
    assert usual_word_near("x" * (LONGEST_SLIP + 1)) is None
