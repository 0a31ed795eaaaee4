"""The filled fields of a page's form, with the labels that each may have: printed beside or above it, its names."""

import re
from collections.abc import Sequence

from bank.ingest.formats.pdfium.annotations import TICK, DrawnText
from bank.ingest.formats.pdfium.characters import Box
from bank.ingest.formats.pdfium.placing import TextLine, in_one_row, nearest_place
from bank.ingest.text.cleaning import clean_text

FARTHEST_BESIDE, FARTHEST_ABOVE, FARTHEST_OVER_TICKS, WIDEST_GAP = 160.0, 40.0, 200.0, 20.0
"""Points between a printed label and its field, and between words of a box."""
INFINITE = float("inf")
LONGEST_NAME = 200
PART_NUMBER = re.compile(r"\[\d+\]")
TECHNICAL_NAME = re.compile(
    r"(?:text|texto|texte|campo|field|champ|camp|textfield|check ?box|radio|fill|undefined|untitled|f|t)[\W_]*\d*", re.I
)


def form_answers(lines: Sequence[TextLine], notes: Sequence[DrawnText], boxes: Sequence[Box]) -> list[list[str]]:
    """For each filled field its possible labels, the likeliest first, and then its value.

    `boxes` are those of all fields, filled or not. The value of a ticked box are the words beside it after a tick; its
    label stands over all the boxes.
    """
    found = []
    for note in notes:
        ticked = note.text == TICK
        answer = clean_text(f"{TICK} {words_of_tick(lines, note, boxes)}" if ticked else note.answer)
        first = label_over_ticks(lines, note) if ticked else printed_label(lines, note, notes)
        names = (first, *map(plain_name, note.names))
        labels = dict.fromkeys(name[:LONGEST_NAME].strip() for name in names if name)
        if labels and answer.strip(f"{TICK} \n"):
            found.append([*labels, answer])
    return found


def words_of_tick(lines: Sequence[TextLine], note: DrawnText, boxes: Sequence[Box]) -> str:
    """The words to the right of a box, up to the next field or a wide gap."""
    right = note.box[2]
    stop = min((one[0] for one in boxes if in_one_row(one, note.box) and one[0] > right), default=INFINITE)
    end, words = right, ""
    for line in lines:
        for letter, box in line.characters:
            middle = (box[0] + box[2]) / 2 if box else end
            if box and not (in_one_row(box, note.box) and right < middle < stop and box[0] - end < WIDEST_GAP):
                continue
            if box:
                end = box[2]
            words += letter if box or words else ""
        if words.strip():
            break
    return " ".join(words.split())


def label_over_ticks(lines: Sequence[TextLine], note: DrawnText) -> str:
    """The words that end in a colon at the beginning of the box's row, else of the nearest line above it."""
    best, label = FARTHEST_OVER_TICKS, ""
    for line in lines:
        boxes = [box for _, box in line.characters if box is not None]
        text = "".join(letter for letter, _ in line.characters)
        if not boxes or ":" not in text:
            continue
        if in_one_row(boxes[0], note.box) and boxes[0][0] < note.box[0]:
            return plain_label(text.partition(":")[0])
        gap = boxes[0][1] - note.box[3]
        if text.rstrip().endswith(":") and -2.0 <= gap < best:
            best, label = gap, plain_label(text)
    return label


def printed_label(lines: Sequence[TextLine], note: DrawnText, notes: Sequence[DrawnText]) -> str:
    """The words that stand nearest to the left of a field or above it; empty where none are near."""
    place = nearest_place(lines, note)
    if place is None:
        return ""
    line, at = place
    left, _, right, top = note.box
    row = [one.box for one in notes if one is not note and in_one_row(one.box, note.box)]
    start = max((box[2] for box in row if box[2] <= left + 2), default=-INFINITE)
    stop = min((box[0] for box in row if box[0] >= right - 2), default=INFINITE)
    boxed = [(letter, box) for letter, box in (line.characters[:at] if at >= 0 else line.characters)]
    kept = [(letter, box) for letter, box in boxed if box is None or start < (box[0] + box[2]) / 2 < stop]
    drawn = [box for _, box in kept if box is not None]
    if not drawn:
        return ""
    far = left - drawn[-1][2] > FARTHEST_BESIDE if at >= 0 else min(box[1] for box in drawn) - top > FARTHEST_ABOVE
    return "" if far else plain_label("".join(letter for letter, _ in kept))


def plain_name(name: str) -> str:
    """The name of a field, or the last part of one that a program made up of parts, in words; as `plain_label`."""
    whole = PART_NUMBER.sub("", clean_text(name))
    last = whole.rpartition(".")[2] if " " not in whole else ""
    return plain_label(last if any(map(str.isalpha, last)) else whole)


def plain_label(text: str) -> str:
    """A label in words on one line; empty for one without letters and for a name that a program gave."""
    words = " ".join(clean_text(text).replace("_", " ").split()).strip(" :*.")
    return "" if TECHNICAL_NAME.fullmatch(words) or not any(map(str.isalpha, words)) else words
