"""What is read of a zip file before anything opens it: its end record, and a directory of bearable length."""

import io
import tracemalloc
import zipfile

import pytest

from bank.ingest.zip_directory import (
    MOST_DIRECTORY_BYTES,
    MOST_ZIP_ENTRIES,
    OvergrownZip,
    UnsoundZip,
    zip_names,
)
from tests.ingest.conftest import Read
from tests.ingest.making_zips import LOCAL, PART, crowded_zip, directory_entry, end_record, large_records

ENTRY = directory_entry()
FULL = (0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


def names(data: bytes) -> frozenset[bytes]:
    return zip_names(io.BytesIO(data))


def written(*wanted: str, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in wanted:
            archive.writestr(name, "x")
        archive.comment = comment
    return out.getvalue()


@pytest.mark.parametrize("comment", [b"", b"hola", b"x" * 0xFFFF])
@pytest.mark.parametrize("after", [b"", b"\r\n", bytes(600)])
def test_names_are_read_as_zipfile_reads_them(comment: bytes, after: bytes) -> None:
    if comment and after:
        after = after[: 0xFFFF - len(comment)]
    data = written("word/document.xml", "ñandú.xml", "word/media/1.png", comment=comment) + after
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name.decode() for name in names(data)} == set(archive.namelist())


def test_a_zip64_file_is_read_where_both_of_its_records_agree() -> None:
    at = len(LOCAL) + len(ENTRY)
    large = large_records(1, len(ENTRY), len(LOCAL), at)
    for said in (FULL, (1, len(ENTRY), len(LOCAL))):
        assert names(LOCAL + ENTRY + large + end_record(*said)) == {PART}


@pytest.mark.parametrize("said", [None, 0, 1, 65_535])
def test_a_directory_of_very_many_entries_is_not_read_whatever_the_record_says(said: int | None) -> None:
    with pytest.raises(OvergrownZip):
        names(crowded_zip(100_000, said=said))


def test_the_limits_are_those_of_entries_and_of_bytes() -> None:
    assert names(crowded_zip(MOST_ZIP_ENTRIES)) == {PART, b"a.xml"}
    with pytest.raises(OvergrownZip):
        names(crowded_zip(MOST_ZIP_ENTRIES + 1))
    with pytest.raises(OvergrownZip):
        names(crowded_zip(MOST_ZIP_ENTRIES + 1, said=10))
    long = directory_entry(b"a" * 0xFFFF) * (MOST_DIRECTORY_BYTES // 0xFFFF + 1)
    with pytest.raises(OvergrownZip):
        names(LOCAL + long + end_record(33, len(long), len(LOCAL)))


SIZE, START = len(ENTRY), len(LOCAL)
LIES = {
    "no record": LOCAL + ENTRY,
    "a record that is cut off": LOCAL + ENTRY + end_record(1, SIZE, START)[:-1],
    "one entry too many": LOCAL + ENTRY + end_record(2, SIZE, START),
    "one entry too few": LOCAL + ENTRY + end_record(0, SIZE, START),
    "a directory that is longer": LOCAL + ENTRY * 9 + end_record(1, SIZE, START),
    "a directory that is shorter": LOCAL + ENTRY + end_record(1, SIZE + 10, START - 10),
    "a directory elsewhere": LOCAL + ENTRY * 9 + end_record(9, SIZE * 9, 0),
    "a directory after the end": LOCAL + end_record(1, SIZE, 1 << 31),
    "bytes between directory and record": LOCAL + ENTRY + bytes(9) + end_record(1, SIZE, START),
    "an entry longer than the directory": LOCAL + ENTRY[:-1] + end_record(1, SIZE - 1, START),
    "no entries at all": LOCAL + bytes(SIZE) + end_record(1, SIZE, START),
    "another disk": LOCAL + ENTRY + end_record(1, SIZE, START).replace(b"PK\5\6\0", b"PK\5\6\1"),
    "records that disagree": (
        LOCAL + ENTRY + large_records(1, SIZE, START, START + SIZE) + end_record(1, SIZE - 1, START)
    ),
    "a locator that leads elsewhere": LOCAL + ENTRY + large_records(1, SIZE, START, 0) + end_record(*FULL),
    "a locator without a record": LOCAL + large_records(1, SIZE, START, 0)[-20:] + end_record(*FULL[:1], 0, START + 20),
    "other counts for this disk": (
        LOCAL + ENTRY + large_records(1, SIZE, START, START + SIZE, count=2) + end_record(*FULL)
    ),
}


@pytest.mark.parametrize("data", LIES.values(), ids=LIES)
def test_a_directory_that_is_not_what_the_record_says_is_not_believed(data: bytes) -> None:
    with pytest.raises((UnsoundZip, OvergrownZip)):
        names(data)


def test_a_zip64_record_hides_no_long_directory() -> None:
    long = ENTRY * 50_000
    at = len(LOCAL) + len(long)
    for told in ((1, len(long)), (50_000, len(ENTRY)), (1, len(ENTRY))):
        data = LOCAL + long + large_records(told[0], told[1], len(LOCAL), at) + end_record(*FULL)
        with pytest.raises(OvergrownZip):
            names(data)


def test_a_million_entries_cost_no_memory() -> None:
    """Looked at as a file, of which the tail alone is read."""
    stream = io.BytesIO(crowded_zip(1_000_000))
    tracemalloc.start()
    with pytest.raises(OvergrownZip):
        zip_names(stream)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "reason", "values"),
    [
        (crowded_zip(20_000), "overgrown_zip", {"limit": MOST_ZIP_ENTRIES}),
        (crowded_zip(20_000, said=3), "overgrown_zip", {"limit": MOST_ZIP_ENTRIES}),
        (written("word/document.xml")[:-30], "unsound_zip", {}),
    ],
)
def test_a_file_is_refused_with_what_is_wrong_with_its_directory(
    read: Read, data: bytes, reason: str, values: dict[str, object]
) -> None:
    found = read(data, "acta.docx")
    assert (found.outcome, found.reason, found.reason_values) == ("refused", reason, values)
