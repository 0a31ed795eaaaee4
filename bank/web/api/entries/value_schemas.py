"""The fields of entries as JSON Schema: they are data, so a network's own fields are described too."""

from collections.abc import Mapping
from typing import Any

from bank.vocabulary import FieldSpec, Vocabulary
from bank.workflow.deposits.values import TAGGED
from bank.workflow.deposits.writing import FIRST_YEAR, MOST_CITIES, MOST_EVENTS, ROLES
from bank.workflow.entries.fields import LONGEST as LONGEST_TEXT
from bank.workflow.entries.fields import LONGEST_OF

Schema = dict[str, Any]
CODE = "^[a-z]{2,3}$"
TEXT: Schema = {"type": "string", "maxLength": LONGEST_TEXT}
NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
DATE = "^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$"


def document(**parts: Schema) -> Schema:
    """A document of these parts and no others."""
    return {"type": "object", "properties": parts, "additionalProperties": False}


SHAPES: Mapping[str, Schema] = {
    "number": {"type": "number"},
    "year": {"type": "number"},
    "month": {"type": "string", "pattern": DATE},
    "date": {"type": "string", "pattern": DATE},
    "bool": {"type": "boolean"},
    "list": {"type": "array", "items": TEXT},
    "period": document(**{"from": TEXT, "to": TEXT}),
    "money": document(amount={"type": "number"}, currency=TEXT, year={"type": "number"}),
    "contact": document(post=TEXT, mailbox=TEXT),
    "links": {"type": "array", "items": document(title=TEXT, url=TEXT)},
}
"""Type of field -> its values; a text where it is not named."""
CORE: Mapping[str, Schema] = {
    "city": NAME,
    "cities": {"type": "array", "items": NAME, "maxItems": MOST_CITIES},
    "start_year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": 9999},
    "language": {"type": "string", "pattern": CODE},
    "number": {"type": "string", "maxLength": LONGEST_OF["number"]},
    "events": {"type": "array", "maxItems": MOST_EVENTS, "items": document(id=NAME, role={"enum": list(ROLES)})},
}


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
    found = {spec.id: spec for kind in vocabulary.kinds for spec in kind.facts.fields if spec.type != "attachment"}
    return list(found.values())


def exact(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    """The values as they are kept."""
    if spec.translated:
        text = {"type": "string", "maxLength": LONGEST_OF.get(spec.id, LONGEST_TEXT)}
        return {"type": "object", "propertyNames": {"pattern": CODE}, "additionalProperties": text}
    if spec.id in TAGGED:
        return {"type": "array", "items": {"enum": ids(vocabulary, TAGGED[spec.id])}}
    if spec.id == "licence":
        return {"enum": ids(vocabulary, "licence")}
    if spec.type in ("choice", "choices"):
        one: Schema = {"enum": [choice.id for choice in spec.choices]}
        return one if spec.type == "choice" else {"type": "array", "items": one}
    return CORE.get(spec.id) or SHAPES.get(spec.type, TEXT)


def loose(vocabulary: Vocabulary, spec: FieldSpec) -> Schema:
    """The values as a program may write them."""
    if spec.translated:
        written = [TEXT, exact(vocabulary, spec)]
        return {"anyOf": [*written, {"type": "array", "items": TEXT}] if spec.type == "list" else written}
    if spec.id in TAGGED:
        return {"type": "array", "items": {"type": ["string", "integer"]}}
    if spec.type in ("choice", "choices") or spec.id == "licence":
        return {"type": "array", "items": TEXT} if spec.type == "choices" else TEXT
    return exact(vocabulary, spec)


def nullable(spec: FieldSpec, schema: Schema) -> Schema:
    """The schema, or null to empty the field, with the field's label; the leading city can't be emptied."""
    named = {"title": spec.label("en"), "description": spec.advice("en")}
    return {**schema, **named} if spec.id == "city" else {"anyOf": [schema, {"type": "null"}], **named}


def ids(vocabulary: Vocabulary, name: str) -> list[str]:
    """The ids of a vocabulary's terms, in their order."""
    return [term.id for term in vocabulary.vocabularies()[name]]
