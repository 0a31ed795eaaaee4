"""A call's form filled in from a record: one answer for each field (line) of the form and each language."""

from dataclasses import dataclass
from typing import Literal

from bank.export.record import Record
from bank.export.values import answer_language, answer_texts, translated_texts
from bank.vocabulary import CallField, FieldSpec, Vocabulary

AnswerState = Literal["given", "untranslated", "missing", "empty"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The entry's answer to one field of a call's form, in one language.

    `texts` are paragraphs, or items where `listed`; `language` is theirs. `state`: given; untranslated, then `texts`
    are in another language; missing, though the call requires it; or empty. `long`: over one of the field's limits;
    texts of a translated field are measured only where they are in the language asked for.
    """

    line: CallField
    texts: tuple[str, ...]
    language: str
    listed: bool
    state: AnswerState
    long: bool = False


def answer_form_line(record: Record, line: CallField, language: str, vocabulary: Vocabulary) -> Answer:
    """The entry's answer to one field of a call's form, in `language` where there is one."""
    spec = _spec(record, line.field, vocabulary)
    listed = spec is not None and spec.field_type.is_list
    texts = translated_texts(record, line.field, spec)
    if texts is None:
        own = answer_language(line.field, spec, language, vocabulary)
        items = tuple(answer_texts(record, line.field, spec, own, vocabulary))
        state: AnswerState = "untranslated" if items and own != language else _state(line, items)
        return Answer(line, items, own, listed or len(items) > 1, state, _long(line, items))
    own = next((code for code in (language, record.language, *sorted(texts)) if code in texts), language)
    items = tuple(texts.get(own, ()))
    state = "untranslated" if items and own != language else _state(line, items)
    return Answer(line, items, own, listed, state, state == "given" and _long(line, items))


def _state(line: CallField, items: tuple[str, ...]) -> AnswerState:
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
    """The field's specification in the entry's kind, else in the kind experience, for which calls are written."""
    kinds = (vocabulary.kind(record.kind), vocabulary.kind("experience"))
    return next((spec for kind in kinds if kind is not None and (spec := kind.facts.field(field)) is not None), None)
