"""What a form gives that no field takes: kept with its file until a person puts it into a field or leaves it.

It is seen by those who fill the entry in, and is gone once the entry is published.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import File
from bank.errors import Fault, InvalidFields, NotFound
from bank.ingest.labelled.answers import LabelledAnswer, Line
from bank.ingest.labelled.unplaced import UnplacedAnswer
from bank.languages import UNKNOWN_LANGUAGE
from bank.vocabulary import FieldSpec
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry
from bank.workflow.deposits.changing import (
    SavedVersion,
    changed_fields,
    entry_before_change,
    expect_no_new_faults,
    keep_changes,
)
from bank.workflow.deposits.values import field_specs, field_values
from bank.workflow.deposits.writing import UNKNOWN_FIELD, EntryWriteContext, write_values
from bank.workflow.rights import Viewer

LEFT_OUT = ""
"""Where an answer was put that a person chose to leave out."""


@dataclass(frozen=True, slots=True)
class UnplacedView:
    """An answer of a file, with the `item` that it is among the file's own.

    `field` is the text field in which it is likeliest to have a place; `into` the field into which a person has put
    it, LEFT_OUT for none, None while it waits.
    """

    file: int
    item: int
    label: str
    text: str
    page: int
    field: str
    into: str | None

    @property
    def key(self) -> str:
        """File and item in one word."""
        return f"{self.file}.{self.item}"


def unplaced_views(file: File) -> tuple[UnplacedView, ...]:
    """The answers of a file that found no field, those too that a person has put somewhere."""
    return tuple(
        UnplacedView(file.number, one["item"], one["label"], one["text"], one["page"], one["field"], one.get("into"))
        for one in file.unplaced
    )


def note_unplaced(file: File, answers: Iterable[UnplacedAnswer]) -> None:
    """Notes with a file what found no field; what a person has decided of the same before stays."""
    decided = [one for one in file.unplaced if "into" in one]
    known = {(one["label"], one["text"]) for one in decided}
    new = [one for one in answers if (one.label, one.text) not in known]
    first = max((one["item"] for one in decided), default=0) + 1
    file.unplaced = decided + [
        {"item": item, "label": one.label, "text": one.text, "page": one.page, "field": one.field}
        for item, one in enumerate(new, first)
    ]


def place_answer(
    bank: Bank, viewer: Viewer | None, number: int, file: int, item: int, field: str, language: str
) -> SavedVersion:
    """Adds an answer of a file to a text field, after what stands there; does nothing where that was done already.

    `language` is the reader's, for an entry of which no language is known. Raises what `permitted_entry` raises;
    NotFound for an answer that there isn't; InvalidFields for a field that takes no text, or none so long.
    """

    def add(one: dict[str, Any], rows: EntryRows, value: object) -> tuple[str, object] | None:
        spec = field_specs(bank.vocabulary, rows.entry.kind).get(field)
        if spec is None or not spec.takes_prose:
            raise InvalidFields([Fault(field, UNKNOWN_FIELD)])
        code = text_language(rows, language)
        before = written_text(spec, value, code)
        added = added_text(spec, one["label"], one["text"])
        one |= {"into": field, "added": added, "language": code}
        return field, with_text(spec, value, code, f"{before}{text_apart(spec)}{added}" if before else added)

    return decide_answer(bank, viewer, number, file, item, lambda one: one.get("into") == field, field, add)


def leave_answer_out(bank: Bank, viewer: Viewer | None, number: int, file: int, item: int) -> SavedVersion:
    """Takes an answer from the list without putting it anywhere. Raises as `place_answer`."""

    def leave(one: dict[str, Any], rows: EntryRows, value: object) -> None:
        one["into"] = LEFT_OUT

    return decide_answer(bank, viewer, number, file, item, lambda one: "into" in one, None, leave)


def take_answer_back(bank: Bank, viewer: Viewer | None, number: int, file: int, item: int) -> SavedVersion:
    """Puts an answer back on the list, and takes its text out of the field while it stands there as it was added.

    Raises as `place_answer`.
    """

    def take(one: dict[str, Any], rows: EntryRows, value: object) -> tuple[str, object] | None:
        field, added, code = one.pop("into"), one.pop("added", ""), one.pop("language", "")
        spec = field_specs(bank.vocabulary, rows.entry.kind).get(field)
        if spec is None or not added:
            return None
        before = written_text(spec, value, code)
        rest = without_text(before, added, text_apart(spec))
        return None if rest == before else (field, with_text(spec, value, code, rest))

    return decide_answer(bank, viewer, number, file, item, lambda one: "into" not in one, None, take)


def decide_answer(
    bank: Bank,
    viewer: Viewer | None,
    number: int,
    place: int,
    item: int,
    is_done: Callable[[dict[str, Any]], bool],
    field: str | None,
    decide: Callable[[dict[str, Any], EntryRows, object], tuple[str, object] | None],
) -> SavedVersion:
    """Lets `decide` change an answer, and writes the value of a field that it gives."""
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        file, one = expect_answer(rows, place, item)
        if is_done(one):
            return SavedVersion(rows.entry.version, rows.entry.updated)
        values = field_values(session, bank.vocabulary, rows)
        change = decide(one, rows, values.get(field if field is not None else one.get("into", "")))
        file.unplaced = [one if each["item"] == item else each for each in file.unplaced]
        return write_answer_change(bank, session, rows, viewer, dict([change] if change else []))


def write_answer_change(
    bank: Bank, session: Session, rows: EntryRows, viewer: Viewer | None, changes: dict[str, object]
) -> SavedVersion:
    """Writes values, and a new version of the entry. Raises InvalidFields."""
    before = entry_before_change(bank, session, rows)
    faults = write_values(EntryWriteContext(session, bank.vocabulary, rows.entry, viewer), changes)
    if faults:
        raise InvalidFields(faults)
    changed = changed_fields(bank, session, rows, before)
    expect_no_new_faults(bank, session, rows, before)
    touched = [id for id in changes if id in rows.entry.proposed]
    return keep_changes(session, rows.entry, viewer, ["files", *changed], touched)


def expect_answer(rows: EntryRows, place: int, item: int) -> tuple[File, dict[str, Any]]:
    """The file with that number, and a copy of its answer. Raises NotFound."""
    for file in rows.files:
        for one in file.unplaced if file.number == place else ():
            if one["item"] == item:
                return file, dict(one)
    raise NotFound


def text_language(rows: EntryRows, reader: str) -> str:
    """The language of the entry's texts, else of its title, else the reader's; as the form asks for them."""
    if rows.entry.language != UNKNOWN_LANGUAGE:
        return rows.entry.language
    return next((code for code in rows.titles if code != UNKNOWN_LANGUAGE), reader)


def written_text(spec: FieldSpec, value: object, code: str) -> str:
    """The text of a field in a language; of a list its items, one a line."""
    own = value.get(code) if isinstance(value, dict) else value
    return "\n".join(map(str, own)) if isinstance(own, list) else str(own or "").rstrip()


def with_text(spec: FieldSpec, value: object, code: str, text: str) -> object:
    """The value of a field with another text in a language."""
    if spec.translated:
        return {**(value if isinstance(value, dict) else {}), code: text}
    return text.split("\n") if spec.field_type.is_list and text else text or None


def added_text(spec: FieldSpec, label: str, text: str) -> str:
    """What is added to a field: items to a list, words to a line, else the answer under its label."""
    if spec.field_type.is_list:
        lines = tuple(Line(line, 1, "docx") for line in text.split("\n") if line.strip())
        return "\n".join(LabelledAnswer(lines, structured=True).items)
    if spec.field_type.is_short:
        return " ".join(text.split())
    return f"{label}:\n{text}" if "\n" in text else f"{label}: {text}"


def text_apart(spec: FieldSpec) -> str:
    """What stands between the text of a field and what is added to it."""
    return "\n" if spec.field_type.is_list else " · " if spec.field_type.is_short else "\n\n"


def without_text(text: str, added: str, apart: str) -> str:
    """The text without what was added to it; the whole text where it does not stand there as it was added."""
    if text == added:
        return ""
    if text.endswith(f"{apart}{added}"):
        return text.removesuffix(f"{apart}{added}")
    if text.startswith(f"{added}{apart}"):
        return text.removeprefix(f"{added}{apart}")
    return text.replace(f"{apart}{added}{apart}", apart, 1)


def forget_unplaced(files: Sequence[File]) -> None:
    """Drops what found no field, of files whose entry becomes public."""
    for file in files:
        file.unplaced = []
