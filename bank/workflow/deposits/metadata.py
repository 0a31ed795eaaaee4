"""What a program says about a new entry, read into the core's values: keys in English or Spanish, labels or ids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bank.errors import Fault, InvalidFields
from bank.ingest.formats.front_matter import FRONT_MATTER_KEYS, UNACCENTED_LETTERS
from bank.messages import N_
from bank.vocabulary import FieldSpec, Vocabulary, fold_text
from bank.workflow.deposits.values import TERM_FIELDS, field_specs
from bank.workflow.deposits.writing import NO_SUCH_TERM
from bank.workflow.entries.fields import MOST_ITEMS_OF_VALUE, PARTIAL_DATE, TOO_MANY_ITEMS

METADATA_KEYS = {**FRONT_MATTER_KEYS, "year": "start_year", "ano": "start_year"}
"""Key without accents, in small letters -> field; the keys of front matter, but a year is a number here."""
VOCABULARIES_GIVEN_AS_NUMBERS = ("principle", "sdg")
"""Vocabularies whose terms may be given as numbers."""
METADATA_KEY_TWICE = N_("This is said twice, under another name too.")
WRONG_METADATA_DATE = N_("Write a date as YYYY, YYYY-MM or YYYY-MM-DD.")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an entry before it begins; `values` are as in `filled`, and not checked yet.

    `called` maps a field to the key under which the program gave it. `date` and `country` are as in `Start`.
    """

    kind: str
    country: str | None
    date: str | None
    values: Mapping[str, object]
    called: Mapping[str, str]

    def in_its_words(self, error: InvalidFields) -> InvalidFields:
        """The faults under the program's own keys."""
        return InvalidFields(
            [Fault(self.called.get(one.name, one.name), one.sentence, one.values) for one in error.faults]
        )


def read_metadata(vocabulary: Vocabulary, given: Mapping[str, object], language: str, own_city: bool) -> Metadata:
    """Reads a document of metadata; texts without a language are in its `language`, else in the one named here.

    Where no city is named that leads, the first of the cities does, or with `own_city` the writer's own.

    Raises Faulty for more keys than anybody needs, for a key that is given twice, and for a country, kind or date that
    can't be read; the rest is checked where it is written.
    """
    if len(given) > MOST_ITEMS_OF_VALUE:
        raise InvalidFields([Fault("metadata", TOO_MANY_ITEMS, {"most": MOST_ITEMS_OF_VALUE})])
    called: dict[str, str] = {}
    known: dict[str, object] = {}
    wrong = []
    for key, value in given.items():
        name = METADATA_KEYS.get(key.strip().lower().translate(UNACCENTED_LETTERS).replace(" ", "_"), key)
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
    """What was given and could not be read."""
    if kind is not None:
        yield Fault(called.get("kind", "kind"), NO_SUCH_TERM, {"value": str(kind)[:60]})
    if country is not None:
        yield Fault(called["country"], NO_SUCH_TERM, {"value": str(country)[:60]})
    if date is not None and not (isinstance(date, str) and PARTIAL_DATE.fullmatch(date)):
        yield Fault(called["date"], WRONG_METADATA_DATE)


def with_leading_city(values: dict[str, object]) -> dict[str, object]:
    """The first of the cities leads where none is named alone."""
    cities = values.get("cities")
    if values.get("city") is None and isinstance(cities, list) and cities:
        return {**values, "city": cities[0], "cities": cities[1:]}
    return values


def read_metadata_values(
    vocabulary: Vocabulary, kind: str, known: Mapping[str, object], language: str
) -> dict[str, object]:
    """Each value as its field keeps it; what can't be read stays as it is, to be refused where it is written."""
    specs = field_specs(vocabulary, kind)
    return {
        id: read_metadata_value(vocabulary, specs[id], value, language) if id in specs else value
        for id, value in known.items()
    }


def read_metadata_value(vocabulary: Vocabulary, spec: FieldSpec, value: object, language: str) -> object:
    """A text under its language, a term's label as its id; a list that is too long stays as it is."""
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
    """A list as its items, one a line."""
    if spec.field_type.is_list and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(" ".join(item.split()) for item in value)
    return value


def term_id_or_value(vocabulary: Vocabulary, name: str, value: object) -> object:
    """The id of the term that is meant; anything else as it is."""
    text = str(value) if name in VOCABULARIES_GIVEN_AS_NUMBERS and type(value) is int else value
    found = vocabulary.find(name, text) if isinstance(text, str) else None
    return found.id if found else text


def choice_ids(spec: FieldSpec, value: object) -> object:
    """The ids of the choices with these labels; anything else as it is."""
    return [choice_id_or_value(spec, one) for one in value] if isinstance(value, list) else value


def choice_id_or_value(spec: FieldSpec, value: object) -> object:
    """The id of the choice with this label; anything else as it is."""
    if not isinstance(value, str):
        return value
    meant = (one.id for one in spec.choices if fold_text(value) in {fold_text(label) for label in one.labels.values()})
    return next(meant, value)
