"""Calls: the forms by which an entry is sent to a destination, one data file each."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from bank.vocabulary.data_file import DataFile
from bank.vocabulary.faults import FAULT_MISSING_FIELD, FAULT_WRONG_VALUE
from bank.vocabulary.labels import Labels, label_in_language
from bank.vocabulary.row import Row

DERIVED_CALL_FIELDS = (
    "country",
    "author",
    "record_date",
    "version",
    "identifier",
    "url",
    "files",
    "uid",
    "kind",
    "translations",
)
"""What a form may show besides the kind's fields: it is derived from the entry."""
CALL_RULES = ("max_entries_per_city", "started_before", "needs_letter", "languages_required", "bank_theme")
"""Kinds of a call's conditions."""
CALL_NOTICES = {"missing": {"field"}, "untranslated": {"original"}, "long": set[str]()}
"""Sentences that a dossier shows beside a line of the form -> the placeholders of each."""


@dataclass(frozen=True, slots=True)
class CallField:
    """One line of a form. `field` is one of the kind `experience` or of `DERIVED_CALL_FIELDS`; limits only warn."""

    field: str
    labels: Labels
    required: bool
    limit_words: int | None
    limit_characters: int | None
    limit_items: int | None

    label = label_in_language


@dataclass(frozen=True, slots=True)
class CallSection:
    """A section of a form: its heading and its lines in order."""

    id: str
    labels: Labels
    fields: tuple[CallField, ...]

    label = label_in_language


@dataclass(frozen=True, slots=True)
class CallRule:
    """A condition of the call; `kind` is one of `CALL_RULES`, `value` a number, date or list as text."""

    kind: str
    value: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Call:
    """A form of a destination, in `languages`, the first of which is preferred.

    `notices`: name in `CALL_NOTICES` -> language -> sentence. `confirmed`: the form was confirmed with the destination.
    """

    id: str
    labels: Labels
    destination: Labels
    languages: tuple[str, ...]
    confirmed: bool
    url: str | None
    sections: tuple[CallSection, ...]
    notices: Mapping[str, Mapping[str, str]]
    rules: tuple[CallRule, ...]

    label = label_in_language

    def notice(self, name: str, language: str, **values: str) -> str:
        """A sentence of `CALL_NOTICES` in one of the call's languages, its placeholders filled."""
        return self.notices[name][language].format(**values)

    @property
    def fields(self) -> tuple[CallField, ...]:
        """Every line of the form in order."""
        return tuple(line for section in self.sections for line in section.fields)


def call_from_file(file: DataFile) -> Call | None:
    """The call in a file; None, with faults added, when it holds none."""
    found = file.read("call", _call)
    return found[0] if found else None


def _call(row: Row) -> Call:
    languages = row.texts("languages", required=True)
    return Call(
        id=row.text("id"),
        labels=row.labels("labels", languages),
        destination=row.labels("destination", languages),
        languages=languages,
        confirmed=row.flag("confirmed"),
        url=row.optional("url"),
        sections=tuple(_section(one, languages) for one in row.tables("sections", required=True)),
        notices=_notices(row, languages),
        rules=tuple(
            CallRule(one.choice("kind", CALL_RULES), one.text("value"), one.labels("labels", languages))
            for one in row.tables("rules")
        ),
    )


def _notices(row: Row, languages: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """The sentences of `CALL_NOTICES`; a fault is added for each that is missing or has other placeholders."""
    found: dict[str, Mapping[str, str]] = {}
    for one in row.tables("notices", required=True):
        name = one.choice("id", tuple(CALL_NOTICES))
        found[name] = one.labels("labels", languages)
        for language, text in found[name].items():
            if text and sentence_placeholders(text) != CALL_NOTICES.get(name):
                one.note(FAULT_WRONG_VALUE, f"labels.{language}", text)
    for name in CALL_NOTICES.keys() - found.keys():
        row.note(FAULT_MISSING_FIELD, f"notices.{name}")
    return found


def sentence_placeholders(sentence: str) -> set[str] | None:
    """The names in braces in a sentence; None where its braces do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return None


def _section(row: Row, languages: tuple[str, ...]) -> CallSection:
    lines = tuple(_line(one, languages) for one in row.tables("fields", required=True))
    return CallSection(row.text("id"), row.labels("labels", languages), lines)


def _line(row: Row, languages: tuple[str, ...]) -> CallField:
    return CallField(
        field=row.text("field"),
        labels=row.labels("labels", languages),
        required=row.flag("required"),
        limit_words=row.limit("limit_words"),
        limit_characters=row.limit("limit_characters"),
        limit_items=row.limit("limit_items"),
    )
