"""Reads a Word document (.docx) as sections of plain text, through mammoth. Runs in the confined child."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import mammoth

from bank.ingest.child.messages import SendMessage
from bank.ingest.formats.markdown import send_sections
from bank.ingest.formats.sections import split_sections
from bank.ingest.formats.word_blocks import docx_blocks
from bank.ingest.limits import MB, Limits
from bank.ingest.zip_directory import MOST_ZIP_ENTRIES

MOST_UNPACKED_BYTES = 200 * MB
MOST_XML_BYTES = 40 * MB
"""Unpacked bytes of all XML parts together."""
WORD_STYLE_MAP = "\n".join(
    (
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => h3:fresh",
        "p[style-name='Bank help'] => !",
        "p[style-name='Bank option'] => p.option:fresh",
    )
)
"""Title and subtitle become headings; help texts of the bank's own template are dropped, its options marked."""
PROLOGUE_BYTES = 64 * 1024
"""Bytes of a part that are searched for a DOCTYPE, which stands before the first element."""
DOCTYPE_MARKS = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
CONTENT_TYPES_PART = "[Content_Types].xml"
MACRO_MARKS = (b"macroEnabled", b"vnd.ms-office.vbaProject")
UNREADABLE_PART_ERRORS = (
    KeyError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    zlib.error,
)
CORE_PROPERTIES_PART = "docProps/core.xml"
TITLE_ELEMENT = "{http://purl.org/dc/elements/1.1/}title"
CREATED_ELEMENT = "{http://purl.org/dc/terms/}created"


def read_docx(data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Sends {"document": ...}, {"page": ...} for each section, {"end": ...}; or a document with a reason."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        reason = oversize_reason(archive.infolist()) or unwanted_reason(archive)
        about = {} if reason else docx_properties(archive)
    if reason:
        speak({"document": {"reason": reason}})
        return
    result = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=WORD_STYLE_MAP,
        convert_image=lambda image: [],
        include_embedded_style_map=False,
        external_file_access=False,
    )
    blocks = docx_blocks(result.value)
    send_sections(split_sections(blocks, limits), blocks, about, "docx", speak)


def oversize_reason(entries: list[zipfile.ZipInfo]) -> str | None:
    """A reason code where the archive's directory shows that it is too large to unpack, else None."""
    if len(entries) > MOST_ZIP_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        return "too_big_inside"
    text = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
    return "too_big_inside" if text > MOST_XML_BYTES else None


def unwanted_reason(archive: zipfile.ZipFile) -> str | None:
    """A reason code for a document with macros, or with DOCTYPEs as Word never writes them, else None."""
    if any(word in part_beginning(archive, CONTENT_TYPES_PART, MB) for word in MACRO_MARKS):
        return "macros"
    parts = [name for name in archive.namelist() if name.lower().endswith((".xml", ".rels"))]
    return (
        "damaged"
        if any(mark in part_beginning(archive, name, PROLOGUE_BYTES) for name in parts for mark in DOCTYPE_MARKS)
        else None
    )


def part_beginning(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The first `most` bytes of a part; empty where it can't be read."""
    try:
        with archive.open(name) as part:
            return part.read(most)
    except UNREADABLE_PART_ERRORS:
        return b""


def docx_properties(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Title and creation date of the document's properties; empty when they can't be read."""
    try:
        entry = archive.getinfo(CORE_PROPERTIES_PART)
        if entry.file_size > MB:
            return {}
        core = ElementTree.fromstring(archive.read(CORE_PROPERTIES_PART))  # noqa: S314 - expat limits entities; confined child
    except (ElementTree.ParseError, ValueError, *UNREADABLE_PART_ERRORS):
        return {}
    return {
        "title": (core.findtext(TITLE_ELEMENT) or "")[:2000],
        "created": (core.findtext(CREATED_ELEMENT) or "")[:10],
    }
