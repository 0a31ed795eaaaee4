"""Puts what is drawn over a page into its text where it is read: beside or beneath what stands nearest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bank.ingest.formats.pdfium.annotations import TICK, DrawnText
from bank.ingest.formats.pdfium.characters import Box, PlacedCharacter

SAME_ROW = 0.4
"""Share of the lower of two boxes by which they overlap when they stand in one row."""
FARTHEST_TICK = 30.0
"""Points between a ticked box and the words after it."""


@dataclass(slots=True)
class TextLine:
    """A line of the page's own text: its characters, and the notes that come after each and after the line."""

    characters: list[PlacedCharacter] = field(default_factory=list)
    within: dict[int, list[str]] = field(default_factory=dict)
    """Place of a character -> the notes that stand before it."""
    below: list[str] = field(default_factory=list)

    def written(self) -> str:
        """The line with its notes."""
        parts: list[str] = []
        for place in range(len(self.characters) + 1):
            parts.extend(f" {note} " for note in self.within.get(place, ()))
            if place < len(self.characters):
                parts.append(self.characters[place][0])
        return "\n".join(["".join(parts).strip(), *self.below])


def place_texts(characters: Iterable[PlacedCharacter], notes: Iterable[DrawnText]) -> str:
    """The text of a page with what is drawn over it."""
    lines = text_lines(characters)
    first: list[str] = []
    for note in sorted(notes, key=lambda one: (-round(one.box[3]), one.box[0])):
        place = nearest_place(lines, note)
        if place is None:
            (lines[-1].below if lines and lines_above(lines, note.box) else first).append(note.text)
        elif place[1] < 0:
            place[0].below.append(note.text)
        else:
            place[0].within.setdefault(place[1], []).append(note.text)
    return "\n".join([*first, *(line.written() for line in lines)])


def text_lines(characters: Iterable[PlacedCharacter]) -> list[TextLine]:
    """The characters line by line."""
    lines = [TextLine()]
    for character, box in characters:
        if character in "\r\n":
            if lines[-1].characters:
                lines.append(TextLine())
        else:
            lines[-1].characters.append((character, box))
    return lines if lines[-1].characters else lines[:-1]


def nearest_place(lines: Sequence[TextLine], note: DrawnText) -> tuple[TextLine, int] | None:
    """The line that stands nearest to the left of a note or above it (a tick: to its right too).

    With the place of the character before which the note stands in it; -1 for beneath the line. None without any.
    """
    best: tuple[float, TextLine, int] | None = None
    left, _, right, top = note.box
    for line in lines:
        boxed = [(place, box) for place, (_, box) in enumerate(line.characters) if box is not None]
        row = [(place, box) for place, box in boxed if in_one_row(box, note.box)]
        before = [(left - box[2], place + 1) for place, box in row if (box[0] + box[2]) / 2 < left]
        above = [box[1] - top for _, box in boxed if box[2] > left and box[0] < right and box[1] >= top - 2.0]
        near = [(max(0.0, min(before)[0]), min(before)[1])] if before else []
        near += [(max(0.0, min(above)), -1)] if above else []
        if note.text == TICK:
            after = [(box[0] - right, place) for place, box in row if (box[0] + box[2]) / 2 > right]
            near += [one for one in after if one[0] <= FARTHEST_TICK]
        for gap, place in near:
            if best is None or gap < best[0]:
                best = (gap, line, place)
    return best[1:] if best else None


def in_one_row(box: Box, other: Box) -> bool:
    """True when two boxes stand beside one another, by their heights."""
    shared = min(box[3], other[3]) - max(box[1], other[1])
    return shared > SAME_ROW * max(0.1, min(box[3] - box[1], other[3] - other[1]))


def lines_above(lines: Sequence[TextLine], box: Box) -> bool:
    """True when the first line of the page stands above the box."""
    first = next((placed for _, placed in lines[0].characters if placed is not None), None)
    return first is not None and first[1] > box[1]
