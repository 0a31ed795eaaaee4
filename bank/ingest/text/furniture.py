"""Finds lines that repeat at the top or the bottom of most pages (furniture): running heads, page numbers."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

EDGE_LINES = 3
"""Lines at the top, and at the bottom, of a page that may be furniture."""
FEWEST_PAGES = 4
"""Shorter documents have no furniture."""
LONGEST_FURNITURE_LINE = 150
PAGE_NUMBERS = re.compile(r"\b(?:\d+|[ivxlcdm]+)\b")


def find_furniture(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """For each page the numbers (from 0) of its lines that repeat on half of the pages or more, and on three at least.

    The first occurrence of a line is not listed, so that a running head stays searchable once; nor is a line with a
    number of its own that is all the text of its page.
    """
    if len(texts) < FEWEST_PAGES:
        return [()] * len(texts)
    edges = [edge_lines(text) for text in texts]
    counts = Counter(form for edge in edges for form in set(edge.values()))
    often = max(3, len(texts) / 2)
    seen: set[str] = set()
    said: set[str] = set()
    found: list[tuple[int, ...]] = []
    for text, edge in zip(texts, edges, strict=True):
        repeated = sorted(number for number, form in edge.items() if counts[form] >= often and form in seen)
        lines = text.split("\n")
        whole = sum(bool(line.strip()) for line in lines) == len(repeated)
        own = {number for number in repeated if whole and says_more_than_before(lines[number], said)}
        found.append(tuple(number for number in repeated if number not in own))
        seen.update(edge.values())
        said.update(lines)
    return found


def says_more_than_before(line: str, said: set[str]) -> bool:
    """True for a line of words that no page before has just so."""
    return line not in said and any(map(str.isalpha, PAGE_NUMBERS.sub("", line.lower())))


def edge_lines(text: str) -> dict[int, str]:
    """Line number -> `furniture_form`, of the first and last lines that are not blank."""
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    chosen = filled[:EDGE_LINES] + filled[EDGE_LINES:][-EDGE_LINES:]
    return {number: furniture_form(lines[number]) for number in chosen if len(lines[number]) <= LONGEST_FURNITURE_LINE}


def furniture_form(line: str) -> str:
    """The line in lower case with numbers, Arabic or Roman, replaced by ``#``."""
    return PAGE_NUMBERS.sub("#", unicodedata.normalize("NFKC", line).lower()).strip()


def without_furniture(text: str, furniture: Sequence[int]) -> tuple[str, list[tuple[int, int]]]:
    """The text without the lines of these numbers, and what was left of it: (place in it, place in the whole text).

    The whole text where nothing would be left.
    """
    gone = frozenset(furniture)
    parts: list[str] = []
    moves: list[tuple[int, int]] = []
    size = at = 0
    for number, line in enumerate(text.split("\n")):
        if number not in gone:
            moves.append((size, at))
            parts.append(line)
            size += len(line) + 1
        at += len(line) + 1
    kept = "\n".join(parts)
    return (kept, moves) if kept.strip() else (text, [(0, 0)])
