"""A Word document (.docx) as sections of plain text, through mammoth. Runs in the confined child."""

import html.parser
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import mammoth

from bank.ingest.limits import MB, Limits
from bank.ingest.markdown import say_sections
from bank.ingest.messages import Speak
from bank.ingest.sections import Block, sections

MOST_ENTRIES = 5000
MOST_UNPACKED = 200 * MB
MOST_TEXT = 40 * MB
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h3:fresh"
CORE = "docProps/core.xml"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
CREATED = "{http://purl.org/dc/terms/}created"


class Blocks(html.parser.HTMLParser):
    """Collects blocks out of mammoth's HTML, which is well-formed and holds headings, paragraphs, lists and tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self.text = ""
        self.cells: list[str] | None = None
        self.lists: list[int | None] = []
        self.mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.end_block()
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self.lists:
            count = self.lists[-1]
            self.lists[-1] = None if count is None else count + 1
            self.mark = "- " if count is None else f"{count + 1}. "
        elif tag == "tr":
            self.end_block()
            self.cells = []
        elif tag == "br":
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.end_block()
            self.lists.pop()
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append(" ".join(self.text.split()))
            self.text = ""
        elif tag == "tr" and self.cells is not None:
            self.text, self.cells = " | ".join(self.cells).strip(" |"), None
            self.end_block(follows=bool(self.found) and self.found[-1].text.count(" | ") > 0)
        elif self.cells is not None:
            self.text += " "
        elif tag in ("p", "li") or re.fullmatch("h[1-6]", tag):
            self.end_block(int(tag[1]) if tag[0] == "h" else 0, follows=bool(self.lists))

    def handle_data(self, data: str) -> None:
        self.text += data

    def end_block(self, level: int = 0, follows: bool = False) -> None:
        """Keeps the text collected so far as a block."""
        text, self.text = self.text.strip(), ""
        if text:
            self.found.append(Block(self.mark + text, level, follows=follows))
            self.mark = ""


def read(data: bytes, options: Mapping[str, Any], limits: Limits, speak: Speak) -> None:
    """Says {"document": ...}, {"page": ...} for each section, {"end": ...}; or a document with a reason."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        reason = too_much(archive.infolist())
        about = {} if reason else properties(archive)
    if reason:
        speak({"document": {"reason": reason}})
        return
    result = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=STYLES,
        convert_image=lambda image: [],
        include_embedded_style_map=False,
        external_file_access=False,
    )
    collected = Blocks()
    collected.feed(result.value)
    collected.close()
    collected.end_block()
    say_sections(sections(collected.found, limits), collected.found, about, "docx", speak)


def too_much(entries: list[zipfile.ZipInfo]) -> str | None:
    """The reason why this archive is not unpacked, told by its directory alone; None when it is of a usual size."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return "too_big_inside"
    text = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
    return "too_big_inside" if text > MOST_TEXT else None


def properties(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Title and date of making out of the document's properties; nothing when they can't be read."""
    try:
        entry = archive.getinfo(CORE)
        if entry.file_size > MB:
            return {}
        core = ElementTree.fromstring(archive.read(CORE))  # noqa: S314 - expat limits entities; confined child
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError):
        return {}
    return {"title": (core.findtext(TITLE) or "")[:2000], "created": (core.findtext(CREATED) or "")[:10]}
