"""The answers in the fields of a form, which a PDF tells more surely than its text does."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bank.ingest.extraction import ExtractedPage
from bank.ingest.labelled.answers import Line
from bank.ingest.labelled.collecting import CELL_STYLE
from bank.ingest.labelled.ends import OpenAnswer
from bank.ingest.labelled.labels import KnownLabels
from bank.vocabulary.folding import fold_label

FORM_TICK = "\u2714"
NEARLY_WHOLE = 0.8
"""Share of an answer's letters from which on a form field's value is taken for the same answer."""


@dataclass(slots=True)
class PageOfForm:
    """What the form fields of a page answer: fields, folded labels, and the letters of their values."""

    fields: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    by_length: list[str] = field(default_factory=list)

    def answers(self, one: OpenAnswer) -> bool:
        """Whether an answer in the text is one of the form's: by field, label, or value (all of it, or a line)."""
        if (one.spec and one.spec.id in self.fields) or fold_label(one.label) in self.labels:
            return True
        lines = [letters_of(line.text) for line in one.lines]
        whole = "".join(lines)
        if whole in self.values or any(line in self.values for line in lines):
            return True
        first = bisect_left(self.by_length, NEARLY_WHOLE * len(whole), key=len)
        last = bisect_left(self.by_length, len(whole), key=len)
        return any(value in whole for value in self.by_length[first:last])


def with_form_answers(
    found: Sequence[OpenAnswer], pages: Sequence[ExtractedPage], labels: KnownLabels
) -> list[OpenAnswer]:
    """The answers of the text with those of form fields before them.

    Of the page of a form, the text's own are left out where they answer the same, or are what a form field holds.
    """
    told = (form_answer(texts, page, labels) for page in pages for texts in page.answers)
    of_forms = [one for one in told if one.lines and (not one.lines[0].text.startswith(FORM_TICK) or is_for_ticks(one))]
    forms = pages_of_forms(of_forms)
    rest = [one for one in found if one.line.page not in forms or not forms[one.line.page].answers(one)]
    return sorted([*of_forms, *rest], key=lambda one: one.line.page)


def pages_of_forms(of_forms: Iterable[OpenAnswer]) -> dict[int, PageOfForm]:
    """Page -> what its form fields answer."""
    found: dict[int, PageOfForm] = {}
    for one in of_forms:
        page = found.setdefault(one.line.page, PageOfForm())
        page.fields |= {one.spec.id} if one.spec else set()
        page.labels.add(fold_label(one.label))
        page.values.add("".join(letters_of(line.text) for line in one.lines))
    for page in found.values():
        page.by_length = sorted(page.values, key=len)
    return found


def form_answer(texts: Sequence[str], page: ExtractedPage, labels: KnownLabels) -> OpenAnswer:
    """The answer of one form field under the first of its labels that is known, else under the first."""
    *names, value = texts
    label = next((name for name in names if labels.field(name, loose=True)), names[0])
    rows = value.replace("\r", "\n").split("\n")
    lines = [Line(row.strip(), page.number, "markdown") for row in rows if row.strip()]
    spec = labels.field(label, loose=True)
    return OpenAnswer(label, spec, CELL_STYLE, Line(label, page.number, "markdown"), True, lines=lines)


def is_for_ticks(one: OpenAnswer) -> bool:
    """Whether ticked boxes may answer the label."""
    return one.spec is not None and bool(one.spec.field_type.chosen_from or one.spec.field_type.shape == "bool")


def letters_of(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())
