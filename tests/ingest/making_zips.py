"""Zip files that no program writes, made byte by byte: with very long directories, with end records that lie.

They are made without zipfile, which would need as much memory as the readers that they are meant for.
"""

import struct

PART = b"word/document.xml"
WORDS = b"<x/>"
LOCAL = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, len(WORDS), len(WORDS), len(PART), 0) + PART + WORDS


def directory_entry(name: bytes = PART) -> bytes:
    """An entry of the directory that points to the file's only part."""
    sizes = (0, len(WORDS), len(WORDS), len(name))
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, *sizes, 0, 0, 0, 0, 0, 0) + name


def end_record(entries: int, length: int, start: int, comment: bytes = b"") -> bytes:
    count = min(entries, 0xFFFF)
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, length, start, len(comment)) + comment


def large_records(entries: int, length: int, start: int, at: int, count: int | None = None) -> bytes:
    """The records of ZIP64 that stand, at the place `at`, before the end record."""
    many = entries if count is None else count
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, many, entries, length, start)
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)


def crowded_zip(entries: int, *, said: int | None = None) -> bytes:
    """A zip file with so many entries; its end record may say another number."""
    directory = directory_entry() + directory_entry(b"a.xml") * (entries - 1)
    return LOCAL + directory + end_record(entries if said is None else said, len(directory), len(LOCAL))
