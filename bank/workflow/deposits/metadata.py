"""Reads the metadata of a new entry that a program gives: keys in English or Spanish, labels or ids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bank.errors import Fault, InvalidFields
from bank.ingest.formats.front_matter import FRONT_MATTER_KEYS, front_matter_key
from bank.messages import N_
from bank.vocabulary import FieldSpec, Vocabulary, fold_text
from bank.workflow.deposits.values import TERM_FIELDS, field_specs
from bank.workflow.deposits.writing import NO_SUCH_TERM
from bank.workflow.entries.fields import MOST_ITEMS_OF_VALUE, PARTIAL_DATE, TOO_MANY_ITEMS

METADATA_KEYS = {**FRONT_MATTER_KEYS, **dict.fromkeys(("year", "ano", "any", "annee"), "start_year")}
"""Key without accents, in small letters -> field; the keys of front matter, but a year is a number here."""
VOCABULARIES_GIVEN_AS_NUMBERS = ("principle", "sdg")
"""Vocabularies whose terms may be given as JSON numbers."""
METADATA_KEY_TWICE = N_("This is said twice, under another name too.")
WRONG_METADATA_DATE = N_("Write a date as YYYY, YYYY-MM or YYYY-MM-DD.")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a program says of a new entry; `values` are as in `deposits/values`, not checked yet.

    `called` maps a field to the key under which the program gave it. `date` and `country` are as in `DepositRequest`.
    """

    kind: str
    country: str | None
    date: str | None
    values: Mapping[str, object]
    called: Mapping[str, str]

    def in_its_words(self, error: InvalidFields) -> InvalidFields:
        """The same faults, each named by the program's own key."""
        return InvalidFields(
            [Fault(self.called.get(one.name, one.name), one.sentence, one.values) for one in error.faults]
        )


def read_metadata(vocabulary: Vocabulary, given: Mapping[str, object], language: str, own_city: bool) -> Metadata:
    """Reads the metadata that a program gives.

    A text without a language is in the metadata's `language`, else in the one named here. Where no leading city is
    named, the first of the cities leads, or with `own_city` the writer's own. Raises InvalidFields for too many keys,
    for a key that is given twice, and for a country, kind or date that can't be read; the rest is checked where it is
    written.
    """
    if len(given) > MOST_ITEMS_OF_VALUE:
        raise InvalidFields([Fault("metadata", TOO_MANY_ITEMS, {"most": MOST_ITEMS_OF_VALUE})])
    called: dict[str, str] = {}
    known: dict[str, object] = {}
    wrong = []
    for key, value in given.items():
        name = METADATA_KEYS.get(front_matter_key(key), key)
        if name in known:
            wrong.append(Fault(key, METADATA_KEY_TWICE))
        known[name], called[name] = value, key
    country, date = known.pop("country", None) or None, known.pop("date", None) or None
    kind = known.pop("kind", None) or "experience"
    found = vocabulary.find("kind", kind) if isinstance(kind, str) else None
    nation = vocabulary.country(country) if isinstance(country, str) else None
    wrong += unread_metadata_faults(called, kind if found is None else None, country if nation is None else None, date)
    if wrong or found is None:
        raise InvalidFields(wrong)
    if isinstance(date, str) and known.get("start_year") is None:
        known["start_year"] = int(date[:4])
    spoken = known.get("language")
    values = read_metadata_values(vocabulary, found.id, known, spoken if isinstance(spoken, str) else language)
    if not own_city:
        values = with_leading_city(values)
    return Metadata(found.id, nation, date if isinstance(date, str) else None, values, called)


def unread_metadata_faults(called: Mapping[str, str], kind: object, country: object, date: object) -> Iterator[Fault]:
    """A fault for each of kind, country and date that was given and could not be read."""
    if kind is not None:
        yield Fault(called.get("kind", "kind"), NO_SUCH_TERM, {"value": str(kind)[:60]})
    if country is not None:
        yield Fault(called["country"], NO_SUCH_TERM, {"value": str(country)[:60]})
    if date is not None and not (isinstance(date, str) and PARTIAL_DATE.fullmatch(date)):
        yield Fault(called["date"], WRONG_METADATA_DATE)


def with_leading_city(values: dict[str, object]) -> dict[str, object]:
    """The values, in which the first of `cities` leads where no leading `city` is named."""
    cities = values.get("cities")
    if values.get("city") is None and isinstance(cities, list) and cities:
        return {**values, "city": cities[0], "cities": cities[1:]}
    return values


def read_metadata_values(
    vocabulary: Vocabulary, kind: str, known: Mapping[str, object], language: str
) -> dict[str, object]:
    """Each value in the form of its field; one that can't be read is unchanged, to be refused where it is written."""
    specs = field_specs(vocabulary, kind)
    return {
        id: read_metadata_value(vocabulary, specs[id], value, language) if id in specs else value
        for id, value in known.items()
    }


def read_metadata_value(vocabulary: Vocabulary, spec: FieldSpec, value: object, language: str) -> object:
    """A value in the form of its field: a text by language, a label as an id; an overlong list is unchanged."""
    if value is None or (isinstance(value, list) and len(value) > MOST_ITEMS_OF_VALUE):
        return value
    if spec.translated:
        return value if isinstance(value, dict) else {language: list_as_lines(spec, value)}
    if spec.id in TERM_FIELDS and isinstance(value, list):
        return [term_id_or_value(vocabulary, TERM_FIELDS[spec.id], one) for one in value]
    if spec.id == "licence":
        return term_id_or_value(vocabulary, "licence", value)
    if spec.field_type.chosen_from == "choices":
        return choice_ids(spec, value) if spec.field_type.is_list else choice_id_or_value(spec, value)
    return value


def list_as_lines(spec: FieldSpec, value: object) -> object:
    """A list of texts as one text, a line for each; anything else unchanged."""
    if spec.field_type.is_list and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(" ".join(item.split()) for item in value)
    return value


def term_id_or_value(vocabulary: Vocabulary, name: str, value: object) -> object:
    """The id of the term with this id, label or number; a value that names none is unchanged."""
    text = str(value) if name in VOCABULARIES_GIVEN_AS_NUMBERS and type(value) is int else value
    found = vocabulary.find(name, text) if isinstance(text, str) else None
    return found.id if found else text


def choice_ids(spec: FieldSpec, value: object) -> object:
    """The ids of the choices with these labels; anything else is unchanged."""
    return [choice_id_or_value(spec, one) for one in value] if isinstance(value, list) else value


def choice_id_or_value(spec: FieldSpec, value: object) -> object:
    """The id of the choice with this label; anything else is unchanged."""
    if not isinstance(value, str):
        return value
    meant = (one.id for one in spec.choices if fold_text(value) in {fold_text(label) for label in one.labels.values()})
    return next(meant, value)
