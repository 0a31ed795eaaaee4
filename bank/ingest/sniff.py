"""What a file is, told by its bytes; its name must agree."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bank.ingest.limits import MB, Limits

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "markdown": "text/markdown",
}
ENDINGS = {".pdf": "pdf", ".docx": "docx", ".md": "markdown", ".markdown": "markdown"}
SHOWN = {"pdf": "PDF", "docx": "DOCX", "markdown": "TXT"}
MAGICS = {
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"MZ": "EXE", b"\x7fELF": "ELF", b"\x1f\x8b": "GZIP",
    b"x\x9c": "ZLIB", b"x\xda": "ZLIB", b"7z\xbc\xaf": "7Z", b"Rar!": "RAR", b"BZh": "BZIP2", b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF", b"RIFF": "RIFF", b"%!PS": "PostScript",
}  # fmt: skip
OFFICE = (".doc", ".dot", ".odt", ".ods", ".odp", ".rtf", ".ppt", ".pptx", ".xls", ".xlsx", ".pages", ".wps", ".docm")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What was found. `kind` is ``pdf``, ``docx`` or ``markdown``; None with a `reason` code when it can't be taken."""

    kind: str | None
    media_type: str = "application/octet-stream"
    reason: str | None = None
    values: dict[str, str | int] = field(default_factory=dict)


def refused(reason: str, media_type: str = "application/octet-stream", **values: str | int) -> Sniffed:
    return Sniffed(None, media_type, reason, values)


def sniff(path: Path, name: str, limits: Limits = Limits()) -> Sniffed:
    """What the file at `path` is, whose uploader calls it `name`. Raises OSError when it can't be opened."""
    with path.open("rb") as stream:
        size = path.stat().st_size
        if size == 0:
            return refused("empty")
        found = content(stream, size)
        if found in MEDIA_TYPES:
            return agreed(found, name, size, limits)
        if found == "macros":
            return refused("macros", found="DOCM")
        return refused("save_as" if found.startswith("office:") else "wrong_type", found=found.removeprefix("office:"))


def content(stream: BinaryIO, size: int) -> str:
    """The kind of the content: ``pdf docx markdown macros``, ``office:NAME`` or the name of another format."""
    head = stream.read(4096)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zipped(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "office:DOC/XLS/PPT"
    if head.startswith(b"{\\rtf"):
        return "office:RTF"
    for magic, name in MAGICS.items():
        if head.startswith(magic):
            return name
    return "markdown"


def zipped(stream: BinaryIO) -> str:
    """What a zip file holds, told by the names in its directory; nothing is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return "office:OpenDocument"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return "ZIP"
    if "word/document.xml" in names:
        return "macros" if any(name.lower().endswith("vbaproject.bin") for name in names) else "docx"
    if any(name.startswith("xl/") for name in names):
        return "office:XLSX"
    if any(name.startswith("ppt/") for name in names):
        return "office:PPTX"
    return "ZIP"


def agreed(kind: str, name: str, size: int, limits: Limits) -> Sniffed:
    """`kind` when the name's ending says the same and the size is within its limit."""
    media_type = MEDIA_TYPES[kind]
    ending = Path(name.replace("\\", "/")).suffix.lower()
    if ENDINGS.get(ending) != kind:
        if not ending:
            return refused("no_ending")
        if kind == "markdown" and ending in OFFICE:
            return refused("save_as", found=ending.lstrip(".").upper())
        if kind == "markdown" and ending not in ENDINGS:
            return refused("wrong_type", found=ending.lstrip(".").upper())
        return refused("mismatch", media_type, ending=ending, found=SHOWN[kind])
    limit = limits.max_markdown_bytes if kind == "markdown" else limits.max_bytes
    if size > limit:
        return refused("too_large", media_type, limit=limit // MB)
    return Sniffed(kind, media_type)
