"""Values that a file proposes for its entry's fields.

Empty fields are filled, but the leading city is only offered; a heavier proposal replaces a lighter one that nobody
confirmed; one that differs from what somebody wrote is noted beside it. Each proposal notes its file, page and text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from bank import ingest
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import File
from bank.ingest.extraction import ExtractedPage, Extraction, Origin
from bank.ingest.labelled.fields import read_labels
from bank.ingest.labelled.unplaced import UnplacedAnswer
from bank.ingest.text.rows import without_bars
from bank.languages import UNKNOWN_LANGUAGE
from bank.vocabulary import FieldSpec
from bank.workflow.bank import Bank
from bank.workflow.deposits.values import field_specs, field_values, is_empty_value
from bank.workflow.deposits.writing import EntryWriteContext, write_field
from bank.workflow.imports.values import ImportWishes, entry_values, guessed_year

LONGEST_PROPOSAL_EVIDENCE = 300
ORIGINS = {"start_year": "date", "period": "date"}
"""Field -> what its origin is called where it is not called as the field."""
OFFERED_AFTERWARDS = ("title", "language", "start_year")
"""Fields for which a file's words are offered once OCR has read them, in an entry that is no longer filled in."""
SOURCE_WEIGHTS = {"city": 0, "name": 0, "metadata": 0, "text": 1, "printed": 1, "label": 2, "given": 2}
"""Source of a proposed value -> its weight; a heavier one replaces a lighter one that nobody confirmed."""
SIGNATURE_LABEL = re.compile(
    r"(?:nombre y |nome e |nom et |nom i )?(?:firma|assinatura|signature|signatura)s?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """A value for a field: `source` is a key of SOURCE_WEIGHTS (label: under the file's own label).

    `doubtful` is a guess that a person has to look at; with `offered` it does not even fill an empty field, and waits
    until somebody takes it.
    """

    value: object
    source: str
    page: int | None = None
    text: str = ""
    doubtful: bool = False
    offered: bool = False
    label: str = ""
    """The file's own label, where the source is one."""

    def note(self, file: int) -> dict[str, object]:
        """What is kept of it with the entry."""
        note: dict[str, object] = {"source": self.source, "file": file, "page": self.page}
        note["text"] = without_bars(self.text)[:LONGEST_PROPOSAL_EVIDENCE]
        return {**note, "doubtful": True} if self.doubtful else note


@dataclass(frozen=True, slots=True)
class FileProposals:
    """What a file proposes: field -> value, and the answers under its labels that found no field."""

    values: Mapping[str, FieldProposal]
    unplaced: tuple[UnplacedAnswer, ...] = ()


def write_proposals(
    bank: Bank, session: Session, rows: EntryRows, number: int, offered: Mapping[str, FieldProposal]
) -> tuple[list[str], list[str]]:
    """Fills empty fields with what file `number` proposes and notes the proposals.

    Returns the ids of the fields filled, and of those that had no room for what the file gives under a label.
    """
    entry = rows.entry
    present = field_values(session, bank.vocabulary, rows)
    desk = EntryWriteContext(session, bank.vocabulary, entry)
    filled, lost = list[str](), list[str]()
    notes = dict(entry.proposed)
    for id, one in offered.items():
        note = one.note(number)
        there = not is_empty_value(present.get(id))
        if id == "city":
            if not there:
                notes[id] = {**note, "value": one.value}
            continue
        if one.offered or (there and not is_better_proposal(one, notes.get(id))):
            if id not in notes and present.get(id) != one.value and there != one.offered:
                notes[id] = {**note, "value": one.value}
            elif present.get(id) != one.value and notes.get(id, {}).get("file") != number:
                lost.append(id)
            continue
        if write_field(desk, id, one.value) is None:
            notes[id] = note
            filled.append(id)
        else:
            lost.append(id)
    entry.proposed = notes
    return filled, [id for id in lost if offered[id].label]


def answer_without_room(id: str, one: FieldProposal, spec: FieldSpec) -> UnplacedAnswer:
    """What a file gives under a label of a field that has no room for it."""
    value = next(iter(one.value.values()), "") if spec.translated and isinstance(one.value, dict) else one.value
    told = one.text.removeprefix(one.label).lstrip(" :")
    return UnplacedAnswer(one.label, value if isinstance(value, str) else told, one.page or 1, id)


def offer_proposals(
    bank: Bank, session: Session, rows: EntryRows, number: int, offered: Mapping[str, FieldProposal]
) -> None:
    """Notes what file `number` proposes anew for a field that is empty or holds a guess; a person takes it or not."""
    present = field_values(session, bank.vocabulary, rows)
    notes = dict(rows.entry.proposed)
    for id in OFFERED_AFTERWARDS:
        one = offered.get(id)
        if one is None or one.offered or one.value == present.get(id):
            continue
        if is_empty_value(present.get(id)) or is_better_proposal(one, notes.get(id)):
            notes[id] = {**replace(one, doubtful=False).note(number), "value": one.value}
    rows.entry.proposed = notes


def is_better_proposal(one: FieldProposal, before: Mapping[str, object] | None) -> bool:
    """Whether the proposal may replace an earlier one, `before`, that nobody confirmed."""
    if before is None or "value" in before:
        return False
    return SOURCE_WEIGHTS[one.source] > SOURCE_WEIGHTS[str(before.get("source"))]


def file_proposals(bank: Bank, kind: str, language: str, file: File, extraction: Extraction) -> FileProposals:
    """What the file proposes; what stands under its own labels wins over guesses.

    Slow for long texts: call it outside a writing transaction.
    """
    specs = field_specs(bank.vocabulary, kind)
    spoken = extraction.proposals.language or (language if language != UNKNOWN_LANGUAGE else bank.settings.language)
    found = dict(guessed_proposals(bank, file, extraction))
    read = read_labels(extraction.pages, bank.vocabulary, kind, spoken)
    for id, one in read.values.items():
        found[id] = FieldProposal(one.value, "label", one.page, one.evidence, label=one.label)
    unplaced = tuple(kept_private(one, list(specs.values())) for one in read.unplaced)
    return FileProposals({id: one for id, one in found.items() if id in specs}, unplaced)


def kept_private(one: UnplacedAnswer, specs: Sequence[FieldSpec]) -> UnplacedAnswer:
    """The answer, with a field that only the network sees where it looks like personal data, or is a signature."""
    kinds = {found.kind for found in ingest.find_personal_data([ExtractedPage(1, f"{one.label}: {one.text}")])}
    if not kinds and not SIGNATURE_LABEL.match(one.label):
        return one
    private = [spec.id for spec in specs if spec.takes_prose and spec.visible != "public"]
    wanted = "contact_phone" if kinds == {"phone"} else "contact_person"
    return replace(one, personal=True, field=wanted if wanted in private else next(iter(private), one.field))


def guessed_proposals(bank: Bank, file: File, extraction: Extraction) -> Iterator[tuple[str, FieldProposal]]:
    """What front matter, title page, metadata and name of a file propose; a year that is only guessed waits."""
    stem = file.name.rpartition(".")[0] or file.name
    about = entry_values(bank.vocabulary, extraction.proposals, stem, ImportWishes()).description
    spoken = about.language if about.language != UNKNOWN_LANGUAGE else bank.settings.language
    until = extraction.proposals.until
    known: dict[str, object] = {
        "title": {spoken: about.titles[about.language]},
        "summary": {spoken: about.summaries[about.language]} if about.summaries else {},
        "language": about.language if about.language != UNKNOWN_LANGUAGE else None,
        "start_year": about.year,
        "period": {"from": extraction.proposals.date, "to": until} if until else None,
        "number": about.number,
        "cities": list(about.cities),
        "principles": [tag.term for tag in about.tags if tag.vocabulary == "principle"],
        "themes": [tag.term for tag in about.tags if tag.vocabulary == "theme"],
        "sdgs": [tag.term for tag in about.tags if tag.vocabulary == "sdg"],
        "groups": [tag.term for tag in about.tags if tag.vocabulary == "group"],
    }
    origins = extraction.proposals.origins
    from_text = any(page.method == "ocr" for page in extraction.pages)
    for id, value in known.items():
        if not is_empty_value(value):
            origin = origins.get(ORIGINS.get(id, id)) or Origin("text" if from_text else "metadata", 1)
            yield id, FieldProposal(value, origin.source, origin.page, origin.text, origin.doubtful)
    guess = guessed_year(extraction.proposals, about.year)
    if guess:
        yield "start_year", FieldProposal(guess, "metadata", doubtful=True, offered=True)
