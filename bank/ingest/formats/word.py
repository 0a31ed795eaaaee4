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
from bank.ingest.formats.word_xml import PreparedWord, count_letters, first_header_target, header_lines, prepare_word
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
UNREAD_STYLES = frozenset({"Bank help", "Bank option"})
"""Styles of the bank's own template whose text is left out, wholly or in part."""
LEAST_READ_SHARE = 0.98
"""Of the letters that a document shows, so many have to come out, or it is read in part."""
MAIN_PART, STYLES_PART = "word/document.xml", "word/styles.xml"
RELATIONS_PART = "word/_rels/document.xml.rels"
MOST_HEADER_LINES = 20
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
        if reason:
            speak({"document": {"reason": reason}})
            return
        about: dict[str, Any] = {**docx_properties(archive), "header": first_page_header(archive)}
        prepared = prepare_document(archive)
        if prepared is not None and prepared.changed:
            data = with_document(archive, prepared.xml)
    result = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=WORD_STYLE_MAP,
        convert_image=lambda image: [],
        include_embedded_style_map=False,
        external_file_access=False,
    )
    blocks = docx_blocks(result.value)
    if prepared is not None and prepared.letters * LEAST_READ_SHARE > sum(count_letters(one.text) for one in blocks):
        about["flags"] = ["text_missing"]
    send_sections(split_sections(blocks, limits), blocks, about, "docx", speak)


def prepare_document(archive: zipfile.ZipFile) -> PreparedWord | None:
    """The main part without hidden text, with its text boxes and formulas as text; None where it is not found."""
    main, styles = whole_part(archive, MAIN_PART), whole_part(archive, STYLES_PART)
    try:
        return prepare_word(main, styles, UNREAD_STYLES) if main else None
    except (ElementTree.ParseError, RecursionError):
        return None


def first_page_header(archive: zipfile.ZipFile) -> list[str]:
    """The lines of the header of the first page; none where they can't be read."""
    main, relations = whole_part(archive, MAIN_PART), whole_part(archive, RELATIONS_PART)
    try:
        target = first_header_target(main, relations) if main and relations else None
        header = whole_part(archive, f"word/{target}") if target else None
        return [line[:1000] for line in header_lines(header)[:MOST_HEADER_LINES]] if header else []
    except (ElementTree.ParseError, RecursionError):
        return []


def whole_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """A part of the document; None where it can't be read."""
    try:
        return archive.read(name)
    except UNREADABLE_PART_ERRORS:
        return None


def with_document(archive: zipfile.ZipFile, xml: bytes) -> bytes:
    """The document with another main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for entry in archive.infolist():
            new.writestr(entry.filename, xml if entry.filename == MAIN_PART else archive.read(entry))
    return out.getvalue()


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
