import pytest

from bank.messages import N_, say, say_many, translations
from tests.sentences import TRANSLATED


def test_marking_leaves_a_sentence_as_it_is() -> None:
    assert N_("There is nothing here.") == "There is nothing here."


def test_english_is_said_as_it_is_written() -> None:
    assert say("{count} of {total}", "en", count=1, total=2) == "1 of 2"
    assert say("Braces {stay} without values", "en") == "Braces {stay} without values"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_known_sentence_is_said_in_the_readers_language(language: str) -> None:
    assert say("There is nothing here.", language) != "There is nothing here."


def test_a_language_without_pages_is_answered_in_english() -> None:
    assert say("There is nothing here.", "de") == "There is nothing here."
    assert say("There is nothing here.", "../../etc/passwd") == "There is nothing here."


def test_one_and_many_differ() -> None:
    assert say_many("{number} leaf", "{number} leaves", 1, "en") == "1 leaf"
    assert say_many("{number} leaf of {tree}", "{number} leaves of {tree}", 3, "en", tree="oak") == "3 leaves of oak"


def test_a_catalogue_is_read_once() -> None:
    assert translations("es") is translations("es")
