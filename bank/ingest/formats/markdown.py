"""Reads a Markdown file as sections of plain text. Runs in the confined child."""

import html.parser
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bank.ingest.child.messages import SendMessage
from bank.ingest.formats.decoding import decode_text
from bank.ingest.formats.front_matter import split_front_matter
from bank.ingest.formats.sections import Block, Section, split_sections
from bank.ingest.limits import Limits

# HTML is recognised only so that its tags can be dropped: nothing here is ever rendered.
MARKDOWN_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("table")
SILENT_TAGS = ("script", "style", "template", "noscript", "iframe", "object")
"""HTML elements whose content is never seen."""


class VisibleText(html.parser.HTMLParser):
    """Collects the text of a piece of HTML, without scripts, styles and the like."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT_TAGS

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT_TAGS and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def visible_text(markup: str) -> str:
    """The text that a reader of this HTML sees."""
    parser = VisibleText()
    parser.feed(markup)
    parser.close()
    return "".join(parser.found).strip()


def read_markdown(data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Sends {"document": ...}, {"page": ...} for each section, {"end": ...}; or a document with a reason."""
    text = decode_text(data)
    if text is None:
        speak({"document": {"reason": "not_text"}})
        return
    front = split_front_matter(text)
    blocks = [block for chunk in front.body.split("\f") for block in chunk_blocks(chunk)]
    if front.left:
        blocks.append(Block("\n".join(front.left)))
    about = {"fields": front.fields, "unclear": list(front.unclear)}
    send_sections(split_sections(blocks, limits), blocks, about, "markdown", speak)


def send_sections(
    found: list[Section], blocks: list[Block], about: dict[str, Any], method: str, speak: SendMessage
) -> None:
    """Sends the document and its sections as pages."""
    heading = next((block.text for block in blocks if block.level), None)
    speak({"document": {"pages": len(found), "heading": heading, **about}})
    for number, section in enumerate(found, 1):
        page = {"number": number, "text": section.text, "label": section.label, "method": method, "flags": []}
        speak({"page": {**page, "headings": list(section.headings)}})
    speak({"end": {}})


def chunk_blocks(chunk: str) -> Iterator[Block]:
    """The blocks of the Markdown between two form feeds; the first block begins a page."""
    lines = chunk.split("\n")
    tree = SyntaxTreeNode(MARKDOWN_PARSER.parse(chunk))
    apart, first = False, True
    for node in tree.children:
        start = node.map[0] if node.map else 0
        wide = start >= 3 and not any(line.strip() for line in lines[start - 3 : start])
        for number, block in enumerate(node_blocks(node)):
            yield replace(block, gap=number == 0 and (apart or wide), breaks=first)
            first = False
        apart = node.type == "hr"


def node_blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    """The blocks of one node of the syntax tree; empty ones are left out."""
    if node.type in ("bullet_list", "ordered_list"):
        yield from list_blocks(node)
    elif node.type == "table":
        rows = [row for part in node.children for row in part.children]
        for number, row in enumerate(rows):
            yield Block(" | ".join(inline_text(cell) for cell in row.children), follows=number > 0)
    elif node.type in ("heading", "paragraph"):
        text = inline_text(node)
        if text:
            yield Block(text, int(node.tag[1]) if node.type == "heading" else 0)
    elif node.type in ("fence", "code_block"):
        yield Block(node.content.rstrip())
    elif node.type == "html_block":
        text = visible_text(node.content)
        if text:
            yield Block(text)
    else:
        for child in node.children:
            yield from node_blocks(child)


def list_blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    """The items of a list, each with its bullet or number; all but the first follow without a blank line."""
    start = node.attrs.get("start", 1) if node.type == "ordered_list" else None
    for number, item in enumerate(node.children):
        mark = "- " if start is None else f"{int(start) + number}. "
        for place, block in enumerate(block for child in item.children for block in node_blocks(child)):
            indent = mark if place == 0 else " " * len(mark)
            yield Block(indent + block.text, follows=number > 0 or place > 0)


def inline_text(node: SyntaxTreeNode) -> str:
    """The text of a paragraph, heading or cell: of links and pictures only their text, of HTML nothing."""
    parts: list[str] = []
    silent = 0
    for token in [token for inline in node.children for token in inline.children]:
        if token.type == "html_inline":
            silent = max(0, silent + silence_step(token.content))
        elif not silent:
            parts.append(leaf_text(token))
    return "".join(parts).strip()


def leaf_text(node: SyntaxTreeNode) -> str:
    """The text of an inline node and of those inside it."""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.children:
        return "".join(leaf_text(child) for child in node.children if child.type != "html_inline")
    return node.content if node.type in ("text", "code_inline", "text_special") else ""


def silence_step(tag: str) -> int:
    """1 where this HTML tag opens an element that is never seen, -1 where it closes one, else 0."""
    name = tag.strip("</> \n").split(None, 1)[0].lower() if tag.strip("</> \n") else ""
    if name not in SILENT_TAGS or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1
