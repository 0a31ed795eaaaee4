"""Sections in place of pages, for texts that have none: at headings of level 1 and 2, and in long stretches between."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bank.ingest.limits import Limits
from bank.ingest.text.cleaning import clean

LONG = 6000
"""Characters above which a stretch without headings is cut."""
PART = 2000
"""Characters after which it is cut at a wider gap."""
LABEL = 120


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row or heading. `level` is 0 for all but headings.

    `gap` says that it stands clearly apart from what is before it (three blank lines, a rule); `follows` that it
    belongs to the line before it, without a blank line between them; `breaks` that a new page begins with it.
    """

    text: str
    level: int = 0
    gap: bool = False
    follows: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One stretch of text and what it is called; `headings` are the numbers (from 0) of its lines that are headings."""

    label: str | None
    text: str
    headings: tuple[int, ...] = ()


def sections(blocks: Iterable[Block], limits: Limits) -> list[Section]:
    """The blocks as sections, at most `limits.max_pages`: beyond that, headings begin no new one."""
    found: list[Section] = []
    for stretch in stretches(blocks, limits.max_pages):
        heading = heading_of(stretch)
        for number, part in enumerate(parts(stretch)):
            label = heading if number == 0 else None
            name, titles = label or first_title(part) or heading, titles_of(part)
            found.extend(pieces(name, together(part), titles, limits.page_characters))
    return found


def stretches(blocks: Iterable[Block], most: int) -> Iterator[list[Block]]:
    """The blocks from one heading of level 1 or 2 to the next; a heading alone stays with the one after it."""
    current: list[Block] = []
    count, has_body = 1, False
    for block in blocks:
        if current and count < most and (block.breaks or (block.level in (1, 2) and has_body)):
            yield current
            current, count, has_body = [], count + 1, False
        current.append(block)
        has_body = has_body or not block.level
    if current:
        yield current


def heading_of(stretch: list[Block]) -> str | None:
    """The last of the headings of level 1 and 2 with which a stretch begins."""
    leading = itertools.takewhile(lambda block: block.level, stretch)
    return next((block.text for block in reversed(list(leading)) if block.level in (1, 2)), None)


def parts(stretch: list[Block]) -> Iterator[list[Block]]:
    """A stretch whole, or cut at wider gaps, at lesser headings, and at the latest after LONG characters."""
    if sum(len(block.text) for block in stretch) <= LONG:
        yield stretch
        return
    current: list[Block] = []
    size = 0
    for block in stretch:
        apart = block.gap or block.level > 2
        if current and not block.follows and ((apart and size >= PART) or size >= LONG):
            yield current
            current, size = [], 0
        current.append(block)
        size += len(block.text)
    yield current


def together(part: list[Block]) -> str:
    """The text of the blocks, with a blank line where one stands apart from the other."""
    text = "".join(("\n" if block.follows else "\n\n") + block.text for block in part)
    return clean(text)


def first_title(part: list[Block]) -> str | None:
    """The first block when it reads like a title: short, and no sentence."""
    text = " ".join(part[0].text.split())
    return text if 3 <= len(text) <= LABEL and not text.endswith((".", ":", ",", ";")) else None


def titles_of(part: list[Block]) -> list[str]:
    """The first line of each heading, as it stands in the cleaned text."""
    return [clean(block.text).partition("\n")[0] for block in part if block.level]


def pieces(label: str | None, text: str, titles: list[str], most: int) -> Iterator[Section]:
    """The text in pieces of at most `most` characters, under one label; nothing for an empty text."""
    name = " ".join(clean(label).split())[:LABEL] if label else None
    left = titles[::-1]
    for start in range(0, len(text), most):
        piece = text[start : start + most]
        yield Section(name, piece, tuple(heading_lines(piece, left)))


def heading_lines(text: str, left: list[str]) -> Iterator[int]:
    """The numbers of the lines that are headings; those of `left`, the last one first, that were met are taken away."""
    for number, line in enumerate(text.split("\n")):
        if left and line == left[-1]:
            left.pop()
            yield number
