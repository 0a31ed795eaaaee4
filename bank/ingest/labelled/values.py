"""What stands under a field's label as a value of that field's type. What can't be typed is None."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bank.ingest.labelled import contacts, dates, numbers, vocabulary_terms
from bank.ingest.labelled.answers import Answer
from bank.vocabulary import FieldSpec, Vocabulary

LONGEST = 20_000
LONGEST_LINE = 300
SHORT = ("text", "city", "year", "number", "month", "date", "period", "money", "choice", "bool", "language", "licence")
"""Types whose value is a word or a line."""
LONGEST_WORD = 80
YES = frozenset({"sí", "si", "yes", "sim", "oui", "x"})
NO = frozenset({"no", "não", "nao", "non"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What typing needs to know of the file as a whole.

    `language` of its texts; `country` of its city (ISO 3166-1, empty when unknown), whose pesos are meant; `numbered`:
    bare numbers of principles are those of 2020.
    """

    vocabulary: Vocabulary
    language: str
    numbered: bool
    country: str = ""

    def placed(self, city: str) -> "Meaning":
        """The same for a file of this city."""
        known = self.vocabulary.city_named(city)
        return replace(self, country=known.country) if known else self


Typing = Callable[[FieldSpec, Answer, Meaning], Any]


def typed(spec: FieldSpec, answer: Answer, meaning: Meaning) -> object | None:
    """The value, in the shape that `FieldSpec` gives for its type; None when the answer holds none."""
    if not answer.lines or (spec.type in SHORT and len(answer.short) > LONGEST_LINE):
        return None
    value = TYPINGS[spec.type](spec, answer, meaning) if spec.type in TYPINGS else None
    return {meaning.language: value} if spec.translated and value else value


def text(spec: FieldSpec, answer: Answer, meaning: Meaning) -> str:
    """The first line with what goes on with it."""
    return answer.short.strip()


def longtext(spec: FieldSpec, answer: Answer, meaning: Meaning) -> str | None:
    return answer.text if len(answer.text) <= LONGEST else None


def items(spec: FieldSpec, answer: Answer, meaning: Meaning) -> str | list[str] | None:
    text = "\n".join(answer.items)
    return None if len(text) > LONGEST else text if spec.translated else answer.items


def city(spec: FieldSpec, answer: Answer, meaning: Meaning) -> str | None:
    found = answer.short.strip(" .")
    return found if 0 < len(found) <= LONGEST_WORD else None


def cities(spec: FieldSpec, answer: Answer, meaning: Meaning) -> list[str]:
    return vocabulary_terms.cities(meaning.vocabulary, answer.items)


def boolean(spec: FieldSpec, answer: Answer, meaning: Meaning) -> bool | None:
    first = re.split(r"[\s,.;]", answer.short.strip().lower(), maxsplit=1)[0]
    return True if first in YES else False if first in NO else None


def terms(spec: FieldSpec, answer: Answer, meaning: Meaning) -> list[str]:
    numbered = meaning.numbered or spec.vocabulary != "principle"
    return vocabulary_terms.terms(meaning.vocabulary, spec, answer, numbered)


def licence(spec: FieldSpec, answer: Answer, meaning: Meaning) -> str | None:
    return vocabulary_terms.licence(meaning.vocabulary, answer)


TYPINGS: Mapping[str, Typing] = {
    "text": text,
    "longtext": longtext,
    "list": items,
    "number": lambda spec, answer, meaning: numbers.number(answer.short),
    "year": lambda spec, answer, meaning: dates.year(answer.short),
    "month": lambda spec, answer, meaning: dates.moment(answer.short),
    "date": lambda spec, answer, meaning: dates.moment(answer.short),
    "period": lambda spec, answer, meaning: dates.period(answer.text),
    "money": lambda spec, answer, meaning: numbers.money(answer.short, meaning.country),
    "choice": lambda spec, answer, meaning: vocabulary_terms.choice(spec, answer),
    "choices": lambda spec, answer, meaning: vocabulary_terms.choices(spec, answer),
    "city": city,
    "cities": cities,
    "terms": terms,
    "events": lambda spec, answer, meaning: vocabulary_terms.events(meaning.vocabulary, answer.items),
    "links": lambda spec, answer, meaning: contacts.links(answer.written),
    "bool": boolean,
    "contact": lambda spec, answer, meaning: contacts.contact(answer.written),
    "licence": licence,
    "language": lambda spec, answer, meaning: vocabulary_terms.language(answer),
}
"""Type of a field -> how its answer is read. A file attached to a field is not in the text."""


def joined(spec: FieldSpec, before: Any, value: Any) -> object:
    """Two answers to one field: texts one after the other, lists and contacts together, of all else the first."""
    if spec.translated and spec.type != "text":
        apart = "\n" if spec.type == "list" else "\n\n"
        both = {code: apart.join(filter(None, (before.get(code), value.get(code)))) for code in {**before, **value}}
        return both if all(len(text) <= LONGEST for text in both.values()) else before
    if isinstance(before, list):
        return [*before, *(one for one in value if one not in before)]
    return {**value, **before} if spec.type == "contact" else before
