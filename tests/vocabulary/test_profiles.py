"""The profiles that suggestions learn from are whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bank.languages import ANALYSED_LANGUAGES
from bank.vocabulary import Vocabulary, check_vocabulary, load_profiles

Spoil = Callable[[str, str, str], Path]


def test_every_term_has_passages_in_every_language(vocabulary: Vocabulary) -> None:
    profiles = load_profiles().passages
    assert set(profiles) == {"principle", "theme"}
    for name, passages in profiles.items():
        there = {(passage.term, passage.language) for passage in passages}
        assert there == {
            (term.id, language) for term in vocabulary.vocabularies()[name] for language in ANALYSED_LANGUAGES
        }


def test_the_sample_documents_are_about_every_principle(vocabulary: Vocabulary) -> None:
    documents = load_profiles().documents
    assert {document.language for document in documents} == set(ANALYSED_LANGUAGES)
    assert {number for document in documents for number in document.principles} >= {
        principle.id for principle in vocabulary.principles
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("profiles/principles.toml", 'term = "1"', 'term = "21"', ("21", "term")),
        ("profiles/principles.toml", 'language = "es"', 'language = "de"', ("1", "language")),
        ("profiles/themes.toml", 'text = "', 'words = "', ("medio-ambiente", "text")),
        ("profiles/documents.toml", 'themes = ["cultura"]', 'themes = ["kultur"]', ("kultur", "themes")),
        ("profiles/documents.toml", 'principles = ["1"]', "principles = []", ("es", "principles")),
    ],
)
def test_a_gap_in_the_profiles_is_told(spoil: Spoil, file: str, old: str, new: str, place: tuple[str, str]) -> None:
    assert place in [(fault.id, fault.field) for fault in check_vocabulary(spoil(file, old, new))]
