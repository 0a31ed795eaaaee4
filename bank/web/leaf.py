"""The text of a page as it is shown: of Word and Markdown files with headings, lists and tables.

Reading keeps a row of a table on one line, its cells between bars; lines without a bar after it belong to its last
cell. It keeps an item of a list with its bullet or number, and notes which lines are headings.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise, takewhile
from operator import itemgetter
from typing import Literal

from bank.ingest.text.rows import CELL_BETWEEN, TABLE_METHODS

BLANK_LINE = re.compile(r"\n\n+")
LIST_MARK = re.compile(r"^(?:(-)|(\d{1,6})\.) ", re.MULTILINE)
USUAL_LINE_RANK, LONG_LINE_SHARE = 0.9, 0.6
"""Nine lines of ten are no longer than the usual line; one of so much of it is filled and may go on in the next."""
LINE_ENDINGS = (".", ":", ";", "!", "?", "…")
MOST_LEADING_HEADINGS = 4
"""Lines before a part's text that may be headings: its own and those above it."""

Spans = Sequence[tuple[int, int]]
BlockKind = Literal["text", "heading", "bullets", "numbers", "table"]
HeaderPlace = Literal["", "row", "column"]


@dataclass(frozen=True, slots=True)
class LeafText:
    """A piece of a page's text; `marks` are (start, end) offsets in it of what was searched for.

    `number` is that of an item in a numbered list; None for any other.
    """

    text: str
    marks: Spans
    number: int | None = None


@dataclass(frozen=True, slots=True)
class LeafBlock:
    """Running text, a heading, a list of `items`, or a table of `rows` with as many cells in each.

    `header` says what names the cells of a table: its first row, its first column, or nothing.
    """

    text: LeafText
    kind: BlockKind = "text"
    rows: tuple[tuple[LeafText, ...], ...] = ()
    items: tuple[LeafText, ...] = ()
    header: HeaderPlace = ""


def leaf_blocks(
    text: str,
    method: str,
    marks: Iterable[tuple[int, int]] = (),
    label: str | None = None,
    headings: Collection[int] = (),
) -> list[LeafBlock]:
    """The blocks of a page in their order; nothing of the text is lost but bars, bullets and numbers of lists.

    `headings` are numbers (from 0) of the lines that are headings; where there are none, those are that lead to the
    page's label.
    """
    spans = list(marks)
    if method not in TABLE_METHODS:
        return [LeafBlock(LeafText(flowing_text(text), spans))]
    places = list(paragraph_places(text))
    titles = set(places[: leading_headings([text[start:end] for start, end in places], label)])
    if headings:
        titles = {place for place in places if text.count("\n", 0, place[0]) in headings}
    blocks: list[LeafBlock] = []
    for place in places:
        if place in titles:
            blocks.append(LeafBlock(marked_piece(text, *place, spans), "heading"))
        else:
            blocks += leaf_blocks_of(text, *place, spans, method)
    return blocks


def flowing_text(text: str) -> str:
    """The text with a blank in place of each line end inside a sentence: a long line that goes on in small letters."""
    lines = text.split("\n")
    lengths = sorted(map(len, lines))
    usual = lengths[int(USUAL_LINE_RANK * (len(lengths) - 1))]
    joined = [lines[0]]
    for line, after in pairwise(lines):
        inside = len(line) >= LONG_LINE_SHARE * usual and not line.endswith(LINE_ENDINGS) and after[:1].islower()
        joined += [" " if inside else "\n", after]
    return "".join(joined)


def paragraph_places(text: str) -> Iterator[tuple[int, int]]:
    """The places of what stands between blank lines."""
    start = 0
    for end, after in [*(gap.span() for gap in BLANK_LINE.finditer(text)), (len(text), len(text))]:
        if text[start:end].strip():
            yield start + len(text[start:end]) - len(text[start:end].lstrip("\n")), end
        start = after


def leading_headings(paragraphs: Sequence[str], label: str | None) -> int:
    """How many of the first paragraphs are headings: up to the one that is the part's label, each on one line."""
    for number, paragraph in enumerate(paragraphs[:MOST_LEADING_HEADINGS], 1):
        if "\n" in paragraph or CELL_BETWEEN in paragraph or LIST_MARK.match(paragraph):
            return 0
        if label and " ".join(paragraph.split()) == label:
            return number
    return 0


def leaf_blocks_of(text: str, start: int, end: int, marks: Spans, method: str) -> Iterator[LeafBlock]:
    """One paragraph or table, or lists: another begins where bullets and numbers change."""
    piece = marked_piece(text, start, end, marks)
    first = text[start:end].partition("\n")[0]
    if CELL_BETWEEN in first:
        rows = [tuple(marked_piece(text, *cell, marks) for cell in cells) for cells in row_places(text, start, end)]
        yield table_block(piece, rows, method)
    elif LIST_MARK.match(first):
        for numbered, items in groupby(list_items(text, start, end, marks), lambda item: item.number is not None):
            yield LeafBlock(piece, "numbers" if numbered else "bullets", items=tuple(items))
    else:
        yield LeafBlock(piece)


def table_block(piece: LeafText, rows: Sequence[tuple[LeafText, ...]], method: str) -> LeafBlock:
    """A table; Markdown's have a first row of names, and those of two columns in Word a column of them, as forms do."""
    widest = max(map(len, rows))
    filled = tuple(row + (LeafText("", ()),) * (widest - len(row)) for row in rows)
    header: HeaderPlace = "row" if method == "markdown" and len(rows) > 1 else "column" if widest == 2 else ""
    return LeafBlock(piece, "table", rows=filled, header=header)


def list_items(text: str, start: int, end: int, marks: Spans) -> Iterator[LeafText]:
    """The items of a list without their bullets and numbers; lines without one belong to the item before."""
    found = list(LIST_MARK.finditer(text, start, end))
    for number, mark in enumerate(found):
        stop = found[number + 1].start() - 1 if number + 1 < len(found) else end
        piece = marked_piece(text, mark.end(), stop, marks)
        yield LeafText(piece.text, piece.marks, int(mark[2]) if mark[2] else None)


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
    """A piece of the text with the marks that lie in it, cut at its ends; `marks` ascend and don't overlap."""
    at = bisect_right(marks, start, key=itemgetter(1))
    inside = takewhile(lambda mark: mark[0] < end, islice(marks, at, None))
    return LeafText(text[start:end], [(max(first, start) - start, min(last, end) - start) for first, last in inside])
