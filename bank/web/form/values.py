"""Values of fields as a form's controls hold them, and back: reading what is shown gives the same value again.

A control is called after its field: ``title.es``, ``cost.amount``, ``links.0.url``, ``themes`` (and ``themes.first``).
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from bank.vocabulary import FieldSpec, Vocabulary

Posted = Mapping[str, Sequence[str]]
"""Name of a control -> what was sent under it, in the order of the page."""
Value = object
MOST_ROWS = 60
THOUSANDS = re.compile(r"\d{1,3}([ ,.\u00a0\u202f]\d{3})+")
DECIMALS = re.compile(r"(\d{1,15})[.,](\d{1,6})")


def digest(value: Value) -> str:
    """A short fingerprint, by which the bank knows which fields a form changed."""
    return blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=4).hexdigest()


def plain(text: str) -> str:
    """Without blanks around it, and with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def lines(text: str) -> list[str]:
    """One item a line, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def number(text: str) -> int | float | str | None:
    """A number as people write it: ``1,200``, ``12,5``, ``1 200``; what is none as it was typed."""
    said = text.strip()
    if not said:
        return None
    if THOUSANDS.fullmatch(said):
        said = re.sub(r"\D", "", said)
    if said.isascii() and said.isdigit() and len(said) <= 15:
        return int(said)
    match = DECIMALS.fullmatch(said)
    return float(f"{match[1]}.{match[2]}") if match and len(match[1]) <= 15 else said


def as_text(value: Value) -> str:
    """A value as a control of one line holds it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else plain(str(value))


def ordered(chosen: Iterable[str], known: Sequence[str]) -> list[str]:
    """Ids in the order in which the vocabulary offers them."""
    wanted = set(chosen)
    return [id for id in known if id in wanted]


def offered(spec: FieldSpec, vocabulary: Vocabulary) -> list[str]:
    """Ids that a field lets choose from."""
    if spec.vocabulary:
        return list(vocabulary.by_id.get(spec.vocabulary, {}))
    return [choice.id for choice in spec.choices]


def ranked(chosen: Sequence[str], known: Sequence[str]) -> list[str]:
    """The first one first, the others as the vocabulary has them."""
    return [*chosen[:1], *ordered(chosen[1:], [id for id in known if id not in chosen[:1]])]


def one(posted: Posted, name: str) -> str:
    """What was sent under a name; empty for nothing."""
    found = posted.get(name)
    return plain(found[0]) if found else ""


def under(posted: Posted, id: str) -> dict[str, str]:
    """What follows the field's name -> what was sent there."""
    return {name[len(id) + 1 :]: one(posted, name) for name in posted if name.startswith(f"{id}.")}


def shown_text(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    return as_text(value) or None


def read_text(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    return one(posted, spec.id) or None


def shown_texts(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    found = value if isinstance(value, dict) else {}
    written = {
        code: plain("\n".join(map(str, text)) if isinstance(text, list) else str(text)) for code, text in found.items()
    }
    return {code: text for code, text in written.items() if text} or None


def read_texts(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    return {code: text for code, text in under(posted, spec.id).items() if text} or None


def shown_lines(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    return lines("\n".join(map(str, value))) if isinstance(value, list) else []


def read_lines(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    return lines(one(posted, spec.id))


def shown_many(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    return ordered(value if isinstance(value, list) else [], offered(spec, vocabulary))


def read_many(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    return ordered(posted.get(spec.id, ()), offered(spec, vocabulary))


def shown_ranked(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    return ranked([str(id) for id in value] if isinstance(value, list) else [], offered(spec, vocabulary))


def read_ranked(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    known, first = offered(spec, vocabulary), one(posted, f"{spec.id}.first")
    others = [id for id in ordered(posted.get(spec.id, ()), known) if id != first]
    return ranked([first, *others] if first else others, known)


def shown_number(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_number(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    return number(one(posted, spec.id))


def shown_parts(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    found = value if isinstance(value, dict) else {}
    numbers = spec.field_type.numbers
    parts = {name: shown_part(found.get(name), name in numbers) for name in spec.field_type.parts}
    return {name: part for name, part in parts.items() if part is not None} or None


def shown_part(value: Value, numeric: bool) -> Value:
    """A part in its own type."""
    text = as_text(value)
    return number(text) if numeric else text or None


def read_parts(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    return shown_parts(spec, under(posted, spec.id), vocabulary)


def shown_links(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    found = [link if isinstance(link, dict) else {"url": link} for link in value] if isinstance(value, list) else []
    rows = [{"title": as_text(link.get("title")), "url": as_text(link.get("url"))} for link in found]
    return [row for row in rows if row["title"] or row["url"]]


def read_links(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    places = sorted({int(at) for name in posted if (at := row_of(spec.id, name)) is not None})[:MOST_ROWS]
    rows = [{part: one(posted, f"{spec.id}.{at}.{part}") for part in ("title", "url")} for at in places]
    return [row for row in rows if row["title"] or row["url"]]


def row_of(id: str, name: str) -> str | None:
    """The number of the row that a control stands in."""
    match = re.fullmatch(rf"{re.escape(id)}\.(\d{{1,3}})\.(title|url)", name)
    return match[1] if match else None


def shown_events(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    found = [event for event in value if isinstance(event, dict)] if isinstance(value, list) else []
    rows = [{"id": str(event.get("id", "")), "role": str(event.get("role", "related"))} for event in found]
    return sorted(rows, key=lambda row: row["id"])


def read_events(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    chosen = sorted(set(posted.get(spec.id, ())))
    return [{"id": id, "role": one(posted, f"{spec.id}.{id}") or "related"} for id in chosen]


def shown_bool(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    return value if isinstance(value, bool) else None


def read_bool(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    return {"yes": True, "no": False}.get(one(posted, spec.id))
