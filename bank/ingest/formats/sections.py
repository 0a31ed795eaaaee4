"""Splits texts without pages into sections: at headings of level 1 and 2, and where the text between them is long."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bank.ingest.limits import Limits
from bank.ingest.text.cleaning import clean_text

LONGEST_STRETCH = 6000
"""Characters above which the text between two headings is cut into sections."""
LEAST_STRETCH_PART = 2000
"""Least characters of such a section; it is cut at the next wider gap."""
LONGEST_SECTION_LABEL = 120


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row or heading. `level` is 0 for all but headings.

    `gap`: it stands clearly apart from what is before it (three blank lines, a rule). `follows`: it belongs to the line
    before it, without a blank line between them. `breaks`: a new page begins with it.
    """

    text: str
    level: int = 0
    gap: bool = False
    follows: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its label; `headings` are the numbers (from 0) of its lines that are headings."""

    label: str | None
    text: str
    headings: tuple[int, ...] = ()


def split_sections(blocks: Iterable[Block], limits: Limits) -> list[Section]:
    """The blocks as sections. After `limits.max_pages` stretches, headings begin no new section."""
    found: list[Section] = []
    for stretch in stretches(blocks, limits.max_pages):
        heading = stretch_heading(stretch)
        for number, part in enumerate(split_stretch(stretch)):
            label = heading if number == 0 else None
            name, titles = label or title_of_part(part) or heading, heading_texts(part)
            found.extend(section_pieces(name, join_blocks(part), titles, limits.page_characters))
    return found


def stretches(blocks: Iterable[Block], most: int) -> Iterator[list[Block]]:
    """The blocks from one heading of level 1 or 2, or page break, to the next.

    A heading without text stays with the one after it.
    """
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
    """The last of the headings of level 1 and 2 at the beginning of a stretch."""
    leading = itertools.takewhile(lambda block: block.level, stretch)
    return next((block.text for block in reversed(list(leading)) if block.level in (1, 2)), None)


def split_stretch(stretch: list[Block]) -> Iterator[list[Block]]:
    """The stretch whole or, above LONGEST_STRETCH characters, cut into parts.

    It is cut at wider gaps and lesser headings, and after LONGEST_STRETCH characters in any case.
    """
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
    """The cleaned text of the blocks, with blank lines between them except where a block follows."""
    text = "".join(("\n" if block.follows else "\n\n") + block.text for block in part)
    return clean_text(text)


def title_of_part(part: list[Block]) -> str | None:
    """The first block when it reads like a title (short, no punctuation at its end), else None."""
    text = " ".join(part[0].text.split())
    return text if 3 <= len(text) <= LONGEST_SECTION_LABEL and not text.endswith((".", ":", ",", ";")) else None


def heading_texts(part: list[Block]) -> list[str]:
    """The first line of each heading, as it stands in the cleaned text."""
    return [clean_text(block.text).partition("\n")[0] for block in part if block.level]


def section_pieces(label: str | None, text: str, titles: list[str], most: int) -> Iterator[Section]:
    """Sections of at most `most` characters of the text, with the same label; none for an empty text."""
    name = " ".join(clean_text(label).split())[:LONGEST_SECTION_LABEL] if label else None
    left = titles[::-1]
    for start in range(0, len(text), most):
        piece = text[start : start + most]
        yield Section(name, piece, tuple(heading_lines(piece, left)))


def heading_lines(text: str, left: list[str]) -> Iterator[int]:
    """The numbers of the lines that are headings.

    `left` are the headings still to come, in reverse order; those found are removed from it.
    """
    for number, line in enumerate(text.split("\n")):
        if left and line == left[-1]:
            left.pop()
            yield number
