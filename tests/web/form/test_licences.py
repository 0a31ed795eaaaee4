"""What the answers about a licence mean."""

import pytest

from bank.vocabulary import load_vocabulary
from bank.web.form.licences import (
    LICENCE_QUESTIONS,
    LICENCES_BY_ANSWERS,
    answers_of_licence,
    licence_of_answers,
    posted_licence,
)


@pytest.mark.parametrize(("answers", "licence"), LICENCES_BY_ANSWERS.items())
def test_every_answer_gives_a_licence_of_the_vocabulary(answers: tuple[str, ...], licence: str) -> None:
    said = dict(zip(LICENCE_QUESTIONS, answers, strict=False))
    assert licence_of_answers(said, load_vocabulary()) == licence


def test_a_licence_is_told_by_its_answers_and_others_by_none() -> None:
    assert answers_of_licence("CC-BY-NC-4.0") == {"share": "yes", "adapt": "yes", "earn": "no"}
    assert answers_of_licence("not-evaluated") == {"share": "unknown"}
    assert answers_of_licence("CC0-1.0") == {}


def test_what_the_page_showed_is_no_choice() -> None:
    vocabulary = load_vocabulary()
    shown = {"licence.was": ["CC-BY-4.0"], "licence": ["CC-BY-4.0"], "licence.share": ["yes"], "licence.adapt": ["yes"]}
    assert posted_licence({**shown, "licence.earn": ["yes"]}, "licence", vocabulary) == "CC-BY-4.0"
    assert posted_licence({**shown, "licence.earn": ["no"]}, "licence", vocabulary) == "CC-BY-NC-4.0"
    assert posted_licence({}, "licence", vocabulary) is None
