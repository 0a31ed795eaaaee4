"""Goes through the lines of a file and collects the answer under each label."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bank.ingest.labelled.answers import Line
from bank.ingest.labelled.ends import OpenAnswer, ends_answer, ends_with_mark
from bank.ingest.labelled.labels import (
    FORM_BLANK,
    LONGEST_FIELD_LABEL,
    KnownLabels,
    Label,
    LabelStyle,
    is_in_capitals,
    leading_number,
    row_cells,
)
from bank.ingest.labelled.strange import strange_answer

MOST_ANSWER_PAGES = 3
"""Pages that an answer may reach over."""
CELL_STYLE = LabelStyle(alone=False)


def collect_answers(lines: Sequence[Line], labels: KnownLabels) -> Iterator[OpenAnswer]:
    """Each label with the lines that belong to it, up to the next label or heading.

    So also what may be a label without being known; it has no field.
    """
    current: OpenAnswer | None = None
    columns: list[str] = []
    for number, line in enumerate(lines):
        row = row_cells(line.text)
        if columns and len(row) == len(columns):
            yield from column_values(columns, row, line, labels)
            continue
        columns = row if len(row) > 1 and all(map(labels.knows, row)) else []
        label = None if columns else opening_label(lines, number, row, labels)
        ended = current if columns or label or (current and ends_answer(current, lines, number)) else None
        if ended:
            yield ended
            current = None
        if label and FORM_BLANK.fullmatch(label.rest[:LONGEST_FIELD_LABEL]):
            continue
        if label:
            *whole, current = row_values(row, line, labels) or [open_answer(label, line)]
            yield from whole
        elif current and not columns:
            add_answer_line(current, line)
        elif not columns:
            current = strange_answer(line, row, ended)
    if current:
        yield current


def add_answer_line(current: OpenAnswer, line: Line) -> None:
    """Adds a line to the answer, unless it is three or more pages after the label or makes the answer too long.

    An answer begins on the page of its label.
    """
    same_page = bool(current.lines) or line.page == current.line.page
    current.size += len(line.text) + 2
    if same_page and line.page < current.line.page + MOST_ANSWER_PAGES and current.size <= current.longest:
        current.lines.append(line)
        current.items += leading_number(line.text) == str(current.items + 1)


def opening_label(lines: Sequence[Line], number: int, row: list[str], labels: KnownLabels) -> Label | None:
    """The label with which this line begins an answer; None for running text that happens to begin alike."""
    line = lines[number]
    if len(row) > 1:
        known = labels.knows(row[0], loose=True)
        return Label(labels.field(row[0], loose=True), row[0], row[1], CELL_STYLE) if known else None
    label = labels.read(line.text)
    if label is None or line.heading or label.style.number or label.style.colon:
        return label
    if label.style.capitals:
        return None if goes_on_in_capitals(label, lines[number + 1 : number + 2]) else label
    return label if stands_apart(lines, number, labels) else None


def goes_on_in_capitals(label: Label, after: Sequence[Line]) -> bool:
    """True for a label that is only the first line of a heading: ``ACTIVIDADES`` / ``EXTRACURRICULARES``."""
    long = label.field is not None and not label.field.field_type.is_short
    return long and bool(after) and not after[0].apart and is_in_capitals(after[0].text)


def stands_apart(lines: Sequence[Line], number: int, labels: KnownLabels) -> bool:
    """True for a line that does not continue the sentence of the line before it."""
    if number == 0 or lines[number].apart or lines[number - 1].page != lines[number].page:
        return True
    before = lines[number - 1]
    return before.heading or ends_with_mark(before) or labels.read(before.text) is not None


def open_answer(label: Label, line: Line) -> OpenAnswer:
    """Begins the answer of a label with what follows it on its line."""
    rest = [replace(line, text=label.rest)] if label.rest else []
    return OpenAnswer(label.written, label.field, label.style, line, lines=rest)


def row_values(row: list[str], line: Line, labels: KnownLabels) -> list[OpenAnswer]:
    """The labels of a table's row with the cells after them: ``Label | value | Label | value``."""
    found: list[OpenAnswer] = []
    for cell in row if len(row) > 1 else []:
        first = not found
        if labels.knows(cell, loose=first) and not (found and not found[-1].lines):
            found.append(OpenAnswer(cell, labels.field(cell, loose=first), CELL_STYLE, line, cell=True))
        elif found and cell:
            found[-1].lines.append(replace(line, text=cell))
    return found


def column_values(columns: list[str], row: list[str], line: Line, labels: KnownLabels) -> Iterator[OpenAnswer]:
    """The cells of a row, as answers to the labels in the row above (`columns`)."""
    for column, cell in zip(columns, row, strict=True):
        if cell:
            yield OpenAnswer(column, labels.field(column), CELL_STYLE, line, True, True, [replace(line, text=cell)])
