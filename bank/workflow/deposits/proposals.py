"""What a file proposes for the fields of its entry: fills what is empty, offers the rest, and says where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import File
from bank.ingest.extraction import Extraction
from bank.ingest.labelled.fields import labelled
from bank.languages import UNKNOWN
from bank.workflow.bank import Bank
from bank.workflow.deposits.values import empty, specs_of, values_of
from bank.workflow.deposits.writing import Desk, write_one
from bank.workflow.imports.values import Wishes, entry_values

LONGEST_EVIDENCE = 300
WEIGHT = {"city": 0, "metadata": 0, "text": 1, "label": 2}
"""Where a value comes from -> how much that counts."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field: `source` is label (under the file's own label), metadata or text."""

    value: object
    source: str
    page: int | None = None
    text: str = ""


def propose(bank: Bank, session: Session, rows: EntryRows, number: int, offered: Mapping[str, Proposal]) -> list[str]:
    """Writes what file `number` proposes into empty fields and notes it in the entry; the fields that were filled."""
    entry = rows.entry
    present = values_of(session, bank.vocabulary, rows)
    desk = Desk(session, bank.vocabulary, entry)
    filled = []
    notes = dict(entry.proposed)
    for id, one in offered.items():
        note: dict[str, object] = {"source": one.source, "file": number, "page": one.page}
        note["text"] = one.text[:LONGEST_EVIDENCE]
        if id == "city":
            continue
        if not empty(present.get(id)) and not better(one, notes.get(id)):
            if present.get(id) != one.value and id not in notes:
                notes[id] = {**note, "value": one.value}
            continue
        if write_one(desk, id, one.value) is None:
            notes[id] = note
            filled.append(id)
    entry.proposed = notes
    return filled


def better(one: Proposal, before: Mapping[str, object] | None) -> bool:
    """Whether this may take the place of what was proposed before and nobody has touched."""
    if before is None or "value" in before:
        return False
    return WEIGHT[one.source] > WEIGHT[str(before.get("source"))]


def proposals(bank: Bank, kind: str, language: str, file: File, extraction: Extraction) -> Mapping[str, Proposal]:
    """Field -> what the file proposes; what stands under its own labels counts more than what was guessed.

    Of a scan that tesseract has read, guesses stand on its text.

    A long text takes a while: not for within a unit of work that writes.
    """
    specs = specs_of(bank.vocabulary, kind)
    spoken = extraction.proposals.language or (language if language != UNKNOWN else bank.settings.language)
    source = "text" if any(page.method == "ocr" for page in extraction.pages) else "metadata"
    found = dict(guessed(bank, file, extraction, source))
    for id, one in labelled(extraction.pages, bank.vocabulary, kind, spoken).items():
        found[id] = Proposal(one.value, "label", one.page, one.evidence)
    return {id: one for id, one in found.items() if id in specs}


def guessed(bank: Bank, file: File, extraction: Extraction, source: str) -> Iterator[tuple[str, Proposal]]:
    """What the file's metadata, front matter, title page and name say; of years only those that somebody wrote."""
    stem = file.name.rpartition(".")[0] or file.name
    about = entry_values(bank.vocabulary, extraction.proposals, stem, Wishes()).description
    spoken = about.language if about.language != UNKNOWN else bank.settings.language
    known: dict[str, object] = {
        "title": {spoken: about.titles[about.language]},
        "summary": {spoken: about.summaries[about.language]} if about.summaries else {},
        "language": about.language if about.language != UNKNOWN else None,
        "start_year": about.year if written(about.year, file, extraction) else None,
        "number": about.number,
        "cities": list(about.cities),
        "principles": [tag.term for tag in about.tags if tag.vocabulary == "principle"],
        "themes": [tag.term for tag in about.tags if tag.vocabulary == "theme"],
        "sdgs": [tag.term for tag in about.tags if tag.vocabulary == "sdg"],
        "groups": [tag.term for tag in about.tags if tag.vocabulary == "group"],
    }
    for id, value in known.items():
        if not empty(value):
            yield id, Proposal(value, source, 1)


def written(year: int | None, file: File, extraction: Extraction) -> bool:
    """Whether the year stands in the front matter, the title or the file's name: when a file was made says little."""
    return "front_matter" in extraction.flags or str(year) in f"{extraction.proposals.title} {file.name}"
