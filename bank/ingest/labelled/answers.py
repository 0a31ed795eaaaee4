"""What stands under a label: lines of a page, and how they make up paragraphs, items and ticked boxes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

STRUCTURED_METHODS = ("docx", "markdown")
TICKED_ITEM = re.compile(r"\s{0,9}(?:[☒☑✔✓⊠🗹]|\[\s?[xX✓]\s?\]|\(\s?[xX✓]\s?\))\s*")
UNTICKED_ITEM = re.compile(r"\s{0,9}(?:[☐□▢]|\[\s{0,3}\]|\(\s{0,3}\))\s*")
ITEM_MARK = re.compile(r"(?:[•●▪■◦○►✓*·–—-]|\(?(?:\d{1,2}|[a-z])[.)](?:-|\s))\s*")
SENTENCE_END = re.compile(r"[.!?:;…]\W*$")
UNFINISHED_LINE = re.compile(r"[,(&-]$|\s[a-záéíóúàâãçñ]{1,3}$")
"""The end of a line that goes on in the next: a comma, or a short word such as "de"."""
SHORT_LINE_SHARE = 0.8
"""A line shorter than this share of the longest one ends a paragraph when its sentence ends."""
LEAST_MARGIN = 60
"""Characters that the widest line has at least where lines reach a margin; a list of words does not."""
EndsParagraph = Callable[[str, str, int], bool]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `apart`: blank ones or a new page stand before it; `heading`: the file says so."""

    text: str
    page: int
    method: str
    apart: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """The lines under a label. `structured`: each is a whole paragraph or item, not only as much as fits a page."""

    lines: tuple[Line, ...]
    structured: bool

    @property
    def text(self) -> str:
        """All of it, paragraphs apart where they are apart in the file."""
        paragraphs = (
            [(line.text, line.apart) for line in self.lines] if self.structured else self.unwrapped(begins_paragraph)
        )
        text = "".join(("\n\n" if apart else "\n") + paragraph for paragraph, apart in paragraphs)
        return text.strip()

    @property
    def written(self) -> list[str]:
        """The lines as they stand."""
        return [line.text for line in self.lines]

    @property
    def short(self) -> str:
        """The first line with what goes on with it, as a value stands that is no text."""
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
        """One item for each paragraph, point or part between semicolons, without its mark."""
        paragraphs = self.written if self.structured else [text for text, _ in self.unwrapped(begins_item)]
        items = [ITEM_MARK.sub("", text, count=1) if ITEM_MARK.match(text) else text for text in paragraphs]
        parts = items[0].split(";") if len(items) == 1 else [item.rstrip(";") for item in items]
        return [part.strip() for part in parts if part.strip()]

    def unwrapped(self, ends: EndsParagraph) -> list[tuple[str, bool]]:
        """A PDF's lines put together again as (paragraph, whether it stands apart)."""
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
        """What is ticked, and the items that have no box."""
        unboxed = tuple(
            line for line in self.lines if not TICKED_ITEM.match(line.text) and not UNTICKED_ITEM.match(line.text)
        )
        ticked = [
            TICKED_ITEM.sub("", line.text, count=1).strip() for line in self.lines if TICKED_ITEM.match(line.text)
        ]
        return ticked + LabelledAnswer(unboxed, self.structured).items if unboxed else ticked

    @property
    def unticked(self) -> list[str]:
        """What stands beside the empty boxes."""
        return [
            UNTICKED_ITEM.sub("", line.text, count=1).strip() for line in self.lines if UNTICKED_ITEM.match(line.text)
        ]


def begins_paragraph(before: str, line: str, widest: int) -> bool:
    """True where a line ends its sentence before the margin."""
    return ends_sentence(before) and len(before) < SHORT_LINE_SHARE * widest


def begins_item(before: str, line: str, widest: int) -> bool:
    """True for a line with a capital after one that ends its sentence, or does not reach a margin."""
    full = widest >= LEAST_MARGIN and len(before) >= SHORT_LINE_SHARE * widest
    return not line[0].islower() and (not full or ends_sentence(before))


def ends_sentence(text: str) -> bool:
    """True for a text whose sentence ends with it."""
    return bool(SENTENCE_END.search(text[-5:]))
