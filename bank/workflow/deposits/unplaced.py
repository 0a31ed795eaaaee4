"""What a form gives that no field takes: kept with its file until a person puts it into a field or leaves it.

It is seen by those who may change the entry, and is gone once the entry is published.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy.orm import Session

from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import File
from bank.errors import Conflict, Fault, InvalidFields, NotFound
from bank.ingest.labelled.answers import LabelledAnswer, Line
from bank.ingest.labelled.unplaced import UnplacedAnswer
from bank.languages import UNKNOWN_LANGUAGE
from bank.messages import N_
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
from bank.workflow.deposits.cleaning import clean_written
from bank.workflow.deposits.values import field_specs, field_values
from bank.workflow.deposits.writing import UNKNOWN_FIELD, EntryWriteContext, write_values
from bank.workflow.rights import Viewer

LEFT_OUT = ""
"""Where an answer was put that a person chose to leave out."""
DECIDED_MEANWHILE = N_("This changed meanwhile, so nothing was done: the list shows how it stands now.")


@dataclass(frozen=True, slots=True)
class UnplacedView:
    """An answer of a file, with the `item` that it is among the file's own.

    `field` is the text field in which it is likeliest to have a place; `into` the field into which a person has put
    it, LEFT_OUT for none, None while it waits. `personal`: it looks like personal data.
    """

    file: int
    item: int
    label: str
    text: str
    page: int
    field: str
    into: str | None
    personal: bool = False

    @property
    def key(self) -> str:
        """File and item in one word."""
        return f"{self.file}.{self.item}"


def unplaced_views(file: File) -> tuple[UnplacedView, ...]:
    """The answers of a file that found no field, those too that a person has put somewhere."""
    return tuple(
        UnplacedView(
            file.number,
            one["item"],
            one["label"],
            one["text"],
            one["page"],
            one["field"],
            one.get("into"),
            one.get("personal", False),
        )
        for one in file.unplaced
        if "text" in one
    )


def note_unplaced(file: File, answers: Iterable[UnplacedAnswer], pages: Collection[int] | None = None) -> None:
    """Notes with a file what found no field; what a person has decided of the same before stays.

    With `pages` only what stands on these pages is noted anew, and the rest stays. An answer keeps its number, and no
    number is given twice: the highest that there was is kept, alone where its answer is gone.
    """
    numbers = {(one["label"], one["text"]): one["item"] for one in file.unplaced if "text" in one}
    last = max((one["item"] for one in file.unplaced), default=0)
    stays = [one for one in file.unplaced if stays_noted(one, pages)]
    known = {(one["label"], one["text"]) for one in stays}
    for one in answers:
        key = (one.label, one.text)
        if key in known or (pages is not None and one.page not in pages):
            continue
        known.add(key)
        item = numbers.get(key, last + 1)
        last = max(last, item)
        told = {"item": item, "label": one.label, "text": one.text, "page": one.page, "field": one.field}
        stays.append({**told, "personal": True} if one.personal else told)
    highest = max((one["item"] for one in stays), default=0)
    file.unplaced = stays if highest == last else [*stays, {"item": last}]


def stays_noted(one: dict[str, Any], pages: Collection[int] | None) -> bool:
    """Whether an answer stays when the file is read anew: a decided one, and one that stands on none of the pages."""
    return "into" in one or (pages is not None and "text" in one and one["page"] not in pages)


def place_answer(
    bank: Bank, viewer: Viewer | None, number: int, file: int, item: int, field: str, language: str
) -> SavedVersion:
    """Adds an answer of a file to a text field, after what stands there; does nothing where that was done already.

    `language` is the reader's, for an entry of which no language is known. Raises what `permitted_entry` raises;
    NotFound for an answer that there never was; Conflict for one that is gone or was put elsewhere; InvalidFields for
    a field that takes no text, or none so long.
    """

    def add(one: dict[str, Any], rows: EntryRows, value: object) -> tuple[str, object] | None:
        spec = field_specs(bank.vocabulary, rows.entry.kind).get(field)
        if spec is None or not spec.takes_prose:
            raise InvalidFields([Fault(field, UNKNOWN_FIELD)])
        code = text_language(rows, language)
        before = written_text(value, code)
        added = clean_written(added_text(spec, one["label"], one["text"])).strip()
        one |= {"into": field, "added": added, "language": code, "after": bool(before)}
        if before and is_of_file(rows.entry.proposed.get(field)):
            one |= {"proposed": rows.entry.proposed[field], "before": text_digest(before)}
        return field, with_text(spec, value, code, f"{before}{text_apart(spec)}{added}" if before else added)

    return decide_answer(bank, viewer, number, file, item, field, add)


def leave_answer_out(bank: Bank, viewer: Viewer | None, number: int, file: int, item: int) -> SavedVersion:
    """Takes an answer from the list without putting it anywhere. Raises as `place_answer`."""

    def leave(one: dict[str, Any], rows: EntryRows, value: object) -> None:
        one["into"] = LEFT_OUT

    return decide_answer(bank, viewer, number, file, item, LEFT_OUT, leave)


def take_answer_back(bank: Bank, viewer: Viewer | None, number: int, file: int, item: int) -> SavedVersion:
    """Puts an answer back on the list, and takes its text out of the field while it stands there as it was added.

    Raises as `place_answer`.
    """

    def take(one: dict[str, Any], rows: EntryRows, value: object) -> tuple[str, object] | None:
        field, added, code = one.pop("into"), one.pop("added", ""), one.pop("language", "")
        after, proposed, digest = one.pop("after", False), one.pop("proposed", None), one.pop("before", "")
        spec = field_specs(bank.vocabulary, rows.entry.kind).get(field)
        if spec is None or not added:
            return None
        before = written_text(value, code)
        rest = without_text(before, added, text_apart(spec), after)
        if rest == before:
            return None
        if proposed and text_digest(rest) == digest and proposed["file"] in [file.number for file in rows.files]:
            rows.entry.proposed = {field: proposed, **rows.entry.proposed}
        return field, with_text(spec, value, code, rest)

    return decide_answer(bank, viewer, number, file, item, None, take)


def decide_answer(
    bank: Bank,
    viewer: Viewer | None,
    number: int,
    place: int,
    item: int,
    into: str | None,
    decide: Callable[[dict[str, Any], EntryRows, object], tuple[str, object] | None],
) -> SavedVersion:
    """Lets `decide` put an answer `into` a field, LEFT_OUT or (None) back, and writes the value that it gives."""
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        file, one = expect_answer(rows, place, item)
        if one.get("into") == into:
            return SavedVersion(rows.entry.version, rows.entry.updated)
        if into is not None and "into" in one:
            raise Conflict(DECIDED_MEANWHILE)
        values = field_values(session, bank.vocabulary, rows)
        change = decide(one, rows, values.get(into if into is not None else one.get("into", "")))
        file.unplaced = [one if each["item"] == item else each for each in file.unplaced]
        return write_answer_change(bank, session, rows, viewer, dict([change] if change else []), into is None)


def write_answer_change(
    bank: Bank, session: Session, rows: EntryRows, viewer: Viewer | None, changes: dict[str, object], taken_back: bool
) -> SavedVersion:
    """Writes values, and a new version of the entry; what a file only offers stays offered. Raises InvalidFields."""
    before = entry_before_change(bank, session, rows)
    faults = write_values(EntryWriteContext(session, bank.vocabulary, rows.entry, viewer), changes)
    if faults:
        raise InvalidFields(faults)
    changed = changed_fields(bank, session, rows, before)
    expect_no_new_faults(bank, session, rows, before)
    touched = [] if taken_back else [id for id in changes if is_of_file(rows.entry.proposed.get(id))]
    return keep_changes(session, rows.entry, viewer, ["files", *changed], touched)


def is_of_file(note: Mapping[str, object] | None) -> bool:
    """Whether a field's value is a file's, which nobody has confirmed; not where a file only offers another."""
    return note is not None and "value" not in note


def text_digest(text: str) -> str:
    """By which a text is known again."""
    return blake2b(text.encode(), digest_size=12).hexdigest()


def expect_answer(rows: EntryRows, place: int, item: int) -> tuple[File, dict[str, Any]]:
    """The file with that number, and a copy of its answer. Raises Conflict for one that is gone, else NotFound."""
    file = next((one for one in rows.files if one.number == place), None)
    noted = file.unplaced if file else []
    one = next((one for one in noted if one["item"] == item and "text" in one), None)
    if file and one:
        return file, dict(one)
    raise Conflict(DECIDED_MEANWHILE) if any(item <= one["item"] for one in noted) else NotFound


def text_language(rows: EntryRows, reader: str) -> str:
    """The language of the entry's texts, else of its title, else the reader's; as the form asks for them."""
    if rows.entry.language != UNKNOWN_LANGUAGE:
        return rows.entry.language
    return next((code for code in rows.titles if code != UNKNOWN_LANGUAGE), reader)


def written_text(value: object, code: str) -> str:
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


def without_text(text: str, added: str, apart: str, after: bool) -> str:
    """The text without what was added to it, where it stands apart as it was added; else the whole text.

    Of several places the last; `after`: it was added after a text, so never at the beginning.
    """
    framed = f"{text}{apart}" if after else f"{apart}{text}{apart}"
    before, found, rest = framed.rpartition(f"{apart}{added}{apart}")
    if not found:
        return text
    return apart.join(part for part in (before.removeprefix(apart), rest.removesuffix(apart)) if part)


def forget_unplaced(files: Sequence[File]) -> None:
    """Drops what found no field, of files whose entry becomes public."""
    for file in files:
        file.unplaced = []
