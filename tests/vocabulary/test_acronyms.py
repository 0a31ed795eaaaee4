"""Acronyms of the bank's own data are words that nobody has to correct."""

import pytest

from bank.vocabulary.acronyms import known_acronyms
from bank.workflow.search.known_words import is_known_word


@pytest.mark.parametrize("word", ["aice", "remce", "bidce", "ods", "unesco"])
def test_the_networks_acronyms_are_known(word: str) -> None:
    assert word in known_acronyms()
    assert is_known_word(word)


def test_other_words_are_no_acronyms() -> None:
    assert not known_acronyms() & {"ciudad", "dice", "zzzxq"}
