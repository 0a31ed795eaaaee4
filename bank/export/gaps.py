"""Gaps: what an entry still lacks for a call, and the sentence for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bank import languages
from bank.export.form import answer_form_line
from bank.export.record import Record
from bank.messages import N_, say
from bank.vocabulary import Call, CallField, Vocabulary

GAP_SENTENCES = {
    "missing": N_("Missing: {field}"),
    "untranslated": N_("Translation missing: {field} ({languages})"),
    "long": N_("Longer than the form allows: {field} ({languages})"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A field of a call that is missing, untranslated or too long. `languages`: in which; empty for a missing one."""

    field: str
    kind: Literal["missing", "untranslated", "long"]
    languages: tuple[str, ...] = ()


def find_gaps(record: Record, call: Call, vocabulary: Vocabulary) -> tuple[Gap, ...]:
    """What the entry lacks for the call, in the order of its form, in the languages that the call requires."""
    return tuple(gap for line in call.fields for gap in _gaps(record, line, call, vocabulary))


def _gaps(record: Record, line: CallField, call: Call, vocabulary: Vocabulary) -> Iterator[Gap]:
    answers = {language: answer_form_line(record, line, language, vocabulary) for language in required_languages(call)}
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
    """Languages in which the call must be answered: those of its rule languages_required, else all of the call's."""
    rule = next((rule.value for rule in call.rules if rule.kind == "languages_required"), "")
    return tuple(code.strip() for code in rule.split(",") if code.strip()) or call.languages


def gap_sentence(gap: Gap, call: Call, language: str) -> str:
    """The sentence for a gap in `language`, with the field's label in the call's form."""
    label = next(line.label(language) for line in call.fields if line.field == gap.field)
    named = ", ".join(languages.language_name(code, language) for code in gap.languages)
    return say(GAP_SENTENCES[gap.kind], language, field=label, languages=named)
