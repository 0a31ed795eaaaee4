"""The public fields of an entry as texts for a page."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from bank.messages import N_
from bank.vocabulary import FieldSpec, Kind
from bank.vocabulary.field_types import complete_table
from bank.web.words import Words

WEB_ADDRESS_START = re.compile(r"https?://", re.IGNORECASE)
MAILTO_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
FIELD_YES, FIELD_NO = N_("Yes"), N_("No")


@dataclass(frozen=True, slots=True)
class LinePiece:
    """A part of a line of text; `href` is a link (http, https or mailto only), empty for plain text."""

    text: str
    href: str = ""


TextPieces = tuple[tuple[LinePiece, ...], ...]
"""Lines, each as its pieces."""


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field with its label: `items` are its paragraphs, or list items where `listed`.

    `language` is the language of its text, None where it is not known. `pieces` are the same items with their links,
    empty for a value without links. `brief`: a word or a line, or a few choices, which need no section of their own.
    """

    id: str
    label: str
    items: tuple[str, ...]
    listed: bool
    language: str | None = None
    pieces: TextPieces = ()
    brief: bool = False


@dataclass(frozen=True, slots=True)
class ValueSaying:
    """How values of a field type become text: `lines` gives plain text, `pieces` lines with links (None: never any)."""

    lines: Callable[[FieldSpec, object, Words], Iterator[str]]
    pieces: Callable[[object], TextPieces] | None = None


def public_field_specs(kind: Kind | None) -> Iterator[FieldSpec]:
    """The fields of a kind that anybody may see, without those that are columns of the catalogue (title, city, ...)."""
    return (spec for spec in (kind.facts.fields if kind else ()) if spec.visible == "public" and not spec.core)


def public_field_values(kind: Kind | None, fields: Mapping[str, object]) -> dict[str, object]:
    """Field id -> value, for every public field of the kind; None where the entry has none."""
    return {spec.id: fields.get(spec.id) for spec in public_field_specs(kind)}


def labelled_field_texts(
    kind: Kind | None, fields: Mapping[str, object], words: Words, original: str
) -> Iterator[FieldText]:
    """The public fields that have a value, in the kind's order; `original` is the entry's language."""
    for spec in public_field_specs(kind):
        value, language = fields.get(spec.id), None
        if spec.translated and isinstance(value, Mapping):
            language, _ = words.best({str(code): "there" for code, text in value.items() if text}, original)
            value = value.get(language)
        items = tuple(value_lines(spec, value, words)) if value not in (None, "", [], {}) else ()
        if items:
            listed = isinstance(value, list | tuple)
            brief = spec.field_type.is_short or spec.field_type.chosen_from == "choices"
            pieces = linked_pieces(spec, value)
            yield FieldText(spec.id, spec.label(words.language), items, listed, language, pieces, brief)


def linked_pieces(spec: FieldSpec, value: object) -> TextPieces:
    """The lines of a value as pieces with links; empty for a type that has no links."""
    cut = VALUE_SAYINGS[spec.type].pieces
    return () if cut is None else cut(value)


def value_lines(spec: FieldSpec, value: object, words: Words) -> Iterator[str]:
    """A value as lines of plain text; terms and choices by their labels."""
    return VALUE_SAYINGS[spec.type].lines(spec, value, words)


def link_pieces(value: object) -> TextPieces:
    """A line for each link of a list."""
    found = value if isinstance(value, list | tuple) else ()
    return tuple((link_piece(one),) for one in found if isinstance(one, Mapping))


def contact_pieces(value: object) -> TextPieces:
    """One line with the post and the mailbox, which links to itself (mailto)."""
    if not isinstance(value, Mapping):
        return ()
    post, mailbox = (str(value.get(key) or "") for key in ("post", "mailbox"))
    mail = f"mailto:{quote(mailbox, safe='@')}" if MAILTO_ADDRESS.fullmatch(mailbox) else ""
    found = (LinePiece(post), LinePiece(mailbox, mail))
    return (tuple(piece for piece in found if piece.text),)


def link_piece(one: Mapping[str, object]) -> LinePiece:
    """A link shown by its title, else by its address; plain text where the address is not http or https."""
    title, url = str(one.get("title") or ""), str(one.get("url") or "")
    return (
        LinePiece(title or url, url)
        if WEB_ADDRESS_START.match(url)
        else LinePiece(" · ".join(text for text in (title, url) if text))
    )


def plain_value_lines(spec: FieldSpec, value: object, words: Words) -> Iterator[str]:
    """Lines for any value: one for each item of a list, one for the parts of an object, else its label or text."""
    if isinstance(value, bool):
        yield words.told(FIELD_YES if value else FIELD_NO, {})
    elif isinstance(value, list | tuple):
        for item in value:
            yield from value_lines(spec, item, words)
    elif isinstance(value, Mapping):
        yield " · ".join(str(item) for item in value.values() if item not in (None, "", [], {}))
    else:
        yield choice_label(spec, str(value), words)


def period_lines(spec: FieldSpec, value: object, words: Words) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield words.span(str(value.get("from") or ""), str(value.get("to") or ""))
    else:
        yield from plain_value_lines(spec, value, words)


def money_lines(spec: FieldSpec, value: object, words: Words) -> Iterator[str]:
    """An amount with its currency and year; the bare parts where the amount is no number."""
    if isinstance(value, Mapping) and isinstance(value.get("amount"), int | float):
        yield words.money(value["amount"], str(value.get("currency") or ""), str(value.get("year") or ""))
    else:
        yield from plain_value_lines(spec, value, words)


def choice_label(spec: FieldSpec, value: str, words: Words) -> str:
    """The label of a choice or term; the value itself where it is neither."""
    chosen = next((choice for choice in spec.choices if choice.id == value), None)
    if chosen is not None:
        return chosen.label(words.language)
    return words.label(spec.vocabulary, value) if spec.vocabulary else value


VALUE_SAYINGS: Mapping[str, ValueSaying] = complete_table(
    {
        "text": ValueSaying(plain_value_lines),
        "longtext": ValueSaying(plain_value_lines),
        "list": ValueSaying(plain_value_lines),
        "number": ValueSaying(plain_value_lines),
        "year": ValueSaying(plain_value_lines),
        "month": ValueSaying(plain_value_lines),
        "date": ValueSaying(plain_value_lines),
        "period": ValueSaying(period_lines),
        "money": ValueSaying(money_lines),
        "choice": ValueSaying(plain_value_lines),
        "choices": ValueSaying(plain_value_lines),
        "cities": ValueSaying(plain_value_lines),
        "city": ValueSaying(plain_value_lines),
        "terms": ValueSaying(plain_value_lines),
        "events": ValueSaying(plain_value_lines),
        "links": ValueSaying(plain_value_lines, link_pieces),
        "bool": ValueSaying(plain_value_lines),
        "contact": ValueSaying(plain_value_lines, contact_pieces),
        "licence": ValueSaying(plain_value_lines),
        "attachment": ValueSaying(plain_value_lines),
        "language": ValueSaying(plain_value_lines),
    },
    "how the values of each type are said on a page",
)
