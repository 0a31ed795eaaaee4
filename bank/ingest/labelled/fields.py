"""Finds the fields that a file gives under its own labels, such as "OBJETIVO GENERAL:", in the text of its pages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bank.ingest.extraction import ExtractedPage
from bank.ingest.labelled.answers import STRUCTURED_METHODS, Line
from bank.ingest.labelled.bare_names import bare_names
from bank.ingest.labelled.collecting import collect_answers
from bank.ingest.labelled.ends import OpenAnswer
from bank.ingest.labelled.forms import with_form_answers
from bank.ingest.labelled.labels import KnownLabels, build_kind_labels
from bank.ingest.labelled.numbers import find_women_and_men
from bank.ingest.labelled.patterns import is_answer_of_label
from bank.ingest.labelled.unplaced import (
    LEAST_HEARD,
    UnplacedAnswer,
    answers_of_forms,
    is_short_file,
    unplaced_answers,
)
from bank.ingest.labelled.values import FileContext, join_values, typed_value
from bank.vocabulary import Vocabulary
from bank.vocabulary.folding import fold_label, fold_text

LONGEST_ANSWER_EVIDENCE = 300
"""Characters."""


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """The value of a field as the file gives it, in the form of the field's type; terms and choices by id.

    `page` counts from 1; `evidence` is the beginning of the text there; `label` is the label as it is written.
    """

    value: object
    page: int
    evidence: str
    label: str


@dataclass(frozen=True, slots=True)
class LabelledReading:
    """What a file gives under its own labels: field id -> value, and what found no field."""

    values: Mapping[str, LabelledValue]
    unplaced: tuple[UnplacedAnswer, ...]


def find_labelled_values(
    pages: Sequence[ExtractedPage], vocabulary: Vocabulary, kind: str, language: str
) -> dict[str, LabelledValue]:
    """field id -> what the pages give under a label of that field (`read_labels`)."""
    return dict(read_labels(pages, vocabulary, kind, language).values)


def read_labels(pages: Sequence[ExtractedPage], vocabulary: Vocabulary, kind: str, language: str) -> LabelledReading:
    """What the pages give under labels, for the fields of this kind.

    `language` is that of the texts, unless the file names another. Of answers that the field's type can't take, of
    other answers to a field that takes one, and of those without a field, only those of forms are told.
    """
    lines = list(page_lines(pages))
    labels = build_kind_labels(vocabulary, kind)
    every = list(map(with_fitting_field, with_form_answers(list(collect_answers(lines, labels)), pages, labels)))
    answers = [one for one in every if one.spec and one.lines and one.likely]
    meaning = FileContext(vocabulary, language, uses_2020_numbers(lines))
    meaning = replace(meaning, language=first_text_answer(answers, "language", meaning) or language)
    meaning = meaning.placed(first_text_answer(answers, "city", meaning))
    found = gather_values(answers, meaning)
    second = second_answers(answers, found, meaning) if is_short_file(every) else []
    found = with_start_year(with_women_and_men(found, answers))
    found = with_bare_name(found, lines, labels, meaning.language)
    lost = [one for one in answers if one.spec and one.spec.id not in found and not one.column]
    lost = [*lost, *second] if len(found) >= LEAST_HEARD else []
    places = {id(one): place for place, one in enumerate(every)}
    left = sorted([*lost, *answers_of_forms(every, labels.knows_near)], key=lambda one: places[id(one)])
    known = vocabulary.kind(kind)
    taken = {text for one in found.values() for text in texts_of_value(one.value)}
    unplaced = unplaced_answers(left, labels, known.facts.fields if known else ())
    return LabelledReading(found, tuple(one for one in unplaced if one.text not in taken))


def texts_of_value(value: object) -> Iterable[str]:
    """The texts of a value: its own, or those in its languages."""
    texts = value.values() if isinstance(value, Mapping) else (value,)
    return (text for text in texts if isinstance(text, str))


def with_fitting_field(one: OpenAnswer) -> OpenAnswer:
    """The answer without its field where it announces a phone or a mail address, and none follows."""
    fits = one.spec is None or is_answer_of_label(one.spec.id, fold_label(one.label), one.answer.text)
    return one if fits else replace(one, spec=None)


def first_text_answer(answers: Sequence[OpenAnswer], field: str, meaning: FileContext) -> str:
    """The first text given for `field`, "" where there is none.

    Language and city are read first because other values depend on them.
    """
    values = (typed_value(one.spec, one.answer, meaning) for one in answers if one.spec and one.spec.id == field)
    return next((value for value in values if isinstance(value, str)), "")


def gather_values(answers: Sequence[OpenAnswer], meaning: FileContext) -> dict[str, LabelledValue]:
    """The typed values. Where a field is answered twice, texts and lists are joined; of other values the first counts.

    A short value that differs from row to row of a table is left out: it does not describe the entry.
    """
    found: dict[str, LabelledValue] = {}
    unclear: set[str] = set()
    for one in answers:
        spec = one.spec
        value = typed_value(spec, one.answer, meaning) if spec else None
        if spec is None or value in (None, "", [], {}):
            continue
        before = found.get(spec.id)
        if before is not None and one.column and spec.field_type.is_short and before.value != value:
            unclear.add(spec.id)
        if before is not None:
            found[spec.id] = replace(before, value=join_values(spec, before.value, value))
        else:
            found[spec.id] = LabelledValue(value, one.line.page, answer_evidence(one), one.label)
    return {id: one for id, one in found.items() if id not in unclear}


def second_answers(
    answers: Sequence[OpenAnswer], found: Mapping[str, LabelledValue], meaning: FileContext
) -> list[OpenAnswer]:
    """The answers with another value than the one that was taken, for fields that take one."""
    told = []
    for one in answers:
        taken = found.get(one.spec.id) if one.spec and one.spec.field_type.is_short and not one.column else None
        value = typed_value(one.spec, one.answer, meaning) if one.spec and taken else None
        if taken and value not in (None, "", [], {}) and fold_text(str(value)) != fold_text(str(taken.value)):
            told.append(one)
    return told


def answer_evidence(one: OpenAnswer) -> str:
    """The label and the beginning of its answer, on one line."""
    text = " ".join(f"{one.label}: {one.answer.text}".split())
    return text if len(text) <= LONGEST_ANSWER_EVIDENCE else f"{text[:LONGEST_ANSWER_EVIDENCE].rsplit(' ', 1)[0]} …"


def page_lines(pages: Sequence[ExtractedPage]) -> Iterator[Line]:
    """The lines of all pages without furniture; blank lines are not given, but the line after them is marked."""
    for page in pages:
        apart = page.method in STRUCTURED_METHODS
        for number, text in enumerate(page.text.split("\n")):
            if number in page.furniture:
                continue
            if not text.strip():
                apart = True
                continue
            yield Line(text.strip(), page.number, page.method, apart, number in page.headings)
            apart = False


def uses_2020_numbers(lines: Sequence[Line]) -> bool:
    """True when bare numbers of principles are those of 2020.

    False where every year that the file names is before 2020.
    """
    years = [int(year) for line in lines for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", line.text)]
    return not years or max(years) >= 2020


def with_women_and_men(found: dict[str, LabelledValue], answers: Sequence[OpenAnswer]) -> dict[str, LabelledValue]:
    """The values with the women and men that an answer about all people counts, where no other answer tells them."""
    for one in answers:
        if one.spec is None or one.spec.id != "participants_total":
            continue
        for who, number in find_women_and_men(one.answer.text).items():
            told = LabelledValue(number, one.line.page, answer_evidence(one), one.label)
            found.setdefault(f"participants_{who}", told)
    return found


def with_bare_name(
    found: dict[str, LabelledValue], lines: Sequence[Line], labels: KnownLabels, language: str
) -> dict[str, LabelledValue]:
    """The values with what stands under "Nombre:" as title, where none is given and no person is meant."""
    first = None if "title" in found else next(bare_names(lines, labels), None)
    if first is None:
        return found
    text, line = first
    return {**found, "title": LabelledValue({language: text}, line.page, line.text, line.text.split(":")[0].strip())}


def with_start_year(found: dict[str, LabelledValue]) -> dict[str, LabelledValue]:
    """The values with the first year of the period as start year, where none is given."""
    period = found.get("period")
    start = period.value.get("from") if period and isinstance(period.value, dict) else None
    if period and isinstance(start, str) and "start_year" not in found:
        return {**found, "start_year": replace(period, value=int(start[:4]))}
    return found
