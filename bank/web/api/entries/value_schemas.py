"""JSON Schemas of the fields of entries, made from the vocabulary, so a network's own fields are described too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.field_types import complete_table
from bank.workflow.deposits.writing import (
    ENTRY_EVENT_ROLES,
    FIRST_ENTRY_YEAR,
    MOST_CITIES_OF_ENTRY,
    MOST_EVENTS_OF_ENTRY,
)
from bank.workflow.entries.fields import LONGEST_CORE_TEXTS
from bank.workflow.entries.fields import LONGEST_FIELD_TEXT as LONGEST_TEXT

JsonSchema = dict[str, Any]
LANGUAGE_CODE_PATTERN = "^[a-z]{2,3}$"
TEXT_SCHEMA: JsonSchema = {"type": "string", "maxLength": LONGEST_TEXT}
NUMBER_SCHEMA: JsonSchema = {"type": "number"}
NAME_SCHEMA: JsonSchema = {"type": "string", "minLength": 1, "maxLength": 200}
PARTIAL_DATE_PATTERN = "^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$"


def object_schema(**parts: JsonSchema) -> JsonSchema:
    """JSON Schema of an object with these properties and no others."""
    return {"type": "object", "properties": parts, "additionalProperties": False}


@dataclass(frozen=True, slots=True)
class TypeSchema:
    """Schemas of a field type: `exact` for values as stored, `loose` as metadata may have them (None: the same)."""

    exact: Callable[[Vocabulary, FieldSpec], JsonSchema]
    loose: Callable[[Vocabulary, FieldSpec], JsonSchema] | None = None


def values_schema(vocabulary: Vocabulary) -> JsonSchema:
    """JSON Schema of the body of PATCH: ids for terms, texts by language. An entry has the fields of its kind only."""
    fields = {
        spec.id: nullable_schema(spec, stored_value_schema(vocabulary, spec)) for spec in value_field_specs(vocabulary)
    }
    kind = {"enum": [one.id for one in vocabulary.kinds]}
    return {**object_schema(kind=kind, **fields), "title": "Values"}


def metadata_schema(vocabulary: Vocabulary) -> JsonSchema:
    """JSON Schema of the metadata of a new entry: also labels, texts in its language; Spanish keys are taken too."""
    fields = {
        spec.id: nullable_schema(spec, metadata_value_schema(vocabulary, spec))
        for spec in value_field_specs(vocabulary)
    }
    about = object_schema(
        kind=TEXT_SCHEMA,
        country=TEXT_SCHEMA,
        date={"type": ["string", "null"], "pattern": PARTIAL_DATE_PATTERN},
        **fields,
    )
    return {**about, "additionalProperties": True, "title": "Metadata"}


def value_field_specs(vocabulary: Vocabulary) -> list[FieldSpec]:
    """The fields of all kinds that have values, which attachments have not: they are files."""
    found = {spec.id: spec for kind in vocabulary.kinds for spec in kind.facts.fields if not spec.field_type.is_file}
    return list(found.values())


def stored_value_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    """JSON Schema of a field's value as PATCH takes it: ids for terms, texts by language."""
    if spec.translated:
        text = {"type": "string", "maxLength": LONGEST_CORE_TEXTS.get(spec.id, LONGEST_TEXT)}
        return {"type": "object", "propertyNames": {"pattern": LANGUAGE_CODE_PATTERN}, "additionalProperties": text}
    return FIELD_SCHEMAS[spec.id] if spec.id in FIELD_SCHEMAS else TYPE_SCHEMAS[spec.type].exact(vocabulary, spec)


def metadata_value_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    """JSON Schema of a field's value in the metadata of a new entry: also labels, and texts in the entry's language."""
    if spec.translated:
        written = [TEXT_SCHEMA, stored_value_schema(vocabulary, spec)]
        return {"anyOf": [*written, texts_schema(vocabulary, spec)] if spec.field_type.is_list else written}
    told = TYPE_SCHEMAS[spec.type].loose
    return stored_value_schema(vocabulary, spec) if told is None else told(vocabulary, spec)


def nullable_schema(spec: FieldSpec, schema: JsonSchema) -> JsonSchema:
    """The schema with the field's label and advice, null allowed: it empties a field, but not the leading city."""
    named = {"title": spec.label("en"), "description": spec.advice("en")}
    return {**schema, **named} if spec.id == "city" else {"anyOf": [schema, {"type": "null"}], **named}


def vocabulary_term_ids(vocabulary: Vocabulary, name: str) -> list[str]:
    """The ids of a vocabulary's terms, in their order."""
    return [term.id for term in vocabulary.vocabularies()[name]]


def same_schema(schema: JsonSchema) -> Callable[[Vocabulary, FieldSpec], JsonSchema]:
    """The same schema for every field of a type."""
    return lambda vocabulary, spec: schema


def text_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    return TEXT_SCHEMA


def texts_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    return {"type": "array", "items": TEXT_SCHEMA}


def parts_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    """JSON Schema of an object with the parts of the field's type."""
    kind = spec.field_type
    return object_schema(**{part: NUMBER_SCHEMA if part in kind.numbers else TEXT_SCHEMA for part in kind.parts})


def choice_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    return {"enum": [choice.id for choice in spec.choices]}


def choices_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    return {"type": "array", "items": choice_schema(vocabulary, spec)}


def terms_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    return {"type": "array", "items": {"enum": vocabulary_term_ids(vocabulary, spec.vocabulary or "")}}


def licence_schema(vocabulary: Vocabulary, spec: FieldSpec) -> JsonSchema:
    return {"enum": vocabulary_term_ids(vocabulary, "licence")}


FIELD_SCHEMAS: Mapping[str, JsonSchema] = {
    "start_year": {"type": "integer", "minimum": FIRST_ENTRY_YEAR, "maximum": 9999},
    "number": {"type": "string", "maxLength": LONGEST_CORE_TEXTS["number"]},
}
"""Field id -> JSON Schema, for fields that accept less than their type does."""
TYPE_SCHEMAS: Mapping[str, TypeSchema] = complete_table(
    {
        "text": TypeSchema(text_schema),
        "longtext": TypeSchema(text_schema),
        "list": TypeSchema(texts_schema),
        "number": TypeSchema(same_schema(NUMBER_SCHEMA)),
        "year": TypeSchema(same_schema(NUMBER_SCHEMA)),
        "month": TypeSchema(same_schema({"type": "string", "pattern": PARTIAL_DATE_PATTERN})),
        "date": TypeSchema(same_schema({"type": "string", "pattern": PARTIAL_DATE_PATTERN})),
        "period": TypeSchema(parts_schema),
        "money": TypeSchema(parts_schema),
        "choice": TypeSchema(choice_schema, text_schema),
        "choices": TypeSchema(choices_schema, texts_schema),
        "cities": TypeSchema(same_schema({"type": "array", "items": NAME_SCHEMA, "maxItems": MOST_CITIES_OF_ENTRY})),
        "city": TypeSchema(same_schema(NAME_SCHEMA)),
        "terms": TypeSchema(terms_schema, same_schema({"type": "array", "items": {"type": ["string", "integer"]}})),
        "events": TypeSchema(
            same_schema(
                {
                    "type": "array",
                    "maxItems": MOST_EVENTS_OF_ENTRY,
                    "items": object_schema(id=NAME_SCHEMA, role={"enum": list(ENTRY_EVENT_ROLES)}),
                }
            )
        ),
        "links": TypeSchema(same_schema({"type": "array", "items": object_schema(title=TEXT_SCHEMA, url=TEXT_SCHEMA)})),
        "bool": TypeSchema(same_schema({"type": "boolean"})),
        "contact": TypeSchema(parts_schema),
        "licence": TypeSchema(licence_schema, text_schema),
        "attachment": TypeSchema(same_schema({"not": {}})),
        "language": TypeSchema(same_schema({"type": "string", "pattern": LANGUAGE_CODE_PATTERN})),
    },
    "the schema of the values of each type",
)
