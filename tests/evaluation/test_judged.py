"""The judged sets are whole: every grade and tag names something that is there."""

from collections import Counter

import pytest

from bank.vocabulary import load_vocabulary
from tests.evaluation.judged import SETS, read

TYPES = {"keyword", "inflected", "misspelt", "phrase", "question", "cross-language", "filtered", "none"}


@pytest.mark.parametrize("name", SETS)
def test_grades_and_tags_name_documents_and_terms(name: str) -> None:
    judged = read(name)
    vocabulary = load_vocabulary()
    assert judged.gold.keys() == judged.documents.keys()
    assert judged.documents
    assert judged.questions
    for question in judged.questions:
        assert question.grades.keys() <= judged.documents.keys(), question.id
        assert bool(question.grades) == (question.type != "none"), question.id
        assert set(question.grades.values()) <= {1, 2, 3}
    for gold in judged.gold.values():
        assert gold.principles
        assert all(vocabulary.get("principle", str(number)) for number in gold.principles)
        assert all(vocabulary.get("theme", theme) for theme in gold.themes)


def test_the_halves_are_as_large_and_as_mixed_as_they_should_be() -> None:
    halves = [read(name) for name in SETS]
    assert sum(len(half.documents) for half in halves) >= 60
    assert sum(len(half.questions) for half in halves) >= 80
    for half in halves:
        assert {question.type for question in half.questions} == TYPES
        assert {question.language for question in half.questions} == {"es", "en", "pt", "fr", "ca"}
        primaries = Counter(gold.principles[0] for gold in half.gold.values())
        assert set(primaries) == set(range(1, 21))
