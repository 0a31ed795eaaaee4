"""Makes blocks of text from the HTML that mammoth makes of a Word document."""

import html.parser
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from bank.ingest.formats.sections import LONGEST_SECTION_LABEL, Block

BOLD_LEVEL = 7
"""The level, below every real one, of a paragraph that is bold throughout: perhaps a heading."""
MOST_BOLD_SHARE = 0.75
"""Where a larger share of the paragraphs is bold, they are no headings."""
TICKED_BOX, EMPTY_BOX = "\u2612", "\u2610"
TYPED_TICK = re.compile(rf"(?:[xX]\s*{EMPTY_BOX}|{EMPTY_BOX}\s*[xX](?=\W))\s*")
MOST_LEFT_BOXES = 2
"""At most so many unticked options count as meant: the others were deleted."""
NO_TITLE_ENDINGS = (".", ",", ";")


class BlockCollector(html.parser.HTMLParser):
    """Collects blocks from mammoth's HTML, which is well-formed and holds headings, paragraphs, lists and tables.

    A row of a table is one block, its cells between bars; only the last cell that is not empty keeps its line breaks.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self.text = ""
        self.plain = ""
        self.strong = 0
        self.rows: list[tuple[str, list[str]]] = []
        self.lists: list[int | None] = []
        self.mark = ""
        self.offered = False
        self.options: set[int] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.end_paragraph()
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self.lists:
            self.begin_item(self.lists[-1])
        elif tag == "p":
            self.offered = ("class", "option") in attrs
        elif tag == "tr":
            self.begin_row()
        elif tag == "strong":
            self.strong += 1
        elif tag == "br":
            self.text += "\n"
        elif tag == "input":
            self.text += f"{TICKED_BOX if 'checked' in dict(attrs) else EMPTY_BOX} "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.end_paragraph()
            self.lists.pop()
        elif tag in ("td", "th") and self.rows:
            self.rows[-1][1].append(self.text)
            self.text = ""
        elif tag == "tr" and self.rows:
            self.end_row()
        elif tag == "strong":
            self.strong -= 1
        elif tag in ("p", "li") or re.fullmatch("h[1-6]", tag):
            self.end_paragraph(int(tag[1]) if tag[0] == "h" else 0)

    def handle_data(self, data: str) -> None:
        self.text += data
        self.plain += "" if self.strong else data

    def begin_item(self, count: int | None) -> None:
        """Counts the items of a list and keeps the bullet or number of this one."""
        if count is not None:
            self.lists[-1] = count + 1
        self.mark = "- " if count is None else f"{count + 1}. "
        if self.rows:
            self.text, self.mark = self.text + self.mark, ""

    def end_paragraph(self, level: int = 0) -> None:
        """Ends a paragraph: inside a cell with a line break, else as a block."""
        if self.rows:
            self.text = self.text.rstrip(" ") + "\n"
        else:
            self.end_block(level, follows=level == 0 and bool(self.lists))

    def begin_row(self) -> None:
        """Begins a row; the text of the cell around it, if any, is set aside."""
        if not self.rows:
            self.end_block()
        self.rows.append((self.text, []))
        self.text = ""

    def end_row(self) -> None:
        """Ends a row as a block; a row of a table inside a cell becomes a line of that cell."""
        before, cells = self.rows.pop()
        row = row_text(cells)
        if self.rows:
            self.text = f"{before}{row}\n"
            return
        self.text = row
        self.end_block(follows=" | " in row and bool(self.found) and " | " in self.found[-1].text)

    def end_block(self, level: int = 0, follows: bool = False) -> None:
        """Makes a block of the text collected so far, unless there is none."""
        text, bold = self.text.strip(), not self.plain.strip()
        self.text = self.plain = ""
        if not text:
            return
        title = len(text) <= LONGEST_SECTION_LABEL and not text.endswith(NO_TITLE_ENDINGS) and " | " not in text
        if bold and title and not self.lists:
            level = level or BOLD_LEVEL
        if self.offered:
            self.options.add(len(self.found))
            text, level = TYPED_TICK.sub(f"{TICKED_BOX} ", text, count=1), 0
        self.found.append(Block(self.mark + text, level, follows=follows))
        self.mark, self.offered = "", False


def row_text(cells: list[str]) -> str:
    """A row's cells between bars: each on one line but the last that is not empty."""
    flat = [" ".join(cell.split()) for cell in cells]
    filled = [number for number, cell in enumerate(flat) if cell]
    if filled:
        last = filled[-1]
        flat[last] = "\n".join(line for line in (" ".join(line.split()) for line in cells[last].split("\n")) if line)
    return " | ".join(flat).strip(" |")


def drop_untaken_options(blocks: list[Block], options: set[int]) -> Iterator[Block]:
    """Leaves out the unticked options of the bank's own template.

    A group with no tick at all is kept where at most two options are left: then the others were deleted on purpose.
    """
    for chosen, group in groupby(enumerate(blocks), key=lambda pair: pair[0] in options):
        members = [block for _, block in group]
        ticked = [block for block in members if not block.text.startswith(EMPTY_BOX)]
        yield from ticked if chosen and (ticked or len(members) > MOST_LEFT_BOXES) else members


def docx_blocks(markup: str) -> list[Block]:
    """The blocks of a document. Bold paragraphs are its headings where it has no styled ones, else lesser headings."""
    collected = BlockCollector()
    collected.feed(markup)
    collected.close()
    collected.end_block()
    blocks = list(drop_untaken_options(collected.found, collected.options))
    bold = [block for block in blocks if block.level == BOLD_LEVEL]
    styled = [block for block in blocks if 0 < block.level < BOLD_LEVEL]
    level = 2 if len(styled) <= 1 else 3
    if len(bold) > MOST_BOLD_SHARE * (len(blocks) - len(styled)):
        level = 0
    return [replace(block, level=level) if block.level == BOLD_LEVEL else block for block in blocks]
