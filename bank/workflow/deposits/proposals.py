"""Values that a file proposes for its entry's fields.

Empty fields are filled, but the leading city never is; a heavier proposal replaces a lighter one that nobody confirmed;
one that differs from what somebody wrote is noted beside it. Each proposal notes its file, page and text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import File
from bank.ingest.extraction import Extraction
from bank.ingest.labelled.fields import find_labelled_values
from bank.languages import UNKNOWN_LANGUAGE
from bank.workflow.bank import Bank
from bank.workflow.deposits.values import field_specs, field_values, is_empty_value
from bank.workflow.deposits.writing import EntryWriteContext, write_field
from bank.workflow.imports.values import ImportWishes, entry_values

LONGEST_PROPOSAL_EVIDENCE = 300
SOURCE_WEIGHTS = {"city": 0, "metadata": 0, "text": 1, "label": 2}
"""Source of a proposed value -> its weight; a heavier one replaces a lighter one that nobody confirmed."""


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """A value for a field: `source` is a key of SOURCE_WEIGHTS (label: under the file's own label)."""

    value: object
    source: str
    page: int | None = None
    text: str = ""


def write_proposals(
    bank: Bank, session: Session, rows: EntryRows, number: int, offered: Mapping[str, FieldProposal]
) -> list[str]:
    """Fills empty fields with what file `number` proposes and notes the proposals; ids of the fields filled."""
    entry = rows.entry
    present = field_values(session, bank.vocabulary, rows)
    desk = EntryWriteContext(session, bank.vocabulary, entry)
    filled = []
    notes = dict(entry.proposed)
    for id, one in offered.items():
        note: dict[str, object] = {"source": one.source, "file": number, "page": one.page}
        note["text"] = one.text[:LONGEST_PROPOSAL_EVIDENCE]
        if id == "city":
            continue
        if not is_empty_value(present.get(id)) and not is_better_proposal(one, notes.get(id)):
            if present.get(id) != one.value and id not in notes:
                notes[id] = {**note, "value": one.value}
            continue
        if write_field(desk, id, one.value) is None:
            notes[id] = note
            filled.append(id)
    entry.proposed = notes
    return filled


def is_better_proposal(one: FieldProposal, before: Mapping[str, object] | None) -> bool:
    """Whether the proposal may replace an earlier one, `before`, that nobody confirmed."""
    if before is None or "value" in before:
        return False
    return SOURCE_WEIGHTS[one.source] > SOURCE_WEIGHTS[str(before.get("source"))]


def file_proposals(
    bank: Bank, kind: str, language: str, file: File, extraction: Extraction
) -> Mapping[str, FieldProposal]:
    """Field -> what the file proposes; what stands under the file's own labels wins over guesses.

    Guesses about a file with OCR pages have the source text, others metadata. Slow for long texts: call it outside a
    writing transaction.
    """
    specs = field_specs(bank.vocabulary, kind)
    spoken = extraction.proposals.language or (language if language != UNKNOWN_LANGUAGE else bank.settings.language)
    source = "text" if any(page.method == "ocr" for page in extraction.pages) else "metadata"
    found = dict(guessed_proposals(bank, file, extraction, source))
    for id, one in find_labelled_values(extraction.pages, bank.vocabulary, kind, spoken).items():
        found[id] = FieldProposal(one.value, "label", one.page, one.evidence)
    return {id: one for id, one in found.items() if id in specs}


def guessed_proposals(
    bank: Bank, file: File, extraction: Extraction, source: str
) -> Iterator[tuple[str, FieldProposal]]:
    """What metadata, front matter, title page and name of a file propose; a year only where somebody wrote it."""
    stem = file.name.rpartition(".")[0] or file.name
    about = entry_values(bank.vocabulary, extraction.proposals, stem, ImportWishes()).description
    spoken = about.language if about.language != UNKNOWN_LANGUAGE else bank.settings.language
    known: dict[str, object] = {
        "title": {spoken: about.titles[about.language]},
        "summary": {spoken: about.summaries[about.language]} if about.summaries else {},
        "language": about.language if about.language != UNKNOWN_LANGUAGE else None,
        "start_year": about.year if is_year_written(about.year, file, extraction) else None,
        "number": about.number,
        "cities": list(about.cities),
        "principles": [tag.term for tag in about.tags if tag.vocabulary == "principle"],
        "themes": [tag.term for tag in about.tags if tag.vocabulary == "theme"],
        "sdgs": [tag.term for tag in about.tags if tag.vocabulary == "sdg"],
        "groups": [tag.term for tag in about.tags if tag.vocabulary == "group"],
    }
    for id, value in known.items():
        if not is_empty_value(value):
            yield id, FieldProposal(value, source, 1)


def is_year_written(year: int | None, file: File, extraction: Extraction) -> bool:
    """Whether the year is in front matter, title or file name: when a file was made says little about its subject."""
    return "front_matter" in extraction.flags or str(year) in f"{extraction.proposals.title} {file.name}"
