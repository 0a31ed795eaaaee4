"""Tells where an answer ends: at a heading, at another row, at a line that is written as the label is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bank.ingest.labelled.answers import STRUCTURED_METHODS, LabelledAnswer, Line
from bank.ingest.labelled.labels import LabelStyle, is_in_capitals, leading_number
from bank.ingest.labelled.values import ANSWER_READINGS, LONGEST_ANSWER
from bank.vocabulary import FieldSpec

TERMINAL_MARK = re.compile(r"[.!?:;…»”\")\]|]\s*$")
BULLET_MARK = re.compile(r"[•●▪■◦○►✓*·–—-]\s")
DOT_LEADER = re.compile(r"(?:\.\s?){4,}\d*$")
LABEL_WITH_COLON = re.compile(r"[^\W\d_][^:.;,]{1,60}:\s*(.*)")
LONGEST_LOOSE_ANSWER = 5000
"""Characters of an answer not ended by a heading, to a field without a word limit."""
CHARACTERS_PER_WORD, TIMES_THE_LIMIT = 7, 5
"""Such an answer to a field with a limit may have 5 times that many words of 7 characters."""
LONGEST_BARE_ANSWER = 100
"""Characters of a short value under a label without number, capitals or colon."""
LEAST_LONG_LINE, LONGEST_HEADING_LINE, LINE_END_LENGTH = 60, 80, 5


@dataclass(slots=True)
class OpenAnswer:
    """A label whose answer is being collected. `spec` is None where no field takes the answer.

    `cell`: it is in a table; `column`: under a row of labels. `items` counts its numbered lines so far, `size` its
    characters.
    """

    label: str
    spec: FieldSpec | None
    style: LabelStyle
    line: Line
    cell: bool = False
    column: bool = False
    lines: list[Line] = field(default_factory=list)
    items: int = 0
    size: int = 0

    @property
    def answer(self) -> LabelledAnswer:
        """The lines collected so far."""
        return LabelledAnswer(tuple(self.lines), self.line.method in STRUCTURED_METHODS)

    @property
    def longest(self) -> int:
        """Characters that the answer may have."""
        if self.line.heading or self.cell or self.spec is None:
            return LONGEST_ANSWER
        return (
            self.spec.limit_words * CHARACTERS_PER_WORD * TIMES_THE_LIMIT
            if self.spec.limit_words
            else LONGEST_LOOSE_ANSWER
        )

    @property
    def likely(self) -> bool:
        """False where the label was probably no label.

        It has no number, capitals or colon, is no heading, and is followed by a long text or a sentence, although its
        field takes a short value.
        """
        bare = self.style == LabelStyle() and not self.line.heading
        if not bare or self.spec is None or not self.spec.field_type.is_short:
            return True
        return len(self.lines[0].text) <= LONGEST_BARE_ANSWER and not self.lines[0].text.endswith(".")


def ends_answer(current: OpenAnswer, lines: Sequence[Line], number: int) -> bool:
    """True where a line that is no known label ends the answer: an unknown heading, another row of a table."""
    line = lines[number]
    dotted = current.spec is not None and ANSWER_READINGS[current.spec.type].dotted
    if line.heading or (DOT_LEADER.search(line.text[-LONGEST_HEADING_LINE:]) and not dotted):
        return True
    if current.cell:
        return " | " in line.text or line.apart
    if current.line.heading or BULLET_MARK.match(line.text):
        return False
    if len(line.text) > LONGEST_HEADING_LINE:
        if not current.style.colon or current.style.alone or line.method not in STRUCTURED_METHODS:
            return False
        line = replace(line, text=line.text[:LONGEST_HEADING_LINE])
    return like_the_label(current, line, lines[number - 1], lines[number + 1 : number + 2])


def like_the_label(current: OpenAnswer, line: Line, before: Line, after: Sequence[Line]) -> bool:
    """True for a short line that is written as the label is, as headings are that the bank does not know."""
    style, text = current.style, line.text
    if style.number:
        return is_next_number(style.number, leading_number(text), current.items) and not text.endswith((".", ";", ","))
    colon = LABEL_WITH_COLON.fullmatch(text)
    if style.capitals:
        return is_in_capitals(text) and not text.endswith(".") and (bool(current.lines) or bool(colon)) and " " in text
    if style.colon:
        named = colon is not None and text[0].isupper() and len(text.partition(":")[0].split()) <= 5
        alone = colon is not None and not colon[1]
        return named and style.alone == alone and (not alone or line.apart or ends_with_mark(before))
    begins = text[0].isupper() and not TERMINAL_MARK.search(text[-LINE_END_LENGTH:]) and len(text.split()) <= 8
    goes_on = bool(after) and len(after[0].text) > LEAST_LONG_LINE and after[0].text[0].isupper()
    return begins and bool(current.lines) and ends_with_mark(before) and goes_on


def ends_with_mark(line: Line) -> bool:
    """True for a line that ends in punctuation."""
    return bool(TERMINAL_MARK.search(line.text[-LINE_END_LENGTH:]))


def is_next_number(number: str, other: str, items: int) -> bool:
    """True when `other` follows the label's `number`, and is not the next number of a list of `items` items."""
    if not other or other == str(items + 1):
        return False
    if number.isdigit() and other.isdigit():
        return int(other) == int(number) + 1
    if "." in number:
        return "." in other or other.isdigit()
    return number.isalpha() and other.isalpha() and other.isupper() == number.isupper() and other != number
