"""Converts field values into what a form's controls show (`show_...`) and what was sent into values (`read_...`).

Reading what is shown gives the same value again. A control is named after its field: ``title.es``, ``cost.amount``,
``links.0.url``, ``themes`` (and ``themes.first``).
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from bank.vocabulary import FieldSpec, Vocabulary

PostedTexts = Mapping[str, Sequence[str]]
"""Name of a control -> the texts that were sent under it, in the order of the page."""
FieldValue = object
MOST_LINK_ROWS = 60
GROUPED_THOUSANDS = re.compile(r"\d{1,3}([ ,.\u00a0\u202f]\d{3})+")
DECIMAL_NUMBER = re.compile(r"(\d{1,15})[.,](\d{1,6})")


def value_fingerprint(value: FieldValue) -> str:
    """A short hash of a value (8 hex digits). A form sends it back, which tells which fields it changed."""
    return blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=4).hexdigest()


def trim_control_text(text: str) -> str:
    """The text stripped of white space, with line feeds as line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def split_control_lines(text: str) -> list[str]:
    """The lines of a text as items, stripped, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def parse_typed_number(text: str) -> int | float | str | None:
    """A number as people write it: ``1,200``, ``12,5``, ``1 200``; None for an empty text, other texts unchanged."""
    said = text.strip()
    if not said:
        return None
    if GROUPED_THOUSANDS.fullmatch(said):
        said = re.sub(r"\D", "", said)
    if said.isascii() and said.isdigit() and len(said) <= 15:
        return int(said)
    match = DECIMAL_NUMBER.fullmatch(said)
    return float(f"{match[1]}.{match[2]}") if match and len(match[1]) <= 15 else said


def control_text(value: FieldValue) -> str:
    """A value as the text of a single control; empty for None."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else trim_control_text(str(value))


def order_chosen_ids(chosen: Iterable[str], known: Sequence[str]) -> list[str]:
    """Those of the chosen ids that are known, in the order of `known`."""
    wanted = set(chosen)
    return [id for id in known if id in wanted]


def choosable_ids(spec: FieldSpec, vocabulary: Vocabulary) -> list[str]:
    """Ids of the terms or choices of a field."""
    if spec.vocabulary:
        return list(vocabulary.by_id.get(spec.vocabulary, {}))
    return [choice.id for choice in spec.choices]


def rank_chosen_ids(chosen: Sequence[str], known: Sequence[str]) -> list[str]:
    """The first chosen id, then the others in the order of `known`."""
    return [*chosen[:1], *order_chosen_ids(chosen[1:], [id for id in known if id not in chosen[:1]])]


def posted_text(posted: PostedTexts, name: str) -> str:
    """The first text that was sent under a name, trimmed; empty where none was."""
    found = posted.get(name)
    return trim_control_text(found[0]) if found else ""


def posted_texts_under(posted: PostedTexts, id: str) -> dict[str, str]:
    """REST -> text, for the controls named ``ID.REST``."""
    return {name[len(id) + 1 :]: posted_text(posted, name) for name in posted if name.startswith(f"{id}.")}


def show_text(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    return control_text(value) or None


def read_text(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    return posted_text(posted, spec.id) or None


def show_texts(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    found = value if isinstance(value, dict) else {}
    written = {
        code: trim_control_text("\n".join(map(str, text)) if isinstance(text, list) else str(text))
        for code, text in found.items()
    }
    return {code: text for code, text in written.items() if text} or None


def read_texts(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    return {code: text for code, text in posted_texts_under(posted, spec.id).items() if text} or None


def show_lines(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    return split_control_lines("\n".join(map(str, value))) if isinstance(value, list) else []


def read_lines(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    return split_control_lines(posted_text(posted, spec.id))


def show_many(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    return order_chosen_ids(value if isinstance(value, list) else [], choosable_ids(spec, vocabulary))


def read_many(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    return order_chosen_ids(posted.get(spec.id, ()), choosable_ids(spec, vocabulary))


def show_ranked(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    return rank_chosen_ids(
        [str(id) for id in value] if isinstance(value, list) else [], choosable_ids(spec, vocabulary)
    )


def read_ranked(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    known, first = choosable_ids(spec, vocabulary), posted_text(posted, f"{spec.id}.first")
    others = [id for id in order_chosen_ids(posted.get(spec.id, ()), known) if id != first]
    return rank_chosen_ids([first, *others] if first else others, known)


def show_number(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_number(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    return parse_typed_number(posted_text(posted, spec.id))


def show_parts(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    found = value if isinstance(value, dict) else {}
    numbers = spec.field_type.numbers
    parts = {name: show_part(found.get(name), name in numbers) for name in spec.field_type.parts}
    return {name: part for name, part in parts.items() if part is not None} or None


def show_part(value: FieldValue, numeric: bool) -> FieldValue:
    """A part of a value as a number or a text; None for an empty one."""
    text = control_text(value)
    return parse_typed_number(text) if numeric else text or None


def read_parts(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    return show_parts(spec, posted_texts_under(posted, spec.id), vocabulary)


def show_links(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    found = [link if isinstance(link, dict) else {"url": link} for link in value] if isinstance(value, list) else []
    rows = [{"title": control_text(link.get("title")), "url": control_text(link.get("url"))} for link in found]
    return [row for row in rows if row["title"] or row["url"]]


def read_links(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    places = sorted({int(at) for name in posted if (at := link_row_number(spec.id, name)) is not None})[:MOST_LINK_ROWS]
    rows = [{part: posted_text(posted, f"{spec.id}.{at}.{part}") for part in ("title", "url")} for at in places]
    return [row for row in rows if row["title"] or row["url"]]


def link_row_number(id: str, name: str) -> str | None:
    """The number of the row of links that the control `name` belongs to; None for other controls."""
    match = re.fullmatch(rf"{re.escape(id)}\.(\d{{1,3}})\.(title|url)", name)
    return match[1] if match else None


def show_events(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    found = [event for event in value if isinstance(event, dict)] if isinstance(value, list) else []
    rows = [{"id": str(event.get("id", "")), "role": str(event.get("role", "related"))} for event in found]
    return sorted(rows, key=lambda row: row["id"])


def read_events(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    chosen = sorted(set(posted.get(spec.id, ())))
    return [{"id": id, "role": posted_text(posted, f"{spec.id}.{id}") or "related"} for id in chosen]


def show_bool(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    return value if isinstance(value, bool) else None


def read_bool(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    return {"yes": True, "no": False}.get(posted_text(posted, spec.id))
