"""The answers in the fields of a form, which a PDF tells more surely than its text does."""

from collections.abc import Sequence

from bank.ingest.extraction import ExtractedPage
from bank.ingest.labelled.answers import Line
from bank.ingest.labelled.collecting import CELL_STYLE
from bank.ingest.labelled.ends import OpenAnswer
from bank.ingest.labelled.labels import KnownLabels

FORM_TICK = "\u2714"


def with_form_answers(
    found: Sequence[OpenAnswer], pages: Sequence[ExtractedPage], labels: KnownLabels
) -> list[OpenAnswer]:
    """The answers of the text with those of form fields before them.

    Of the page of a form, the text's own are left out where they answer the same, or hold what a form field holds.
    """
    told = (form_answer(texts, page, labels) for page in pages for texts in page.answers)
    of_forms = [one for one in told if one.lines and (not one.lines[0].text.startswith(FORM_TICK) or is_for_ticks(one))]
    heard = {(one.line.page, one.spec.id) for one in of_forms if one.spec}
    held: dict[int, list[str]] = {}
    for one in of_forms:
        held.setdefault(one.line.page, []).append(letters_of(one))
    rest = [
        one
        for one in found
        if not (one.spec and (one.line.page, one.spec.id) in heard)
        and not any(text and text in letters_of(one) for text in held.get(one.line.page, ()))
    ]
    return sorted([*of_forms, *rest], key=lambda one: one.line.page)


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


def letters_of(one: OpenAnswer) -> str:
    """The letters of an answer without blanks."""
    return "".join(letter for line in one.lines for letter in line.text if not letter.isspace())
