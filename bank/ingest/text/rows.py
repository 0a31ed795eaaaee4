"""Rows of tables in the text of Word and Markdown files: one row on a line, its cells between bars."""

import re

CELL_BETWEEN = " | "
TABLE_METHODS = ("docx", "markdown")
"""Methods of reading that keep tables as rows between bars."""
CELL_BARS = re.compile(r" \|(?: +\|)* ")
CELL_DOT = " · "
ROW_END = re.compile(r"[.,;:!?…]$")


def without_bars(text: str) -> str:
    """A piece of a row with dots between its cells; an empty cell leaves nothing."""
    return CELL_BARS.sub(CELL_DOT, text)


def readable_rows(text: str, method: str) -> str:
    """A page's text, read by `method`, as it can be shown in running text: rows end, their cells stand between dots."""
    if method not in TABLE_METHODS or CELL_BETWEEN not in text:
        return text
    lines = text.split("\n")
    return "\n".join(map(readable_row, lines, [*lines[1:], ""]))


def readable_row(line: str, after: str) -> str:
    """A line; one with cells ends in a semicolon where another line follows."""
    if CELL_BETWEEN not in line:
        return line
    told = without_bars(line)
    return f"{told};" if after.strip() and not ROW_END.search(told) else told
