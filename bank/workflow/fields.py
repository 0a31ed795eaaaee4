"""The kind's own fields: one document per entry, whose shape the vocabulary's data gives."""

import re
from collections.abc import Callable, Iterator, Mapping

from bank.errors import Invalid
from bank.languages import is_code
from bank.messages import N_
from bank.vocabulary import FieldSpec, Vocabulary

LONGEST = 20_000
"""Characters of one text; a limit of words only warns, this one holds."""
MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def own_specs(vocabulary: Vocabulary, kind: str) -> Iterator[FieldSpec]:
    """The fields that an entry of this kind keeps in its document."""
    found = vocabulary.kind(kind)
    return (spec for spec in (found.fields if found else ()) if not spec.core)


def public_fields(vocabulary: Vocabulary, kind: str, fields: Mapping[str, object]) -> dict[str, object]:
    """What anybody may see of the document; what only the network may see is left out everywhere."""
    shown = [spec.id for spec in own_specs(vocabulary, kind) if spec.visible == "public"]
    return {id: fields[id] for id in shown if id in fields}


def checked_fields(vocabulary: Vocabulary, kind: str, fields: Mapping[str, object]) -> dict[str, object]:
    """The document when its shape is right. Raises Invalid naming the field that is unknown or wrongly typed."""
    specs = {spec.id: spec for spec in own_specs(vocabulary, kind)}
    for id, value in fields.items():
        if id not in specs:
            raise Invalid(N_("An entry of kind {kind} has no field {field}."), kind=kind, field=id)
        if value is not None and not fits(vocabulary, specs[id], value):
            raise Invalid(N_("The field {field} can't take this value."), field=id)
    return dict(fields)


def fits(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> bool:
    """True when the value has the type that the field asks for."""
    if spec.translated:
        return isinstance(value, dict) and all(is_code(str(code)) and _plain(spec, one) for code, one in value.items())
    if spec.type in ("choices", "terms"):
        return isinstance(value, list) and all(_term(vocabulary, spec, one) for one in value)
    if spec.type == "choice":
        return _term(vocabulary, spec, value)
    return _plain(spec, value)


def _plain(spec: FieldSpec, value: object) -> bool:
    return SHAPES.get(spec.type, _text)(value)


def _text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(_text(one) for one in value)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _document(value: object) -> bool:
    return isinstance(value, dict) and all(one is None or _text(one) or _number(one) for one in value.values())


def _documents(value: object) -> bool:
    return isinstance(value, list) and all(_text(one) or _document(one) for one in value)


def _moment(value: object) -> bool:
    return isinstance(value, str) and bool(MONTH.fullmatch(value))


def _term(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> bool:
    if not isinstance(value, str):
        return False
    if spec.vocabulary:
        return vocabulary.get(spec.vocabulary, value) is not None
    return value in {choice.id for choice in spec.choices}


SHAPES: Mapping[str, Callable[[object], bool]] = {
    "list": _texts,
    "links": _documents,
    "events": _documents,
    "cities": _texts,
    "number": _number,
    "year": _number,
    "month": _moment,
    "date": _moment,
    "period": _document,
    "money": _document,
    "contact": _document,
    "attachment": _document,
    "bool": lambda value: isinstance(value, bool),
}
