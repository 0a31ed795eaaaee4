"""A Word document (.docx) as sections of plain text, through mammoth. Runs in the confined child."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import mammoth

from bank.ingest.child.messages import Speak
from bank.ingest.formats.markdown import say_sections
from bank.ingest.formats.sections import sections
from bank.ingest.formats.word_blocks import blocks_of
from bank.ingest.limits import MB, Limits

MOST_ENTRIES = 5000
MOST_UNPACKED = 200 * MB
MOST_TEXT = 40 * MB
STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => h3:fresh",
        "p[style-name='Bank help'] => !",
        "p[style-name='Bank option'] => p.option:fresh",
    )
)
"""Title and subtitle are headings; what the bank's own template tells and offers to people is no text of theirs."""
PROLOGUE = 64 * 1024
"""Bytes of a part in which a declaration of its type is looked for: it stands before the first element."""
DECLARED = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
TYPES = "[Content_Types].xml"
MACROS = (b"macroEnabled", b"vnd.ms-office.vbaProject")
UNREADABLE = (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error)
CORE = "docProps/core.xml"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
CREATED = "{http://purl.org/dc/terms/}created"


def read(data: bytes, options: Mapping[str, Any], limits: Limits, speak: Speak) -> None:
    """Says {"document": ...}, {"page": ...} for each section, {"end": ...}; or a document with a reason."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        reason = too_much(archive.infolist()) or unwanted(archive)
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
    blocks = blocks_of(result.value)
    say_sections(sections(blocks, limits), blocks, about, "docx", speak)


def too_much(entries: list[zipfile.ZipInfo]) -> str | None:
    """The reason why this archive is not unpacked, told by its directory alone; None when it is of a usual size."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return "too_big_inside"
    text = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
    return "too_big_inside" if text > MOST_TEXT else None


def unwanted(archive: zipfile.ZipFile) -> str | None:
    """The reason why a document with macros, or with XML that declares entities as Word never does, is not read."""
    if any(word in start_of(archive, TYPES, MB) for word in MACROS):
        return "macros"
    parts = [name for name in archive.namelist() if name.lower().endswith((".xml", ".rels"))]
    return "damaged" if any(mark in start_of(archive, name, PROLOGUE) for name in parts for mark in DECLARED) else None


def start_of(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The first bytes of a part; nothing of one that can't be read."""
    try:
        with archive.open(name) as part:
            return part.read(most)
    except UNREADABLE:
        return b""


def properties(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Title and date of making out of the document's properties; nothing when they can't be read."""
    try:
        entry = archive.getinfo(CORE)
        if entry.file_size > MB:
            return {}
        core = ElementTree.fromstring(archive.read(CORE))  # noqa: S314 - expat limits entities; confined child
    except (ElementTree.ParseError, ValueError, *UNREADABLE):
        return {}
    return {"title": (core.findtext(TITLE) or "")[:2000], "created": (core.findtext(CREATED) or "")[:10]}
