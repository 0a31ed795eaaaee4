"""Turns the answer under a field's label into a value of the field's type; None where the type can't take it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bank.ingest.labelled import contacts, dates, numbers, vocabulary_terms
from bank.ingest.labelled.answers import LabelledAnswer
from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.field_types import complete_table

LONGEST_ANSWER = 20_000
"""Characters of a text or list."""
LONGEST_SHORT_ANSWER = 300
"""Characters of the answer to a field of one line."""
LONGEST_CITY_NAME = 80
ANSWERS_OF_YES = frozenset({"sí", "si", "yes", "sim", "oui", "x"})
ANSWERS_OF_NO = frozenset({"no", "não", "nao", "non"})


@dataclass(frozen=True, slots=True)
class FileContext:
    """Facts of the whole file that are needed to read single answers.

    `language` of its texts; `country` of its city (ISO 3166-1, empty when unknown), whose pesos are meant; `numbered`:
    bare numbers of principles are those of 2020.
    """

    vocabulary: Vocabulary
    language: str
    numbered: bool
    country: str = ""

    def placed(self, city: str) -> "FileContext":
        """The context of a file of this city."""
        known = self.vocabulary.city_named(city)
        return replace(self, country=known.country) if known else self


TypeAnswer = Callable[[FieldSpec, LabelledAnswer, FileContext], Any]
JoinAnswers = Callable[[FieldSpec, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """How the answers to fields of a type are read: `typing` gives the value of one, None where it holds none.

    `joining` makes one value of those of two answers. `dotted`: a line that ends in a row of dots belongs to the
    answer; it ends answers of other types.
    """

    typing: TypeAnswer
    joining: JoinAnswers
    dotted: bool = False


def typed_value(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> object | None:
    """The value in the form of the field's type; None when the answer holds none."""
    if not answer.lines or (spec.field_type.is_short and len(answer.short) > LONGEST_SHORT_ANSWER):
        return None
    value = ANSWER_READINGS[spec.type].typing(spec, answer, meaning)
    return {meaning.language: value} if spec.translated and value else value


def typed_text(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> str:
    """The answer as a text of one line."""
    return answer.short.strip()


def typed_longtext(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> str | None:
    """The answer as a long text; None when it is too long."""
    return answer.text if len(answer.text) <= LONGEST_ANSWER else None


def typed_list(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> str | list[str] | None:
    """The answer as a list, for a translated field as text with one item a line; None when it is too long."""
    text = "\n".join(answer.items)
    return None if len(text) > LONGEST_ANSWER else text if spec.translated else answer.items


def typed_city(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> str | None:
    """The answer as the name of a city; None when it is empty or too long."""
    found = answer.short.strip(" .")
    return found if 0 < len(found) <= LONGEST_CITY_NAME else None


def typed_cities(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> list[str]:
    """The answer as names of cities."""
    return vocabulary_terms.find_city_names(meaning.vocabulary, answer.items)


def typed_bool(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> bool | None:
    """The answer as true or false; None when it is neither."""
    first = re.split(r"[\s,.;]", answer.short.strip().lower(), maxsplit=1)[0]
    return True if first in ANSWERS_OF_YES else False if first in ANSWERS_OF_NO else None


def typed_terms(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> list[str]:
    """The answer as ids of terms."""
    numbered = meaning.numbered or spec.vocabulary != "principle"
    return vocabulary_terms.find_term_ids(meaning.vocabulary, spec, answer, numbered)


def typed_licence(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> str | None:
    """The answer as the id of a licence; None when it names none or several."""
    return vocabulary_terms.find_licence_id(meaning.vocabulary, answer)


def join_values(spec: FieldSpec, before: Any, value: Any) -> object:
    """The values of two answers to one field as one value."""
    return ANSWER_READINGS[spec.type].joining(spec, before, value)


def read_no_value(spec: FieldSpec, answer: LabelledAnswer, meaning: FileContext) -> None:
    """None: files that belong to a field can't be given in another file's text."""


def keep_first_answer(spec: FieldSpec, before: Any, value: Any) -> Any:
    """The value of the first answer."""
    return before


def join_lists(spec: FieldSpec, before: Any, value: Any) -> Any:
    """Both lists in one, without repeats."""
    return [*before, *(one for one in value if one not in before)]


def join_item_lists(spec: FieldSpec, before: Any, value: Any) -> Any:
    """Both lists in one; for a translated field they are texts with one item a line."""
    return join_texts_of_languages(before, value, "\n") if spec.translated else join_lists(spec, before, value)


def join_paragraphs(spec: FieldSpec, before: Any, value: Any) -> Any:
    """Both texts in one, as paragraphs; the first where the field is not translated."""
    return join_texts_of_languages(before, value, "\n\n") if spec.translated else before


def join_parts(spec: FieldSpec, before: Any, value: Any) -> Any:
    """The parts of both objects; where both have a part, the first one's."""
    return {**value, **before}


def join_texts_of_languages(before: Mapping[str, str], value: Mapping[str, str], apart: str) -> Mapping[str, str]:
    """The texts of each language joined with `apart`; only the first ones where that is too long."""
    both = {code: apart.join(filter(None, (before.get(code), value.get(code)))) for code in {**before, **value}}
    return both if all(len(text) <= LONGEST_ANSWER for text in both.values()) else before


ANSWER_READINGS: Mapping[str, AnswerReading] = complete_table(
    {
        "text": AnswerReading(typed_text, keep_first_answer),
        "longtext": AnswerReading(typed_longtext, join_paragraphs),
        "list": AnswerReading(typed_list, join_item_lists, dotted=True),
        "number": AnswerReading(lambda spec, answer, meaning: numbers.single_number(answer.short), keep_first_answer),
        "year": AnswerReading(lambda spec, answer, meaning: dates.first_year(answer.short), keep_first_answer),
        "month": AnswerReading(lambda spec, answer, meaning: dates.single_date(answer.short), keep_first_answer),
        "date": AnswerReading(lambda spec, answer, meaning: dates.single_date(answer.short), keep_first_answer),
        "period": AnswerReading(lambda spec, answer, meaning: dates.find_period(answer.text), keep_first_answer),
        "money": AnswerReading(
            lambda spec, answer, meaning: numbers.find_money(answer.short, meaning.country), keep_first_answer
        ),
        "choice": AnswerReading(
            lambda spec, answer, meaning: vocabulary_terms.find_choice_id(spec, answer), keep_first_answer
        ),
        "choices": AnswerReading(
            lambda spec, answer, meaning: vocabulary_terms.find_choice_ids(spec, answer), join_lists
        ),
        "city": AnswerReading(typed_city, keep_first_answer),
        "cities": AnswerReading(typed_cities, join_lists),
        "terms": AnswerReading(typed_terms, join_lists),
        "events": AnswerReading(
            lambda spec, answer, meaning: vocabulary_terms.find_events(meaning.vocabulary, answer.items), join_lists
        ),
        "links": AnswerReading(lambda spec, answer, meaning: contacts.find_links(answer.written), join_lists),
        "bool": AnswerReading(typed_bool, keep_first_answer),
        "contact": AnswerReading(lambda spec, answer, meaning: contacts.find_contact(answer.written), join_parts),
        "licence": AnswerReading(typed_licence, keep_first_answer),
        "attachment": AnswerReading(read_no_value, keep_first_answer),
        "language": AnswerReading(
            lambda spec, answer, meaning: vocabulary_terms.find_language_code(answer), keep_first_answer
        ),
    },
    "how the answers of each type are read from a file",
)
