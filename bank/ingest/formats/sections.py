"""Sections in place of pages, for texts that have none: at headings of level 1 and 2, and in long stretches between."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bank.ingest.limits import Limits
from bank.ingest.text.cleaning import clean_text

LONGEST_STRETCH = 6000
"""Characters above which a stretch without headings is cut."""
LEAST_STRETCH_PART = 2000
"""Characters after which it is cut at a wider gap."""
LONGEST_SECTION_LABEL = 120


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


def split_sections(blocks: Iterable[Block], limits: Limits) -> list[Section]:
    """The blocks as sections, at most `limits.max_pages`: beyond that, headings begin no new one."""
    found: list[Section] = []
    for stretch in stretches(blocks, limits.max_pages):
        heading = stretch_heading(stretch)
        for number, part in enumerate(split_stretch(stretch)):
            label = heading if number == 0 else None
            name, titles = label or title_of_part(part) or heading, heading_texts(part)
            found.extend(section_pieces(name, join_blocks(part), titles, limits.page_characters))
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


def stretch_heading(stretch: list[Block]) -> str | None:
    """The last of the headings of level 1 and 2 with which a stretch begins."""
    leading = itertools.takewhile(lambda block: block.level, stretch)
    return next((block.text for block in reversed(list(leading)) if block.level in (1, 2)), None)


def split_stretch(stretch: list[Block]) -> Iterator[list[Block]]:
    """A stretch whole, or cut at wider gaps, at lesser headings, and at the latest after LONG characters."""
    if sum(len(block.text) for block in stretch) <= LONGEST_STRETCH:
        yield stretch
        return
    current: list[Block] = []
    size = 0
    for block in stretch:
        apart = block.gap or block.level > 2
        if current and not block.follows and ((apart and size >= LEAST_STRETCH_PART) or size >= LONGEST_STRETCH):
            yield current
            current, size = [], 0
        current.append(block)
        size += len(block.text)
    yield current


def join_blocks(part: list[Block]) -> str:
    """The text of the blocks, with a blank line where one stands apart from the other."""
    text = "".join(("\n" if block.follows else "\n\n") + block.text for block in part)
    return clean_text(text)


def title_of_part(part: list[Block]) -> str | None:
    """The first block when it reads like a title: short, and no sentence."""
    text = " ".join(part[0].text.split())
    return text if 3 <= len(text) <= LONGEST_SECTION_LABEL and not text.endswith((".", ":", ",", ";")) else None


def heading_texts(part: list[Block]) -> list[str]:
    """The first line of each heading, as it stands in the cleaned text."""
    return [clean_text(block.text).partition("\n")[0] for block in part if block.level]


def section_pieces(label: str | None, text: str, titles: list[str], most: int) -> Iterator[Section]:
    """The text in pieces of at most `most` characters, under one label; nothing for an empty text."""
    name = " ".join(clean_text(label).split())[:LONGEST_SECTION_LABEL] if label else None
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
