"""Reads the names in a zip file's directory, after its end record has told how many they are. Nothing is unpacked.

At most 64 kB at the end of the file are read, and then the directory, where it is small; neither zipfile nor anything
else opens the file here. Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 to 4.3.16.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_ZIP_ENTRIES = 5_000
MOST_DIRECTORY_BYTES = 2 * 1024 * 1024
END_RECORD = struct.Struct("<4s4H2LH")
ZIP_END_MAGIC = b"PK\x05\x06"
ZIP_END_BYTES = END_RECORD.size + 0xFFFF
"""Bytes of a zip file's end record and its longest comment."""
LARGE_LOCATOR = struct.Struct("<4sLQL")
LARGE_LOCATOR_MAGIC = b"PK\x06\x07"
LARGE_END_RECORD = struct.Struct("<4sQ2H2L4Q")
LARGE_END_MAGIC = b"PK\x06\x06"
LARGE_RECORDS_BYTES = LARGE_END_RECORD.size + LARGE_LOCATOR.size
"""Bytes of what stands before the end record of a ZIP64 file."""
DIRECTORY_ENTRY = struct.Struct("<4s6H3L5H2L")
DIRECTORY_ENTRY_MAGIC = b"PK\x01\x02"


class OvergrownZip(Exception):
    """The directory has more entries, or more bytes, than any document needs; it was not read."""


class UnsoundZip(Exception):
    """There is no end record, or the directory is not what it says."""


@dataclass(frozen=True, slots=True)
class ZipEnd:
    """What the end of a zip file says of its directory: the number of entries, and where it starts and ends."""

    entries: int
    start: int
    end: int


def zip_names(stream: BinaryIO) -> frozenset[bytes]:
    """The names in the directory of a zip file, in the bytes that stand there. Raises OvergrownZip, UnsoundZip."""
    end = read_zip_end(stream)
    stream.seek(end.start)
    names = list(names_in_directory(stream.read(end.end - end.start)))
    if len(names) != end.entries:
        raise UnsoundZip
    return frozenset(names)


def read_zip_end(stream: BinaryIO) -> ZipEnd:
    """The end record, or the one of ZIP64 before it, of which both must say the same.

    Raises OvergrownZip for a directory that is too large to be read, UnsoundZip for one that does not end where the
    records begin.
    """
    size = stream.seek(0, os.SEEK_END)
    before = max(0, size - ZIP_END_BYTES - LARGE_RECORDS_BYTES)
    stream.seek(before)
    tail = stream.read(ZIP_END_BYTES + LARGE_RECORDS_BYTES)
    at = end_record_place(tail)
    _, disk, first_disk, here, entries, length, start, _ = END_RECORD.unpack_from(tail, at)
    end = before + at
    large = large_end_record(tail, at, before)
    if large is not None:
        agreed = zip((here, entries, length, start), large, (0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF), strict=True)
        if any(short not in (long, full) for short, long, full in agreed):
            raise UnsoundZip
        here, entries, length, start = large
        end -= LARGE_RECORDS_BYTES
    if max(here, entries) > MOST_ZIP_ENTRIES or max(length, end - start) > MOST_DIRECTORY_BYTES:
        raise OvergrownZip
    if (disk, first_disk, here, start + length) != (0, 0, entries, end):
        raise UnsoundZip
    return ZipEnd(entries, start, end)


def end_record_place(tail: bytes) -> int:
    """Where the end record stands in the last bytes of a file: the very last, else the last one before a comment."""
    last = len(tail) - END_RECORD.size
    if last >= 0 and tail[last : last + 4] == ZIP_END_MAGIC and tail.endswith(b"\0\0"):
        return last
    at = tail.rfind(ZIP_END_MAGIC)
    if not 0 <= at <= last:
        raise UnsoundZip
    return at


def large_end_record(tail: bytes, at: int, before: int) -> tuple[int, int, int, int] | None:
    """The ZIP64 record before the end record at `at`: entries here, entries, bytes, start; None where there is none.

    `before` is where `tail` begins in the file. Raises UnsoundZip for a locator that leads elsewhere.
    """
    if at < LARGE_LOCATOR.size or tail[at - LARGE_LOCATOR.size :][:4] != LARGE_LOCATOR_MAGIC:
        return None
    place = at - LARGE_RECORDS_BYTES
    _, disk, leads, disks = LARGE_LOCATOR.unpack_from(tail, at - LARGE_LOCATOR.size)
    if place < 0 or (disk, leads) != (0, before + place) or disks > 1:
        raise UnsoundZip
    magic, length, *_, here, entries, bytes_in_all, start = LARGE_END_RECORD.unpack_from(tail, place)
    if magic != LARGE_END_MAGIC or length != LARGE_END_RECORD.size - 12:
        raise UnsoundZip
    return here, entries, bytes_in_all, start


def names_in_directory(directory: bytes) -> Iterator[bytes]:
    """The name of each entry, up to a NUL, as zipfile reads it. Raises UnsoundZip, and OvergrownZip for too many."""
    at = count = 0
    while at < len(directory):
        if len(directory) - at < DIRECTORY_ENTRY.size or not directory.startswith(DIRECTORY_ENTRY_MAGIC, at):
            raise UnsoundZip
        name, extra, comment = DIRECTORY_ENTRY.unpack_from(directory, at)[10:13]
        at += DIRECTORY_ENTRY.size
        yield directory[at : at + name].partition(b"\0")[0]
        at += name + extra + comment
        count += 1
        if count > MOST_ZIP_ENTRIES:
            raise OvergrownZip
    if at != len(directory):
        raise UnsoundZip
