"""A licence asked by three plain questions: what others may do with a file tells which licence that is."""

from collections.abc import Mapping

from bank.vocabulary import FieldSpec, Vocabulary
from bank.web.form.values import FieldValue, PostedTexts, posted_text
from bank.workflow.deposits.readiness import RIGHTS_NOT_EVALUATED

LICENCE_QUESTIONS = ("share", "adapt", "earn")
"""May others share it, change it, earn money with it? Controls are called ``licence.share`` and so on."""
LICENCES_BY_ANSWERS: Mapping[tuple[str, ...], str] = {
    ("yes", "yes", "yes"): "CC-BY-4.0",
    ("yes", "alike", "yes"): "CC-BY-SA-4.0",
    ("yes", "yes", "no"): "CC-BY-NC-4.0",
    ("yes", "alike", "no"): "CC-BY-NC-SA-4.0",
    ("yes", "no", "yes"): "CC-BY-ND-4.0",
    ("yes", "no", "no"): "CC-BY-NC-ND-4.0",
    ("unknown",): RIGHTS_NOT_EVALUATED,
}
"""Answers to the questions, in their order -> licence; the first answer decides alone where it is not yes: no, or not
known yet, which the bank keeps as one."""


def licence_of_answers(answers: Mapping[str, str], vocabulary: Vocabulary) -> str | None:
    """The licence that answers give; None while they are not complete, or where the bank has no such licence."""
    said = tuple(answers.get(name, "") for name in LICENCE_QUESTIONS)
    found = LICENCES_BY_ANSWERS.get(said if said[0] == "yes" else said[:1])
    return found if found and vocabulary.get("licence", found) is not None else None


def answers_of_licence(licence: object) -> Mapping[str, str]:
    """The answers that give a licence, or that were sent in its place; none for one that no answers give."""
    if isinstance(licence, Mapping):
        return licence
    licence = licence[0] if isinstance(licence, list) else licence
    said = next((answers for answers, id in LICENCES_BY_ANSWERS.items() if id == licence), ())
    return dict(zip(LICENCE_QUESTIONS, said, strict=False))


def named_licence(licence: object) -> object:
    """The licence that is chosen by its name, of what `posted_licence` gives."""
    return licence[-1] if isinstance(licence, list) else licence


def posted_licence(posted: PostedTexts, name: str, vocabulary: Vocabulary) -> FieldValue:
    """The licence that was sent under a control's name: by its own name, or by the answers.

    ``NAME.was`` is what was saved. What differs from that counts; a list of two where both do, and differ. The answers
    themselves where they are new, and give no licence.
    """
    was, named = posted_text(posted, f"{name}.was"), posted_text(posted, name)
    answers = {one: posted_text(posted, f"{name}.{one}") for one in LICENCE_QUESTIONS}
    derived = licence_of_answers(answers, vocabulary)
    chosen = [one for one in dict.fromkeys((derived, named)) if one and one != was]
    said = {part: one for part, one in answers.items() if one}
    if said and not derived and not chosen and said != answers_of_licence(was):
        return said
    return chosen if len(chosen) > 1 else next(iter(chosen), was or None)


def read_licence(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    return posted_licence(posted, spec.id, vocabulary)
