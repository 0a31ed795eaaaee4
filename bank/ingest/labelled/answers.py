"""The answer under a label: its lines, and how they make up paragraphs, items and ticked boxes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

STRUCTURED_METHODS = ("docx", "markdown")
"""Readers whose lines are whole paragraphs or items."""
TICKED_ITEM = re.compile(r"\s{0,9}(?:[☒☑✔✓⊠🗹]|\[\s?[xX✓]\s?\]|\(\s?[xX✓]\s?\))\s*")
UNTICKED_ITEM = re.compile(r"\s{0,9}(?:[☐□▢]|\[\s{0,3}\]|\(\s{0,3}\))\s*")
ITEM_MARK = re.compile(r"(?:[•●▪■◦○►✓*·–—-]|\(?(?:\d{1,2}|[a-z])[.)](?:-|\s))\s*")
SENTENCE_END = re.compile(r"[.!?:;…]\W*$")
UNFINISHED_LINE = re.compile(r"[,(&-]$|\s[a-záéíóúàâãçñ]{1,3}$")
"""The end of a line that is continued in the next: a comma, or a short word such as "de"."""
SHORT_LINE_SHARE = 0.8
"""A line shorter than this share of the longest one ends a paragraph when its sentence ends."""
LEAST_MARGIN = 60
"""Characters of the longest line, from which on lines are taken to be wrapped at a margin."""
EndsParagraph = Callable[[str, str, int], bool]
"""(line before, line, longest line) -> whether a new paragraph or item begins with the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    `apart`: a blank line or a new page is before it; `heading`: the file marks it as a heading.
    """

    text: str
    page: int
    method: str
    apart: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """The lines under a label. `structured`: each line is a whole paragraph or item, not a wrapped piece of one."""

    lines: tuple[Line, ...]
    structured: bool

    @property
    def text(self) -> str:
        """The whole answer, with blank lines between paragraphs where the file has them."""
        paragraphs = (
            [(line.text, line.apart) for line in self.lines] if self.structured else self.unwrapped(begins_paragraph)
        )
        text = "".join(("\n\n" if apart else "\n") + paragraph for paragraph, apart in paragraphs)
        return text.strip()

    @property
    def written(self) -> list[str]:
        """The lines as they are in the file."""
        return [line.text for line in self.lines]

    @property
    def short(self) -> str:
        """The first line, joined with the lines that continue it: the answer to a field of one line."""
        if self.structured:
            return self.lines[0].text
        found = self.lines[0].text
        for line in self.lines[1:]:
            if line.apart or not (line.text[0].islower() or UNFINISHED_LINE.search(found[-5:])):
                break
            found = f"{found} {line.text}"
        return found

    @property
    def items(self) -> list[str]:
        """The items of a list: paragraphs, bullets, or parts between semicolons, without bullets or numbers."""
        paragraphs = self.written if self.structured else [text for text, _ in self.unwrapped(begins_item)]
        items = [ITEM_MARK.sub("", text, count=1) if ITEM_MARK.match(text) else text for text in paragraphs]
        parts = items[0].split(";") if len(items) == 1 else [item.rstrip(";") for item in items]
        return [part.strip() for part in parts if part.strip()]

    def unwrapped(self, ends: EndsParagraph) -> list[tuple[str, bool]]:
        """The wrapped lines of a PDF joined again, as (paragraph, whether a blank line is before it)."""
        widest = max((len(line.text) for line in self.lines), default=0)
        marked = sum(bool(ITEM_MARK.match(line.text)) for line in self.lines) > 1
        found: list[tuple[str, bool]] = []
        before: Line | None = None
        for line in self.lines:
            begins = before is None or line.apart or bool(ITEM_MARK.match(line.text))
            if begins or (before and not marked and ends(before.text, line.text, widest)):
                found.append((line.text, line.apart))
            else:
                found[-1] = (f"{found[-1][0]} {line.text}", found[-1][1])
            before = line
        return found

    @property
    def chosen(self) -> list[str]:
        """The texts of the ticked boxes, then the items without a box."""
        unboxed = tuple(
            line for line in self.lines if not TICKED_ITEM.match(line.text) and not UNTICKED_ITEM.match(line.text)
        )
        ticked = [
            TICKED_ITEM.sub("", line.text, count=1).strip() for line in self.lines if TICKED_ITEM.match(line.text)
        ]
        return ticked + LabelledAnswer(unboxed, self.structured).items if unboxed else ticked

    @property
    def unticked(self) -> list[str]:
        """The texts of the boxes without a tick."""
        return [
            UNTICKED_ITEM.sub("", line.text, count=1).strip() for line in self.lines if UNTICKED_ITEM.match(line.text)
        ]


def begins_paragraph(before: str, line: str, widest: int) -> bool:
    """True where the line before ends its sentence well before the margin."""
    return ends_sentence(before) and len(before) < SHORT_LINE_SHARE * widest


def begins_item(before: str, line: str, widest: int) -> bool:
    """True for a line not in lower case after one that ends its sentence or does not reach the margin."""
    full = widest >= LEAST_MARGIN and len(before) >= SHORT_LINE_SHARE * widest
    return not line[0].islower() and (not full or ends_sentence(before))


def ends_sentence(text: str) -> bool:
    """True for a text that ends with the end of a sentence."""
    return bool(SENTENCE_END.search(text[-5:]))
