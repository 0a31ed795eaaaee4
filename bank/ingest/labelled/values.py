"""What stands under a field's label as a value of that field's type. What can't be typed is None."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bank.ingest.labelled import contacts, dates, numbers, vocabulary_terms
from bank.ingest.labelled.answers import Answer
from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.field_types import complete

LONGEST = 20_000
LONGEST_LINE = 300
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
Joining = Callable[[FieldSpec, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the answers to a field of some type are read: `typing` gives the value of one, None where it holds none.

    `joining` makes one value of those of two answers. `dotted`: a line that ends in a row of dots goes on with it,
    where it ends any other answer.
    """

    typing: Typing
    joining: Joining
    dotted: bool = False


def typed(spec: FieldSpec, answer: Answer, meaning: Meaning) -> object | None:
    """The value, in the shape of the field's type; None when the answer holds none."""
    if not answer.lines or (spec.field_type.is_short and len(answer.short) > LONGEST_LINE):
        return None
    value = READINGS[spec.type].typing(spec, answer, meaning)
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


def joined(spec: FieldSpec, before: Any, value: Any) -> object:
    """Two answers to one field as one value."""
    return READINGS[spec.type].joining(spec, before, value)


def nothing(spec: FieldSpec, answer: Answer, meaning: Meaning) -> None:
    """A file that belongs to a field does not stand in another file's text."""


def the_first(spec: FieldSpec, before: Any, value: Any) -> Any:
    return before


def all_of_them(spec: FieldSpec, before: Any, value: Any) -> Any:
    """Both lists, nothing twice."""
    return [*before, *(one for one in value if one not in before)]


def both_lines(spec: FieldSpec, before: Any, value: Any) -> Any:
    """Two lists, which are texts of one item a line where the field is translated."""
    return texts_together(before, value, "\n") if spec.translated else all_of_them(spec, before, value)


def both_paragraphs(spec: FieldSpec, before: Any, value: Any) -> Any:
    """One text after the other; without languages the first."""
    return texts_together(before, value, "\n\n") if spec.translated else before


def both_parts(spec: FieldSpec, before: Any, value: Any) -> Any:
    """What the first does not say from the second."""
    return {**value, **before}


def texts_together(before: Mapping[str, str], value: Mapping[str, str], apart: str) -> Mapping[str, str]:
    """The texts of each language one after the other; the first alone where that is too long."""
    both = {code: apart.join(filter(None, (before.get(code), value.get(code)))) for code in {**before, **value}}
    return both if all(len(text) <= LONGEST for text in both.values()) else before


READINGS: Mapping[str, Reading] = complete(
    {
        "text": Reading(text, the_first),
        "longtext": Reading(longtext, both_paragraphs),
        "list": Reading(items, both_lines, dotted=True),
        "number": Reading(lambda spec, answer, meaning: numbers.number(answer.short), the_first),
        "year": Reading(lambda spec, answer, meaning: dates.year(answer.short), the_first),
        "month": Reading(lambda spec, answer, meaning: dates.moment(answer.short), the_first),
        "date": Reading(lambda spec, answer, meaning: dates.moment(answer.short), the_first),
        "period": Reading(lambda spec, answer, meaning: dates.period(answer.text), the_first),
        "money": Reading(lambda spec, answer, meaning: numbers.money(answer.short, meaning.country), the_first),
        "choice": Reading(lambda spec, answer, meaning: vocabulary_terms.choice(spec, answer), the_first),
        "choices": Reading(lambda spec, answer, meaning: vocabulary_terms.choices(spec, answer), all_of_them),
        "city": Reading(city, the_first),
        "cities": Reading(cities, all_of_them),
        "terms": Reading(terms, all_of_them),
        "events": Reading(
            lambda spec, answer, meaning: vocabulary_terms.events(meaning.vocabulary, answer.items), all_of_them
        ),
        "links": Reading(lambda spec, answer, meaning: contacts.links(answer.written), all_of_them),
        "bool": Reading(boolean, the_first),
        "contact": Reading(lambda spec, answer, meaning: contacts.contact(answer.written), both_parts),
        "licence": Reading(licence, the_first),
        "attachment": Reading(nothing, the_first),
        "language": Reading(lambda spec, answer, meaning: vocabulary_terms.language(answer), the_first),
    },
    "how the answers of each type are read from a file",
)
