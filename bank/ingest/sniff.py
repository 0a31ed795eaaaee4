"""Detects the type of a file by its bytes, and checks that its name agrees."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bank.errors import RefusedFile, TooLarge, WrongType
from bank.ingest.limits import MB, PDF_HEADER_BYTES, PDF_MARK, PICTURE_LIMITS, Limits
from bank.ingest.reasons import REASONS
from bank.ingest.zip_directory import (
    MOST_ZIP_ENTRIES,
    ZIP_END_BYTES,
    ZIP_END_MAGIC,
    OvergrownZip,
    UnsoundZip,
    zip_names,
)

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "markdown": "text/markdown",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
DOCUMENT_KINDS = frozenset({"pdf", "docx", "markdown"})
PICTURE_KINDS = frozenset({"jpeg", "png", "webp"})
UPLOAD_KINDS = DOCUMENT_KINDS | PICTURE_KINDS
KINDS_BY_ENDING = {
    ".pdf": "pdf", ".docx": "docx", ".md": "markdown", ".markdown": "markdown",
    ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp",
}  # fmt: skip
SHOWN_KINDS = {"pdf": "PDF", "docx": "DOCX", "markdown": "TXT", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
"""Kind -> the type as people are told it."""
FILE_MAGICS = {
    b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "GIF", b"MZ": "EXE", b"\x7fELF": "ELF", b"\x1f\x8b": "GZIP",
    b"x\x9c": "ZLIB", b"x\xda": "ZLIB", b"7z\xbc\xaf": "7Z", b"Rar!": "RAR", b"BZh": "BZIP2", b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF", b"RIFF": "RIFF", b"%!PS": "PostScript",
}  # fmt: skip
UNREAD_PICTURES = ("GIF", "TIFF", "HEIC", "AVIF")
FTYP_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"hevc": "HEIC", b"mif1": "HEIC"}
"""Brands of the ISO base media file format; any other is taken for video or sound."""
OFFICE_ENDINGS = (
    ".doc",
    ".dot",
    ".odt",
    ".ods",
    ".odp",
    ".rtf",
    ".ppt",
    ".pptx",
    ".xls",
    ".xlsx",
    ".pages",
    ".wps",
    ".docm",
)
UPLOAD_ERRORS: Mapping[str, type[RefusedFile]] = {
    "too_large": TooLarge,
    "empty": RefusedFile,
    "overgrown_zip": RefusedFile,
    "unsound_zip": RefusedFile,
}
"""Reason code -> the error of an upload; any other is a WrongType."""
FIRST_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
PDF_END_BYTES = 2048
"""Bytes at the end of a PDF in which it says where its table is."""
MARKUP_START = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?php|\?xml)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The type of a file by its bytes.

    `kind` is a key of MEDIA_TYPES, or None with a `reason` code and its `values` when the file is refused.
    """

    kind: str | None
    media_type: str = "application/octet-stream"
    reason: str | None = None
    values: dict[str, str | int] = field(default_factory=dict)


def sniffed_refusal(reason: str, media_type: str = "application/octet-stream", **values: str | int) -> Sniffed:
    """A refusal with its reason code and values."""
    return Sniffed(None, media_type, reason, values)


def expect_type(path: Path, name: str, taken: Collection[str] = UPLOAD_KINDS, limits: Limits = Limits()) -> str:
    """The media type of an uploaded file by its bytes, with which the ending of its name must agree.

    Raises WrongType for what is none of `taken` or not what its name says, TooLarge, and RefusedFile for an empty file
    and for a zip file whose directory can't be read.
    """
    found = sniff_file(path, name, limits, taken)
    if found.reason is None:
        return found.media_type
    raise UPLOAD_ERRORS.get(found.reason, WrongType)(REASONS[found.reason], **found.values)


def sniff_file(path: Path, name: str, limits: Limits = Limits(), taken: Collection[str] = DOCUMENT_KINDS) -> Sniffed:
    """The type of the file at `path`, which its uploader calls `name`. Raises OSError when it can't be opened."""
    with path.open("rb") as stream:
        size = path.stat().st_size
        if size == 0:
            return sniffed_refusal("empty")
        found = content_kind(stream, size)
    if found in taken:
        return agree_with_name(found, name, size, limits, taken)
    if found == "overgrown":
        return sniffed_refusal("overgrown_zip", limit=MOST_ZIP_ENTRIES)
    if found == "unsound":
        return sniffed_refusal("unsound_zip")
    if found == "macros":
        return sniffed_refusal("macros", found="DOCM")
    if "+" in found:
        return sniffed_refusal("two_in_one", found=found)
    if found.startswith("office:") and not DOCUMENT_KINDS.isdisjoint(taken):
        return sniffed_refusal("save_as", found=found.removeprefix("office:"))
    if found in UNREAD_PICTURES and not PICTURE_KINDS.isdisjoint(taken):
        return sniffed_refusal("save_picture_as", found=found)
    return sniffed_refusal(not_taken_reason(taken), found=SHOWN_KINDS.get(found, found.removeprefix("office:")))


def not_taken_reason(taken: Collection[str]) -> str:
    """The reason code for a type that is none of `taken`; its sentence names those that are."""
    if PICTURE_KINDS.isdisjoint(taken):
        return "wrong_type"
    return "wrong_picture" if DOCUMENT_KINDS.isdisjoint(taken) else "wrong_upload"


def content_kind(stream: BinaryIO, size: int) -> str:
    """The kind of the content: a key of MEDIA_TYPES, ``office:NAME`` or the name of another format.

    Of zip files also ``macros``, and ``overgrown`` or ``unsound`` for one whose directory can't be read. Two names
    joined by a plus are two formats in one file, of which a program may read either. What is no known format is taken
    for Markdown.
    """
    head = stream.read(4096)
    if head.startswith(b"%PDF-"):
        return pdf_kind(head, stream, size)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "ZIP+PDF" if b"%PDF-" in head[:1024] else zip_kind(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "office:DOC/XLS/PPT"
    if head.startswith(b"{\\rtf"):
        return "office:RTF"
    if head[4:8] == b"ftyp":
        return FTYP_BRANDS.get(head[8:12], "MP4")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    known = next((name for magic, name in FILE_MAGICS.items() if head.startswith(magic)), None)
    if known is None and holds_late_pdf(head, stream, size):
        return pdf_kind(head, stream, size)
    return known or "markdown"


def holds_late_pdf(head: bytes, stream: BinaryIO, size: int) -> bool:
    """True when the header of a PDF stands within the first 1,024 bytes, and its end in the last.

    The end is looked for because a text may speak of the header.
    """
    at = head.find(PDF_MARK, 0, PDF_HEADER_BYTES + len(PDF_MARK))
    if at < 0 or not FIRST_OBJECT.search(head, at):
        return False
    stream.seek(max(0, size - PDF_END_BYTES))
    return b"startxref" in stream.read(PDF_END_BYTES)


def pdf_kind(head: bytes, stream: BinaryIO, size: int) -> str:
    """``pdf``; ``PDF+HTML`` with markup before the first object; ``PDF+ZIP`` where the file also ends as a zip."""
    before, _, after = head.partition(PDF_MARK)
    if MARKUP_START.search(before + after.partition(b" obj")[0]):
        return "PDF+HTML"
    stream.seek(max(0, size - ZIP_END_BYTES))
    tail = stream.read(ZIP_END_BYTES)
    at = tail.rfind(ZIP_END_MAGIC)
    if at < 0:
        return "pdf"
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    # The end record of a zip file that is attached inside ends before the PDF does, and belongs to it.
    return "PDF+ZIP" if b"%%EOF" not in tail[at:] or at + 22 + comment == len(tail) else "pdf"


def zip_kind(stream: BinaryIO) -> str:
    """The kind of a zip file by the names in its directory; nothing is unpacked."""
    try:
        names = zip_names(stream)
    except OvergrownZip:
        return "overgrown"
    except UnsoundZip:
        return "unsound"
    if b"mimetype" in names:
        return "office:OpenDocument"
    if b"word/document.xml" in names:
        return "macros" if any(name.lower().endswith(b"vbaproject.bin") for name in names) else "docx"
    if any(name.startswith(b"xl/") for name in names):
        return "office:XLSX"
    return "office:PPTX" if any(name.startswith(b"ppt/") for name in names) else "ZIP"


def agree_with_name(kind: str, name: str, size: int, limits: Limits, taken: Collection[str]) -> Sniffed:
    """The kind when the name's ending agrees and the size is within its limit, else a refusal.

    Pictures are redrawn and kept under a name of the bank's own: the ending of any picture will do, and none too.
    """
    media_type = MEDIA_TYPES[kind]
    ending = Path(name.replace("\\", "/")).suffix.lower()
    called = KINDS_BY_ENDING.get(ending)
    if called != kind and not (kind in PICTURE_KINDS and (called in PICTURE_KINDS or not ending)):
        if not ending:
            return sniffed_refusal("no_ending")
        if kind == "markdown" and ending in OFFICE_ENDINGS:
            return sniffed_refusal("save_as", found=ending.lstrip(".").upper())
        if kind == "markdown" and called not in taken:
            return sniffed_refusal(not_taken_reason(taken), found=ending.lstrip(".").upper())
        return sniffed_refusal("mismatch", media_type, ending=ending, found=SHOWN_KINDS[kind])
    limit = limits.max_markdown_bytes if kind == "markdown" else limits.max_bytes
    if kind in PICTURE_KINDS:
        limit = min(limit, PICTURE_LIMITS.max_bytes)
    if size > limit:
        return sniffed_refusal("too_large", media_type, limit=limit // MB)
    return Sniffed(kind, media_type)
