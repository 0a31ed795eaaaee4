"""The fields of entries as JSON Schema: they are data, so a network's own fields are described too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.field_types import complete
from bank.workflow.deposits.writing import FIRST_YEAR, MOST_CITIES, MOST_EVENTS, ROLES
from bank.workflow.entries.fields import LONGEST as LONGEST_TEXT
from bank.workflow.entries.fields import LONGEST_OF

Schema = dict[str, Any]
CODE = "^[a-z]{2,3}$"
TEXT: Schema = {"type": "string", "maxLength": LONGEST_TEXT}
NUMBER: Schema = {"type": "number"}
NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
DATE = "^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$"


def document(**parts: Schema) -> Schema:
    """A document of these parts and no others."""
    return {"type": "object", "properties": parts, "additionalProperties": False}


@dataclass(frozen=True, slots=True)
class TypeSchema:
    """The values of a type: `exact` as they are kept, `loose` as a program may write them, None for the same."""

    exact: Callable[[Vocabulary, FieldSpec], Schema]
    loose: Callable[[Vocabulary, FieldSpec], Schema] | None = None


def values_schema(vocabulary: Vocabulary) -> Schema:
    """What a PATCH takes: ids for terms, texts by language. Which fields there are follows the entry's kind."""
    fields = {spec.id: nullable(spec, exact(vocabulary, spec)) for spec in every_field(vocabulary)}
    kind = {"enum": [one.id for one in vocabulary.kinds]}
    return {**document(kind=kind, **fields), "title": "Values"}


def metadata_schema(vocabulary: Vocabulary) -> Schema:
    """What a deposit takes: labels too, texts in its language; the same keys in Spanish are taken beside these."""
    fields = {spec.id: nullable(spec, loose(vocabulary, spec)) for spec in every_field(vocabulary)}
    about = document(kind=TEXT, country=TEXT, date={"type": ["string", "null"], "pattern": DATE}, **fields)
    return {**about, "additionalProperties": True, "title": "Metadata"}


def every_field(vocabulary: Vocabulary) -> list[FieldSpec]:
    """The fields of all kinds that are values; attachments are files."""
    found = {spec.id: spec for kind in vocabulary.kinds for spec in kind.facts.fields if not spec.field_type.is_file}
    return list(found.values())


def exact(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    """The values as they are kept."""
    if spec.translated:
        text = {"type": "string", "maxLength": LONGEST_OF.get(spec.id, LONGEST_TEXT)}
        return {"type": "object", "propertyNames": {"pattern": CODE}, "additionalProperties": text}
    return FIELD_SCHEMAS[spec.id] if spec.id in FIELD_SCHEMAS else TYPE_SCHEMAS[spec.type].exact(vocabulary, spec)


def loose(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    """The values as a program may write them."""
    if spec.translated:
        written = [TEXT, exact(vocabulary, spec)]
        return {"anyOf": [*written, texts(vocabulary, spec)] if spec.field_type.is_list else written}
    told = TYPE_SCHEMAS[spec.type].loose
    return exact(vocabulary, spec) if told is None else told(vocabulary, spec)


def nullable(spec: FieldSpec, schema: Schema) -> Schema:
    """The schema, or null to empty the field, with the field's label; the leading city can't be emptied."""
    named = {"title": spec.label("en"), "description": spec.advice("en")}
    return {**schema, **named} if spec.id == "city" else {"anyOf": [schema, {"type": "null"}], **named}


def ids(vocabulary: Vocabulary, name: str) -> list[str]:
    """The ids of a vocabulary's terms, in their order."""
    return [term.id for term in vocabulary.vocabularies()[name]]


def always(schema: Schema) -> Callable[[Vocabulary, FieldSpec], Schema]:
    """The same schema for every field of a type."""
    return lambda vocabulary, spec: schema


def text(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    return TEXT


def texts(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    return {"type": "array", "items": TEXT}


def parts(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    """A document of the type's parts."""
    kind = spec.field_type
    return document(**{part: NUMBER if part in kind.numbers else TEXT for part in kind.parts})


def choice(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    return {"enum": [choice.id for choice in spec.choices]}


def choices(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    return {"type": "array", "items": choice(vocabulary, spec)}


def terms(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    return {"type": "array", "items": {"enum": ids(vocabulary, spec.vocabulary or "")}}


def licence(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    return {"enum": ids(vocabulary, "licence")}


FIELD_SCHEMAS: Mapping[str, Schema] = {
    "start_year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": 9999},
    "number": {"type": "string", "maxLength": LONGEST_OF["number"]},
}
"""Id of a field that takes less than its type -> its values."""
TYPE_SCHEMAS: Mapping[str, TypeSchema] = complete(
    {
        "text": TypeSchema(text),
        "longtext": TypeSchema(text),
        "list": TypeSchema(texts),
        "number": TypeSchema(always(NUMBER)),
        "year": TypeSchema(always(NUMBER)),
        "month": TypeSchema(always({"type": "string", "pattern": DATE})),
        "date": TypeSchema(always({"type": "string", "pattern": DATE})),
        "period": TypeSchema(parts),
        "money": TypeSchema(parts),
        "choice": TypeSchema(choice, text),
        "choices": TypeSchema(choices, texts),
        "cities": TypeSchema(always({"type": "array", "items": NAME, "maxItems": MOST_CITIES})),
        "city": TypeSchema(always(NAME)),
        "terms": TypeSchema(terms, always({"type": "array", "items": {"type": ["string", "integer"]}})),
        "events": TypeSchema(
            always({"type": "array", "maxItems": MOST_EVENTS, "items": document(id=NAME, role={"enum": list(ROLES)})})
        ),
        "links": TypeSchema(always({"type": "array", "items": document(title=TEXT, url=TEXT)})),
        "bool": TypeSchema(always({"type": "boolean"})),
        "contact": TypeSchema(parts),
        "licence": TypeSchema(licence, text),
        "attachment": TypeSchema(always({"not": {}})),
        "language": TypeSchema(always({"type": "string", "pattern": CODE})),
    },
    "the schema of the values of each type",
)
