"""Search keeps what it reached on the half that is worked on; `make evaluate` prints the figures."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bank.search.folding import split_words
from bank.workflow.bank import Bank
from tests.evaluation.judged import JudgedSet, Question, read
from tests.evaluation.measures import ndcg
from tests.evaluation.searching import answers, bank_of


@pytest.fixture(scope="module")
def judged() -> JudgedSet:
    return read("tuned")


@pytest.fixture(scope="module")
def bank(judged: JudgedSet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    with bank_of([judged], tmp_path_factory.mktemp("judged")) as made:
        yield made


def mean(bank: Bank, questions: list[Question], way: str = "both") -> float:
    found = answers(bank, questions, way)
    return sum(ndcg(ids, one.grades) for ids, one in zip(found, questions, strict=True)) / len(questions)


def of_type(judged: JudgedSet, *types: str) -> list[Question]:
    return [one for one in judged.questions if one.type in types]


def test_questions_of_all_kinds_are_answered(bank: Bank, judged: JudgedSet) -> None:
    assert mean(bank, [one for one in judged.questions if one.grades]) >= 0.75


def test_questions_are_answered_across_languages(bank: Bank, judged: JudgedSet) -> None:
    assert mean(bank, of_type(judged, "cross-language")) >= 0.70


def test_exact_phrases_are_found_as_well_as_by_words_alone(bank: Bank, judged: JudgedSet) -> None:
    phrases = of_type(judged, "phrase")
    assert mean(bank, phrases) == 1.0
    assert mean(bank, phrases) >= mean(replace(bank, meaning=None), phrases, "words")


def test_meaning_and_words_together_are_better_than_either(bank: Bank, judged: JudgedSet) -> None:
    told = [one for one in judged.questions if one.grades]
    both = mean(bank, told)
    assert both > mean(bank, told, "meaning")
    assert both > mean(replace(bank, meaning=None), told, "words")


def first(bank: Bank, q: str, number: int) -> set[str]:
    """The documents that stand first for a question."""
    return set(answers(bank, [Question(q, "name", "es", q, {}, {})], "both")[0][:number])


def test_a_city_s_name_finds_its_own_entries_first(bank: Bank, judged: JudgedSet) -> None:
    cities: dict[str, set[str]] = {}
    for slug, path in judged.documents.items():
        line = next(line for line in path.read_text("utf-8").split("\n") if line.startswith("city:"))
        cities.setdefault(line.removeprefix("city:").strip().strip("\"'"), set()).add(slug)
    wrong = [city for city, slugs in cities.items() if first(bank, city, len(slugs)) != slugs]
    assert wrong == []


def test_a_word_that_only_one_entry_has_finds_it_first(bank: Bank, judged: JudgedSet) -> None:
    """But for a few whose stem is another word's: those are found by words alone in that order too."""
    having: dict[str, set[str]] = {}
    for slug, path in judged.documents.items():
        for word in set(split_words(path.read_text("utf-8"))):
            if len(word) > 6 and word.isalpha():
                having.setdefault(word, set()).add(slug)
    rare = sorted(word for word, slugs in having.items() if len(slugs) == 1)[::40]
    wrong = [word for word in rare if first(bank, word, 1) != having[word]]
    alone = [word for word in rare if first(replace(bank, meaning=None), word, 1) != having[word]]
    assert len(wrong) <= len(alone) + len(rare) // 50, (wrong, alone, len(rare))
