"""The kind's own fields as a reader may see them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from bank.messages import N_
from bank.vocabulary import FieldSpec, Kind
from bank.web.words import Words

WEB = re.compile(r"https?://", re.IGNORECASE)
MAILBOX = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
YES, NO = N_("Yes"), N_("No")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line; `href` is where it leads, empty for mere text: http, https and mailto, nothing else."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field with its label: `items` are its paragraphs, or list items where `listed`.

    `language` is the language of its text where that is known. `pieces` are the items of a value that leads somewhere.
    """

    label: str
    items: tuple[str, ...]
    listed: bool
    language: str | None = None
    pieces: tuple[tuple[Piece, ...], ...] = ()


def public_specs(kind: Kind | None) -> Iterator[FieldSpec]:
    """The fields that anybody may see and that are not among the catalogue's own columns."""
    return (spec for spec in (kind.facts.fields if kind else ()) if spec.visible == "public" and not spec.core)


def public_fields(kind: Kind | None, fields: Mapping[str, object]) -> dict[str, object]:
    """Every public field of the kind by id; None where nothing is known."""
    return {spec.id: fields.get(spec.id) for spec in public_specs(kind)}


def field_texts(kind: Kind | None, fields: Mapping[str, object], words: Words, original: str) -> Iterator[FieldText]:
    """The public fields that have something to say, in the kind's order."""
    for spec in public_specs(kind):
        value, language = fields.get(spec.id), None
        if spec.translated and isinstance(value, Mapping):
            language, _ = words.best({str(code): "there" for code, text in value.items() if text}, original)
            value = value.get(language)
        items = tuple(said(spec, value, words)) if value not in (None, "", [], {}) else ()
        if items:
            listed = isinstance(value, list | tuple)
            yield FieldText(spec.label(words.language), items, listed, language, pieces_of(spec, value))


def pieces_of(spec: FieldSpec, value: object) -> tuple[tuple[Piece, ...], ...]:
    """The lines of links and contacts in pieces; none for values of other types."""
    if spec.type == "links" and isinstance(value, list | tuple):
        return tuple((link(one),) for one in value if isinstance(one, Mapping))
    if spec.type == "contact" and isinstance(value, Mapping):
        post, mailbox = (str(value.get(key) or "") for key in ("post", "mailbox"))
        mail = f"mailto:{quote(mailbox, safe='@')}" if MAILBOX.fullmatch(mailbox) else ""
        found = (Piece(post), Piece(mailbox, mail))
        return (tuple(piece for piece in found if piece.text),)
    return ()


def link(one: Mapping[str, object]) -> Piece:
    """A link by its title, else by its address."""
    title, url = str(one.get("title") or ""), str(one.get("url") or "")
    return Piece(title or url, url) if WEB.match(url) else Piece(" · ".join(text for text in (title, url) if text))


def said(spec: FieldSpec, value: object, words: Words) -> Iterator[str]:
    """A value as lines of plain text; terms and choices by their labels."""
    if isinstance(value, bool):
        yield words.told(YES if value else NO, {})
    elif isinstance(value, list | tuple):
        for item in value:
            yield from said(spec, item, words)
    elif isinstance(value, Mapping) and spec.type == "period":
        yield words.span(str(value.get("from") or ""), str(value.get("to") or ""))
    elif isinstance(value, Mapping) and spec.type == "money" and isinstance(value.get("amount"), int | float):
        yield words.money(value["amount"], str(value.get("currency") or ""), str(value.get("year") or ""))
    elif isinstance(value, Mapping):
        yield " · ".join(str(item) for item in value.values() if item not in (None, "", [], {}))
    else:
        yield label_of(spec, str(value), words)


def label_of(spec: FieldSpec, value: str, words: Words) -> str:
    """The label of a chosen value, or the value itself."""
    chosen = next((choice for choice in spec.choices if choice.id == value), None)
    if chosen is not None:
        return chosen.label(words.language)
    return words.label(spec.vocabulary, value) if spec.vocabulary else value
