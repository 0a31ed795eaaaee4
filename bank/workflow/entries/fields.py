"""Checks the fields that a kind adds: one JSON document per entry.

Which fields there are and of which type, `vocabulary/data/fields.toml` says.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping

from bank.errors import Fault, Invalid
from bank.languages import is_language_code
from bank.messages import N_
from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.field_types import complete_table

LONGEST_FIELD_TEXT = 20_000
"""Characters of one text at most; a field's own limit of words only warns."""
LONGEST_CORE_TEXTS = {"title": 300, "summary": 5000, "number": 40}
"""Characters at most of the texts that every kind has."""
MOST_LANGUAGES_OF_VALUE, MOST_ITEMS_OF_VALUE = 20, 200
"""Of one value: the languages of a text, the items of a list."""
LARGEST_FIELD_DOCUMENT = 200_000
"""Bytes of the whole document, as JSON."""
LARGEST_FIELD_NUMBER = 1e15
"""Largest absolute value of a number."""
WRONG_FIELD_VALUE = N_("This value can't be taken here.")
FIELD_TEXT_TOO_LONG = N_("At most {most} characters; these are {letters}.")
TOO_MANY_ITEMS = N_("At most {most} can go here.")
FIELD_DOCUMENT_TOO_LARGE = N_("That is too much text for one entry. Say it more briefly, or send it as a file.")
PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

SCHEME_START = re.compile(r"[a-z][a-z0-9+.\-]{0,30}:|[/\\]{2}", re.IGNORECASE)
"""How an address begins that leads elsewhere; browsers take a backslash for a slash."""
WEB_SCHEME_START = re.compile(r"https?://", re.IGNORECASE)
IGNORED_IN_ADDRESS = re.compile(r"[\t\r\n]")
"""What browsers leave out of an address, wherever it stands."""
IGNORED_BEFORE_ADDRESS = re.compile(r"^[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+")
"""Blanks and invisible characters that browsers, or text cleaners, drop before an address."""
ValueFits = Callable[[Vocabulary, FieldSpec, object], bool]
"""Whether a value other than None can be kept in a field."""


def own_field_specs(vocabulary: Vocabulary, kind: str) -> Iterator[FieldSpec]:
    """The fields that an entry of this kind keeps in its JSON document."""
    found = vocabulary.kind(kind)
    return (spec for spec in (found.facts.fields if found else ()) if not spec.core)


def public_fields(vocabulary: Vocabulary, kind: str, fields: Mapping[str, object]) -> dict[str, object]:
    """The fields of the document that anybody may see; those for the network only are left out."""
    shown = [spec.id for spec in own_field_specs(vocabulary, kind) if spec.visible == "public"]
    return {id: fields[id] for id in shown if id in fields}


def checked_fields(vocabulary: Vocabulary, kind: str, fields: Mapping[str, object]) -> dict[str, object]:
    """The document, when its shape is right.

    Raises Invalid naming the field that is unknown or wrongly typed, or where the document is too large.
    """
    specs = {spec.id: spec for spec in own_field_specs(vocabulary, kind)}
    for id, value in fields.items():
        if id not in specs:
            raise Invalid(N_("An entry of kind {kind} has no field {field}."), kind=kind, field=id)
        if value is not None and not fits_field(vocabulary, specs[id], value):
            raise Invalid(N_("The field {field} can't take this value."), field=id)
    if field_document_size(fields) > LARGEST_FIELD_DOCUMENT:
        raise Invalid(FIELD_DOCUMENT_TOO_LARGE)
    return dict(fields)


def field_document_size(fields: Mapping[str, object]) -> int:
    """Bytes of the document as JSON in UTF-8."""
    return len(json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def most_items_of_field(spec: FieldSpec) -> int:
    """How many languages or items a value of the field may have."""
    return MOST_LANGUAGES_OF_VALUE if spec.translated else MOST_ITEMS_OF_VALUE


def most_letters_of_field(spec: FieldSpec) -> int:
    """Characters at most of a text of the field; a longer one is refused."""
    return LONGEST_CORE_TEXTS.get(spec.id, LONGEST_FIELD_TEXT)


def has_too_many_items(spec: FieldSpec, value: object) -> bool:
    """True for a value with more languages or items than its field may have."""
    return isinstance(value, dict | list) and len(value) > most_items_of_field(spec)


def fits_field(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> bool:
    """True when the value has the type that the field asks for."""
    if has_too_many_items(spec, value):
        return False
    if spec.translated:
        return isinstance(value, dict) and all(
            is_language_code(str(code)) and _said(spec, one) for code, one in value.items()
        )
    return VALUE_FITS[spec.type](vocabulary, spec, value)


def misfit(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> str:
    """Which language or part of a value doesn't fit its field; empty where it is the value as a whole."""
    if not isinstance(value, dict) or has_too_many_items(spec, value):
        return ""
    if spec.translated:
        return next((str(code) for code, one in value.items() if not _said(spec, one)), "")
    fits = VALUE_FITS[spec.type]
    parts = (part for part in spec.field_type.parts if part in value)
    return next((part for part in parts if not fits(vocabulary, spec, {part: value[part]})), "")


def misfit_fault(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> Fault:
    """Why a value doesn't fit its field; it names the language or part that is wrong (``objectives.es``)."""
    part, most = misfit(vocabulary, spec, value), most_letters_of_field(spec)
    wrong = value.get(part) if part and isinstance(value, dict) else value
    name, letters = f"{spec.id}.{part}".rstrip("."), len(wrong) if isinstance(wrong, str) else 0
    too_long = Fault(name, FIELD_TEXT_TOO_LONG, {"most": most, "letters": letters})
    return too_long if letters > most else Fault(name, WRONG_FIELD_VALUE)


def _said(spec: FieldSpec, value: object) -> bool:
    """A text; of a list also its items, as samples and files give them."""
    return _text(value) or (spec.field_type.is_list and _texts(value))


def _text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_FIELD_TEXT


def _texts(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_ITEMS_OF_VALUE and all(_text(one) for one in value)


def _number(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and -LARGEST_FIELD_NUMBER <= value <= LARGEST_FIELD_NUMBER
    )


def _document(value: object, parts: Mapping[str, Callable[[object], bool]]) -> bool:
    """Whether a value is a document of these parts and no others; any of them may be missing or None."""
    return isinstance(value, dict) and all(
        name in parts and (one is None or parts[name](one)) for name, one in value.items()
    )


def _parts(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> bool:
    """A document of the type's parts."""
    kind = spec.field_type
    return _document(value, {part: _number if part in kind.numbers else _text for part in kind.parts})


def _rows(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> bool:
    """A list of such documents."""
    return isinstance(value, list) and all(_parts(vocabulary, spec, one) for one in value)


def _address(value: object) -> bool:
    """A text, and no address that does something when it is opened (javascript:, data:) or leaves its scheme out."""
    if not _text(value):
        return False
    bare = IGNORED_BEFORE_ADDRESS.sub("", IGNORED_IN_ADDRESS.sub("", str(value)))
    return not SCHEME_START.match(bare) or bool(WEB_SCHEME_START.match(bare))


def _link(value: object) -> bool:
    return _address(value) or _document(value, {"title": _text, "url": _address})


def _links(value: object) -> bool:
    return isinstance(value, list) and all(_link(one) for one in value)


def _moment(value: object) -> bool:
    return isinstance(value, str) and bool(PARTIAL_DATE.fullmatch(value))


def _term(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> bool:
    if not isinstance(value, str):
        return False
    if spec.vocabulary:
        return vocabulary.get(spec.vocabulary, value) is not None
    return value in {choice.id for choice in spec.choices}


def _terms(vocabulary: Vocabulary, spec: FieldSpec, value: object) -> bool:
    return isinstance(value, list) and all(_term(vocabulary, spec, one) for one in value)


def _alone(fit: Callable[[object], bool]) -> ValueFits:
    """A check that looks at the value alone."""
    return lambda vocabulary, spec, value: fit(value)


VALUE_FITS: Mapping[str, ValueFits] = complete_table(
    {
        "text": _alone(_text),
        "longtext": _alone(_text),
        "list": _alone(_texts),
        "number": _alone(_number),
        "year": _alone(_number),
        "month": _alone(_moment),
        "date": _alone(_moment),
        "period": _parts,
        "money": _parts,
        "choice": _term,
        "choices": _terms,
        "cities": _alone(_texts),
        "city": _alone(_text),
        "terms": _terms,
        "events": _rows,
        "links": _alone(_links),
        "bool": _alone(lambda value: isinstance(value, bool)),
        "contact": _parts,
        "licence": _alone(_text),
        "attachment": _alone(lambda value: False),
        "language": _alone(_text),
    },
    "whether a value fits each type",
)
