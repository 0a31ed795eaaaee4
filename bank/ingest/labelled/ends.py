"""Where a value under a label ends: at a heading, at another row, at a line that is written as the label is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bank.ingest.labelled.answers import STRUCTURED, Answer, Line
from bank.ingest.labelled.labels import Style, capitals, number_of
from bank.ingest.labelled.values import LONGEST, READINGS
from bank.vocabulary import FieldSpec

TERMINAL = re.compile(r"[.!?:;…»”\")\]|]\s*$")
BULLET = re.compile(r"[•●▪■◦○►✓*·–—-]\s")
LEADER = re.compile(r"(?:\.\s?){4,}\d*$")
NAMED = re.compile(r"[^\W\d_][^:.;,]{1,60}:\s*(.*)")
LOOSE = 5000
WORD, TIMES = 7, 5
"""Where no heading ends an answer it may be five times as long as its field's limit, or 5,000 characters."""
BARE = 100
LONG_LINE, HEADING_LINE, END = 60, 80, 5


@dataclass(slots=True)
class Open:
    """A label whose value is being collected. `spec` is None where nothing is kept of it."""

    label: str
    spec: FieldSpec | None
    style: Style
    line: Line
    cell: bool = False
    column: bool = False
    lines: list[Line] = field(default_factory=list)
    items: int = 0
    size: int = 0

    @property
    def answer(self) -> Answer:
        return Answer(tuple(self.lines), self.line.method in STRUCTURED)

    @property
    def longest(self) -> int:
        """Characters that the value may have."""
        if self.line.heading or self.cell or self.spec is None:
            return LONGEST
        return self.spec.limit_words * WORD * TIMES if self.spec.limit_words else LOOSE

    @property
    def likely(self) -> bool:
        """False for a bare word that happens to be a label where a long text follows instead of a short value."""
        bare = self.style == Style() and not self.line.heading
        if not bare or self.spec is None or not self.spec.field_type.is_short:
            return True
        return len(self.lines[0].text) <= BARE and not self.lines[0].text.endswith(".")


def ends(current: Open, lines: Sequence[Line], number: int) -> bool:
    """True where a line that is no known label ends the value: an unknown heading, another row."""
    line = lines[number]
    dotted = current.spec is not None and READINGS[current.spec.type].dotted
    if line.heading or (LEADER.search(line.text[-HEADING_LINE:]) and not dotted):
        return True
    if current.cell:
        return " | " in line.text or line.apart
    if current.line.heading or len(line.text) > HEADING_LINE or BULLET.match(line.text):
        return False
    return like_the_label(current, line, lines[number - 1], lines[number + 1 : number + 2])


def like_the_label(current: Open, line: Line, before: Line, after: Sequence[Line]) -> bool:
    """True for a short line that is written as the label is: so are the headings that the bank does not know."""
    style, text = current.style, line.text
    if style.number:
        return follows(style.number, number_of(text), current.items) and not text.endswith((".", ";", ","))
    colon = NAMED.fullmatch(text)
    if style.capitals:
        return capitals(text) and not text.endswith(".") and (bool(current.lines) or bool(colon)) and " " in text
    if style.colon:
        named = colon is not None and text[0].isupper() and len(text.partition(":")[0].split()) <= 5
        alone = colon is not None and not colon[1]
        return named and style.alone == alone and (not alone or line.apart or ended(before))
    begins = text[0].isupper() and not TERMINAL.search(text[-END:]) and len(text.split()) <= 8
    goes_on = bool(after) and len(after[0].text) > LONG_LINE and after[0].text[0].isupper()
    return begins and bool(current.lines) and ended(before) and goes_on


def ended(line: Line) -> bool:
    return bool(TERMINAL.search(line.text[-END:]))


def follows(number: str, other: str, items: int) -> bool:
    """True when `other` is the heading's number after `number`, and not that of a list of so many items."""
    if not other or other == str(items + 1):
        return False
    if number.isdigit() and other.isdigit():
        return int(other) == int(number) + 1
    if "." in number:
        return "." in other or other.isdigit()
    return number.isalpha() and other.isalpha() and other.isupper() == number.isupper() and other != number
