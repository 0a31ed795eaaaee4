"""Goes through the lines of a file and collects what stands under each label."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bank.ingest.labelled.answers import Line
from bank.ingest.labelled.ends import Open, ended, ends
from bank.ingest.labelled.labels import BLANK, LONGEST, Label, Labels, Style, capitals, cells, number_of

MOST_PAGES = 3
COLUMN = Style(alone=False)


def collected(lines: Sequence[Line], labels: Labels) -> Iterator[Open]:
    """Each label with the lines that belong to it, up to the next label or heading."""
    current: Open | None = None
    columns: list[str] = []
    for number, line in enumerate(lines):
        row = cells(line.text)
        if columns and len(row) == len(columns):
            yield from column_values(columns, row, line, labels)
            continue
        columns = row if len(row) > 1 and all(map(labels.knows, row)) else []
        label = None if columns else opening(lines, number, row, labels)
        if columns or label or (current and ends(current, lines, number)):
            if current:
                yield current
            current = None
        if label and BLANK.fullmatch(label.rest[:LONGEST]):
            continue
        if label:
            *whole, current = row_values(row, line, labels) or [opened(label, line)]
            yield from whole
        elif current and not columns:
            keep(current, line)
    if current:
        yield current


def keep(current: Open, line: Line) -> None:
    """Adds a line to the value, unless it is too far from its label or too much."""
    same_page = bool(current.lines) or line.page == current.line.page
    current.size += len(line.text) + 2
    if same_page and line.page < current.line.page + MOST_PAGES and current.size <= current.longest:
        current.lines.append(line)
        current.items += number_of(line.text) == str(current.items + 1)


def opening(lines: Sequence[Line], number: int, row: list[str], labels: Labels) -> Label | None:
    """The label with which this line begins a value; None for running text that happens to begin alike."""
    line = lines[number]
    if len(row) > 1:
        known = labels.knows(row[0])
        return Label(labels.field(row[0]), row[0], row[1], COLUMN) if known else None
    label = labels.read(line.text)
    if label is None or line.heading or label.style.number or label.style.colon:
        return label
    if label.style.capitals:
        return None if goes_on_in_capitals(label, lines[number + 1 : number + 2]) else label
    return label if apart(lines, number, labels) else None


def goes_on_in_capitals(label: Label, after: Sequence[Line]) -> bool:
    """True for a heading of which only the first line is a label: ``ACTIVIDADES`` / ``EXTRACURRICULARES``."""
    long = label.field is not None and not label.field.field_type.is_short
    return long and bool(after) and not after[0].apart and capitals(after[0].text)


def apart(lines: Sequence[Line], number: int, labels: Labels) -> bool:
    """True for a line that does not go on with the sentence of the line before it."""
    if number == 0 or lines[number].apart or lines[number - 1].page != lines[number].page:
        return True
    before = lines[number - 1]
    return before.heading or ended(before) or labels.read(before.text) is not None


def opened(label: Label, line: Line) -> Open:
    rest = [replace(line, text=label.rest)] if label.rest else []
    return Open(label.written, label.field, label.style, line, lines=rest)


def row_values(row: list[str], line: Line, labels: Labels) -> list[Open]:
    """The labels of a table's row with the cells after them: ``Label | value | Label | value``."""
    found: list[Open] = []
    for cell in row if len(row) > 1 else []:
        if labels.knows(cell) and not (found and not found[-1].lines):
            found.append(Open(cell, labels.field(cell), COLUMN, line, cell=True))
        elif found and cell:
            found[-1].lines.append(replace(line, text=cell))
    return found


def column_values(columns: list[str], row: list[str], line: Line, labels: Labels) -> Iterator[Open]:
    """The cells of a row under a row of labels."""
    for column, cell in zip(columns, row, strict=True):
        if cell:
            yield Open(column, labels.field(column), COLUMN, line, True, True, [replace(line, text=cell)])
