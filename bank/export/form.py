"""A call's form filled in from a record: one answer to each line and language, and what is still lacking."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bank.export.record import Record
from bank.export.values import said, translated
from bank.vocabulary import Call, CallField, FieldSpec, Vocabulary

State = Literal["given", "untranslated", "missing", "empty"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the entry says to one line of a form.

    `texts` are paragraphs, or items where `listed`; `language` is theirs. `state`: given; untranslated, then `texts`
    are in another language; missing, though the call asks for it; or empty. `long`: over one of the line's limits.
    """

    line: CallField
    texts: tuple[str, ...]
    language: str
    listed: bool
    state: State
    long: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """What an entry lacks for a call. `languages` are those in which it does; empty when it lacks altogether."""

    field: str
    kind: Literal["missing", "untranslated", "long"]
    languages: tuple[str, ...] = ()


def answer(record: Record, line: CallField, language: str, vocabulary: Vocabulary) -> Answer:
    """The entry's answer to a line of a form in one language."""
    spec = _spec(record, line.field, vocabulary)
    listed = spec is not None and spec.type in ("list", "terms", "choices", "links", "events", "cities")
    texts = translated(record, line.field, spec)
    if texts is None:
        items = tuple(said(record, line.field, spec, language, vocabulary))
        return Answer(line, items, language, listed or len(items) > 1, _state(line, items), _long(line, items))
    own = next((code for code in (language, record.language, *sorted(texts)) if code in texts), language)
    items = tuple(texts.get(own, ()))
    state: State = "untranslated" if items and own != language else _state(line, items)
    return Answer(line, items, own, listed, state, state == "given" and _long(line, items))


def gaps(record: Record, call: Call, vocabulary: Vocabulary) -> tuple[Gap, ...]:
    """What the entry lacks for the call, in the form's order; translations count for the languages it requires."""
    return tuple(gap for line in call.fields for gap in _gaps(record, line, call, vocabulary))


def _gaps(record: Record, line: CallField, call: Call, vocabulary: Vocabulary) -> Iterator[Gap]:
    answers = {language: answer(record, line, language, vocabulary) for language in required_languages(call)}
    if any(one.state == "missing" for one in answers.values()):
        yield Gap(line.field, "missing")
        return
    untranslated = tuple(language for language, one in answers.items() if one.state == "untranslated")
    if untranslated:
        yield Gap(line.field, "untranslated", untranslated)
    long = tuple(language for language, one in answers.items() if one.long)
    if long:
        yield Gap(line.field, "long", long)


def required_languages(call: Call) -> tuple[str, ...]:
    """The languages in which the call must be answered: those of its rule, else all of them."""
    rule = next((rule.value for rule in call.rules if rule.kind == "languages_required"), "")
    return tuple(code.strip() for code in rule.split(",") if code.strip()) or call.languages


def _state(line: CallField, items: tuple[str, ...]) -> State:
    if items:
        return "given"
    return "missing" if line.required else "empty"


def _long(line: CallField, items: tuple[str, ...]) -> bool:
    text = " ".join(items)
    measured = (
        (line.limit_words, len(text.split())),
        (line.limit_characters, len(text)),
        (line.limit_items, len(items)),
    )
    return any(limit is not None and size > limit for limit, size in measured)


def _spec(record: Record, field: str, vocabulary: Vocabulary) -> FieldSpec | None:
    """The field of the entry's kind, else of an experience: calls are written for those."""
    kinds = (vocabulary.kind(record.kind), vocabulary.kind("experience"))
    return next((spec for kind in kinds if kind is not None and (spec := kind.field(field)) is not None), None)
