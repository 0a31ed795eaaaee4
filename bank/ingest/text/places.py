"""Where on a drawn page the words of its text stand: the two are laid side by side letter by letter.

The text as people are shown it and the characters that a PDF draws differ: hyphens at line ends are joined, ligatures
resolved, running heads and notes in another order. A place is told only where it is certain.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

PLACE_UNITS = 10_000
"""Places are told in ten-thousandths of the page's width and height."""
CONTEXTS = (24, 12, 6, 3)
"""Letters on both sides of a word by which its place is recognised, the surest first."""
SAME_ROW_SHARE = 0.5
"""Share of the lower of two boxes by which they overlap where they stand in one row."""

MOST_PLACED, MOST_OCCURRENCES = 300, 50
"""Marks that are placed, the first of a page; how often letters may stand in a text before it is too like itself."""

PlaceBox = tuple[int, int, int, int]
"""Left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """The size of a page as it is shown, in points, and its characters with their boxes, four numbers for each."""

    width: float
    height: float
    text: str = ""
    boxes: Sequence[int] = ()


@lru_cache(maxsize=20_000)
def plain_letters(character: str) -> str:
    """What a character means letter by letter: lower case, without accents, ligatures resolved; signs are nothing."""
    parts = unicodedata.normalize("NFKD", character).casefold().replace("\u0131", "i")
    return "".join(part for part in parts if part.isalnum())


def letters_with_origins(characters: Sequence[str]) -> tuple[str, list[int]]:
    """The plain letters of the characters, and of each letter the number of its character."""
    letters: list[str] = []
    origins: list[int] = []
    for number, character in enumerate(characters):
        for letter in plain_letters(character):
            letters.append(letter)
            origins.append(number)
    return "".join(letters), origins


def place_marks(places: PagePlaces, text: str, marks: Sequence[tuple[int, int]]) -> list[tuple[PlaceBox, ...]]:
    """For each (start, end) in the page's text the boxes around it, one a line; none where its place is not certain.

    So it is for all marks after the first three hundred.
    """
    if not marks:
        return []
    written, sources = letters_with_origins(text)
    drawn, origins = letters_with_origins(places.text)
    starts = first_letters(sources, len(text))
    boxes = [tuple(places.boxes[at : at + 4]) for at in range(0, len(places.boxes), 4)]
    spans = (certain_span(written, drawn, starts[first], starts[last]) for first, last in marks[:MOST_PLACED])
    placed = [rows_of_boxes([boxes[origins[at]] for at in range(*span)]) if span else () for span in spans]
    return placed + [()] * (len(marks) - len(placed))


def first_letters(sources: Sequence[int], length: int) -> list[int]:
    """For each offset of a text the number of the first letter at or after it."""
    found, at = [0] * (length + 1), 0
    for offset in range(length + 1):
        while at < len(sources) and sources[at] < offset:
            at += 1
        found[offset] = at
    return found


def certain_span(written: str, drawn: str, first: int, last: int) -> tuple[int, int] | None:
    """Where the letters from `first` to before `last` of what is written stand in what is drawn; None in doubt.

    It is certain where the letters with some around them stand equally often in both: then the places are in one order,
    or all of them are alike.
    """
    if first >= last:
        return None
    for around in CONTEXTS:
        begin, end = max(0, first - around), min(len(written), last + around)
        piece = written[begin:end]
        total = written.count(piece)
        if total > MOST_OCCURRENCES:
            return None
        if total == drawn.count(piece) and (before := count_before(written, piece, begin)) is not None:
            place = nth_place(drawn, piece, before)
            return (place + first - begin, place + last - begin)
    return None


def count_before(text: str, piece: str, place: int) -> int | None:
    """How often `piece` stands in the text before `place`, counted as str.count does; None where that skips `place`."""
    before, at = 0, text.find(piece)
    while 0 <= at < place:
        before, at = before + 1, text.find(piece, at + len(piece))
    return before if at == place else None


def nth_place(text: str, piece: str, number: int) -> int:
    """The place of an occurrence, counted from 0."""
    at = text.find(piece)
    for _ in range(number):
        at = text.find(piece, at + len(piece))
    return at


def rows_of_boxes(boxes: Sequence[tuple[int, ...]]) -> tuple[PlaceBox, ...]:
    """The boxes of a word's letters joined to one box for each line or column; none where one is off the page."""
    rows: list[PlaceBox] = []
    for left, top, right, bottom in boxes:
        middle = ((left + right) / 2, (top + bottom) / 2)
        if not all(0 <= one <= PLACE_UNITS for one in middle):
            return ()
        box = (max(0, left), max(0, top), min(PLACE_UNITS, right), min(PLACE_UNITS, bottom))
        if rows and (stands_beside(rows[-1], box, 0) or stands_beside(rows[-1], box, 1)):
            rows[-1] = box_around(rows[-1], box)
        else:
            rows.append(box)
    return tuple(rows)


def box_around(one: PlaceBox, other: PlaceBox) -> PlaceBox:
    """The smallest box that holds both."""
    left, top, right, bottom = one
    return (min(left, other[0]), min(top, other[1]), max(right, other[2]), max(bottom, other[3]))


def stands_beside(row: PlaceBox, box: PlaceBox, way: int) -> bool:
    """True where a letter goes on a row (`way` 0) or a column (1) of letters: on one line with it, and close."""
    across = 1 - way
    shared = min(row[across + 2], box[across + 2]) - max(row[across], box[across])
    size = min(row[across + 2] - row[across], box[across + 2] - box[across])
    gap = max(row[way], box[way]) - min(row[way + 2], box[way + 2])
    long = max(box[way + 2] - box[way], box[across + 2] - box[across])
    return shared > SAME_ROW_SHARE * max(size, 1) and gap <= 1.5 * long
