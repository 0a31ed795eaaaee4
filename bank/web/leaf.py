"""The text of a page as it is shown: the tables of Word and Markdown files as tables, all else as it stands.

Reading keeps a row of a table on one line, its cells between bars; lines without a bar after it belong to its last
cell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bank.ingest.text.rows import CELL_BETWEEN, TABLE_METHODS

BLANK_LINE = re.compile(r"\n\n+")

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class LeafText:
    """A piece of a page's text; `marks` are (start, end) offsets in it of what was searched for."""

    text: str
    marks: Spans


@dataclass(frozen=True, slots=True)
class LeafBlock:
    """Running text or, with `rows`, a table of as many cells in each row."""

    text: LeafText
    rows: tuple[tuple[LeafText, ...], ...] = ()


def leaf_blocks(text: str, method: str, marks: Iterable[tuple[int, int]] = ()) -> list[LeafBlock]:
    """The blocks of a page in their order; nothing of the text is lost but the bars of tables."""
    spans = list(marks)
    if method not in TABLE_METHODS or CELL_BETWEEN not in text:
        return [LeafBlock(LeafText(text, spans))]
    return [leaf_block(text, start, end, spans) for start, end in stretches_of(text)]


def stretches_of(text: str) -> Iterator[tuple[int, int]]:
    """The places of tables and of the running text between them."""
    begun, start = 0, 0
    for end, after in [*(gap.span() for gap in BLANK_LINE.finditer(text)), (len(text), len(text))]:
        first = text.find("\n", start, end)
        if CELL_BETWEEN in text[start : end if first < 0 else first]:
            if text[begun:start].strip():
                yield begun, start
            yield start, end
            begun = after
        start = after
    if text[begun:].strip():
        yield begun, len(text)


def leaf_block(text: str, start: int, end: int, marks: Spans) -> LeafBlock:
    """One stretch as a block; a table where its first line has cells."""
    piece = marked_piece(text, start, end, marks)
    if CELL_BETWEEN not in text[start:end].lstrip("\n").partition("\n")[0]:
        return LeafBlock(piece)
    rows = [tuple(marked_piece(text, *cell, marks) for cell in cells) for cells in row_places(text, start, end)]
    widest = max(map(len, rows))
    return LeafBlock(piece, tuple(row + (LeafText("", ()),) * (widest - len(row)) for row in rows))


def row_places(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """The places of the cells of each row."""
    begun = start
    line = text.find("\n", start, end)
    while line >= 0:
        after = text.find("\n", line + 1, end)
        if CELL_BETWEEN in text[line : end if after < 0 else after]:
            yield list(cell_places(text, begun, line))
            begun = line + 1
        line = after
    yield list(cell_places(text, begun, end))


def cell_places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the cells of one row; bars after its first line belong to the last cell."""
    first = text.find("\n", start, end)
    bar = text.find(CELL_BETWEEN, start, end if first < 0 else first)
    while bar >= 0:
        yield start, bar
        start = bar + len(CELL_BETWEEN)
        bar = text.find(CELL_BETWEEN, start, end if first < 0 else first)
    yield start, end


def marked_piece(text: str, start: int, end: int, marks: Spans) -> LeafText:
    """A piece of the text with the marks that lie in it, cut at its ends."""
    inside = [
        (max(first, start) - start, min(last, end) - start) for first, last in marks if first < end and last > start
    ]
    return LeafText(text[start:end], inside)
