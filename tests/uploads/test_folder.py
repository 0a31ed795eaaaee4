"""Originals by digest: written whole or not at all, once, never outside their folder, and never deleted by a sweep."""

import hashlib
import io
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bank.errors import Invalid, NotFound, TooLarge
from bank.markers import write_marker
from bank.uploads import OldFiles, Uploads, UploadsFolder
from tests.making_files import aged

LETTER = b"%PDF-1.4 a letter"
DIGEST = hashlib.sha256(LETTER).hexdigest()
DAY = date(2026, 5, 3)


@pytest.fixture
def uploads(tmp_path: Path) -> UploadsFolder:
    return UploadsFolder(tmp_path / "uploads")


def all_but(named: set[str]) -> Callable[[OldFiles], set[str]]:
    """Chooses every old file that is not named."""
    return lambda files: {*files.originals, *files.derived} - named


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_original_is_kept_under_the_digest_of_its_bytes(uploads: UploadsFolder) -> None:
    stored = uploads.put(io.BytesIO(LETTER), limit=1000)
    assert (stored.digest, stored.size, stored.new) == (DIGEST, len(LETTER), True)
    assert uploads.path(DIGEST) == uploads.root / "sha256" / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert uploads.path(DIGEST).read_bytes() == LETTER
    with uploads.open(DIGEST) as stream:
        assert stream.read() == LETTER


def test_a_folder_keeps_the_promises_of_uploads(uploads: UploadsFolder) -> None:
    store: Uploads = uploads
    assert list(store.digests()) == []
    assert not store.has(DIGEST)


def test_a_file_on_disk_may_be_given_by_its_path(uploads: UploadsFolder, tmp_path: Path) -> None:
    source = tmp_path / "letter.pdf"
    source.write_bytes(LETTER)
    assert uploads.put(source, limit=1000).digest == DIGEST
    assert source.read_bytes() == LETTER


def test_the_same_bytes_twice_are_one_object(uploads: UploadsFolder) -> None:
    uploads.put(io.BytesIO(LETTER), limit=1000)
    assert uploads.put(io.BytesIO(LETTER), limit=1000).new is False
    assert len(files(uploads.root)) == 1
    assert list(uploads.digests()) == [DIGEST]


def test_an_empty_file_is_an_original_too(uploads: UploadsFolder) -> None:
    stored = uploads.put(io.BytesIO(b""), limit=0)
    assert stored.size == 0
    assert uploads.verify(stored.digest)


def test_originals_can_neither_be_run_nor_read_by_everybody(uploads: UploadsFolder) -> None:
    before = os.umask(0)
    try:
        uploads.put(io.BytesIO(LETTER), limit=1000)
        uploads.put_derived(f"{DIGEST}.webp", b"picture")
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files(uploads.root)} == {0o640}


class Long(io.RawIOBase):
    """A stream of 40 MB that counts what was read from it."""

    given = 0

    def read(self, size: int = -1) -> bytes:
        if self.given >= 40 * 1024 * 1024:
            return b""
        self.given += size
        return b"x" * size


def test_a_file_over_the_limit_is_refused_while_it_streams_and_leaves_nothing(uploads: UploadsFolder) -> None:
    stream = Long()
    with pytest.raises(TooLarge) as refused:
        uploads.put(stream, limit=5 * 1024 * 1024)  # type: ignore[arg-type]
    assert stream.given <= 6 * 1024 * 1024
    assert "5 MB" in refused.value.told()
    assert files(uploads.root) == []


def test_a_file_of_exactly_the_limit_is_taken(uploads: UploadsFolder) -> None:
    assert uploads.put(io.BytesIO(LETTER), limit=len(LETTER)).size == len(LETTER)
    with pytest.raises(TooLarge):
        uploads.put(io.BytesIO(LETTER), limit=len(LETTER) - 1)


class Torn(io.RawIOBase):
    """A stream that breaks off after its first piece."""

    pieces = 0

    def read(self, size: int = -1) -> bytes:
        self.pieces += 1
        if self.pieces > 1:
            raise ConnectionResetError
        return LETTER


def test_a_stream_that_breaks_off_leaves_nothing(uploads: UploadsFolder) -> None:
    with pytest.raises(ConnectionResetError):
        uploads.put(Torn(), limit=1000)  # type: ignore[arg-type]
    assert files(uploads.root) == []


WAYS_OUT = (
    "../../etc/passwd",
    "..",
    "/etc/passwd",
    "C:\\x",
    "%2e%2e",
    "a" * 64 + "/x",
    f"{DIGEST}/../x.webp",
    "\0",
    "",
)


@settings(max_examples=200)
@given(name=st.text(max_size=100) | st.sampled_from(WAYS_OUT) | st.from_regex(r"[0-9a-f./]{60,70}"))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    uploads = UploadsFolder(Path("/nowhere/uploads"))
    assert uploads.path(DIGEST).is_relative_to(uploads.root)
    for place in (uploads.path, uploads._derived_path):
        try:
            assert place(name).resolve().is_relative_to(uploads.root)
        except Invalid:
            continue


@pytest.mark.parametrize("name", WAYS_OUT)
def test_a_name_with_an_odd_character_is_refused(uploads: UploadsFolder, name: str) -> None:
    with pytest.raises(Invalid):
        uploads.path(name)
    with pytest.raises(Invalid):
        uploads.put_derived(name, b"x")


def test_a_missing_original_is_said_to_be_missing(uploads: UploadsFolder) -> None:
    with pytest.raises(NotFound):
        uploads.open(DIGEST)
    assert uploads.verify(DIGEST) is False


def test_a_changed_byte_is_noticed_and_mended_by_the_same_file_again(uploads: UploadsFolder) -> None:
    uploads.put(io.BytesIO(LETTER), limit=1000)
    uploads.path(DIGEST).write_bytes(b"%PDF-1.4 a lettEr")
    assert uploads.has(DIGEST)
    assert not uploads.verify(DIGEST)
    uploads.put(io.BytesIO(LETTER), limit=1000)
    assert uploads.verify(DIGEST)


def test_what_is_derived_stands_apart_and_is_replaced_whole(uploads: UploadsFolder) -> None:
    name = f"{DIGEST}.webp"
    assert uploads.derived(name) is None
    uploads.put_derived(name, b"first")
    uploads.put_derived(name, b"second")
    path = uploads.derived(name)
    assert path is not None
    assert path.read_bytes() == b"second"
    assert list(uploads.digests()) == []


def test_only_what_was_left_half_written_for_a_day_is_swept(uploads: UploadsFolder) -> None:
    uploads.put(io.BytesIO(LETTER), limit=1000)
    temporary = uploads.root / "temporary"
    (temporary / "old").write_bytes(b"half")
    (temporary / "young").write_bytes(b"half")
    day_ago = (temporary / "old").stat().st_mtime - 25 * 3600
    os.utime(temporary / "old", (day_ago, day_ago))
    os.utime(uploads.path(DIGEST), (day_ago, day_ago))
    assert uploads.sweep() == 1
    assert [path.name for path in temporary.iterdir()] == ["young"]
    assert uploads.has(DIGEST)


def test_what_nobody_names_goes_after_a_day_with_its_picture_and_what_is_named_stays(uploads: UploadsFolder) -> None:
    named, old, young = (uploads.put(io.BytesIO(letter), limit=10).digest for letter in (b"named", b"old", b"young"))
    for digest in (named, old, young):
        uploads.put_derived(f"{digest}.webp", b"picture")
    for digest in (named, old):
        aged(uploads.path(digest))
        aged(uploads.root / "derived" / digest[:2] / f"{digest}.webp")
    assert uploads.size() == len(b"named" + b"old" + b"young")
    assert uploads.move_aside(all_but({named}), DAY) == {old, f"{old}.webp"}
    assert set(uploads.digests()) == {named, young}
    assert [uploads.derived(f"{digest}.webp") is not None for digest in (named, old, young)] == [True, False, True]
    assert uploads.size() == len(b"named" + b"young")
    assert uploads.moved_aside() == {old: DAY}
    assert (uploads.root / "removed" / "2026-05-03" / old).read_bytes() == b"old"
    assert (uploads.root / "removed" / "2026-05-03" / f"{old}.webp").read_bytes() == b"picture"


def test_what_is_chosen_from_is_told_with_its_time_and_how_much_else_there_is(uploads: UploadsFolder) -> None:
    old, young = (uploads.put(io.BytesIO(letter), limit=10).digest for letter in (b"old", b"young"))
    aged(uploads.path(old))
    seen: list[OldFiles] = []

    def choose(files: OldFiles) -> set[str]:
        seen.append(files)
        return set()

    assert uploads.move_aside(choose, DAY) == set()
    stored = datetime.fromtimestamp(uploads.path(old).stat().st_mtime, UTC)
    assert seen == [OldFiles({old: stored}, frozenset(), 1)]
    assert set(uploads.digests()) == {old, young}


def test_where_the_choice_fails_nothing_is_moved(uploads: UploadsFolder) -> None:
    aged(uploads.path(uploads.put(io.BytesIO(LETTER), limit=1000).digest))

    def choose(files: OldFiles) -> set[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        uploads.move_aside(choose, DAY)
    assert uploads.verify(DIGEST)


def moved(uploads: UploadsFolder, letter: bytes, day: date) -> str:
    """An original with its picture that was moved aside on a day."""
    digest = uploads.put(io.BytesIO(letter), limit=1000).digest
    uploads.put_derived(f"{digest}.webp", b"picture")
    aged(uploads.path(digest))
    aged(uploads.root / "derived" / digest[:2] / f"{digest}.webp")
    assert uploads.move_aside(all_but(set()), day) == {digest, f"{digest}.webp"}
    return digest


def test_what_was_moved_aside_comes_back(uploads: UploadsFolder) -> None:
    digest = moved(uploads, LETTER, DAY)
    assert (uploads.has(digest), uploads.has_aside(digest)) == (False, True)
    assert uploads.bring_back(digest)
    assert (uploads.verify(digest), uploads.has_aside(digest)) == (True, False)
    assert not uploads.bring_back(digest)


def test_other_bytes_are_not_brought_back_under_a_digest(uploads: UploadsFolder) -> None:
    digest = moved(uploads, LETTER, DAY)
    (uploads.root / "removed" / DAY.isoformat() / digest).write_bytes(b"other bytes")
    assert not uploads.bring_back(digest)
    assert not uploads.has(digest)


def test_days_are_emptied_once_their_time_is_over_but_for_what_a_row_names_again(uploads: UploadsFolder) -> None:
    gone, named, later = (
        moved(uploads, letter, day)
        for letter, day in ((b"gone", DAY), (b"named", DAY), (b"later", DAY + timedelta(days=1)))
    )
    (uploads.root / "removed" / "notes").mkdir()
    assert uploads.forget_aside(DAY, lambda: pytest.fail("nothing is that old")) == 0
    assert uploads.forget_aside(DAY + timedelta(days=1), lambda: {named}) == 3
    assert uploads.moved_aside() == {named: DAY, later: DAY + timedelta(days=1)}
    assert not uploads.has_aside(gone)
    assert uploads.forget_aside(DAY + timedelta(days=2), lambda: set()) == 3
    assert [path.name for path in (uploads.root / "removed").iterdir()] == ["notes"]


def test_bytes_that_are_sent_again_while_they_are_swept_stay(uploads: UploadsFolder) -> None:
    aged(uploads.path(uploads.put(io.BytesIO(LETTER), limit=1000).digest))
    other = threading.Thread(target=uploads.put, args=(io.BytesIO(LETTER), 1000))

    def choose(files: OldFiles) -> set[str]:
        other.start()
        other.join(0.3)  # it waits for the sweep; what didn't would be done by then
        return {*files.originals}

    uploads.move_aside(choose, DAY)
    other.join()
    assert uploads.verify(DIGEST)


def test_nothing_is_moved_while_somebody_needs_all_to_stay(uploads: UploadsFolder) -> None:
    aged(uploads.path(uploads.put(io.BytesIO(LETTER), limit=1000).digest))
    with uploads.steady():
        assert uploads.move_aside(all_but(set()), DAY) is None
    assert uploads.move_aside(all_but(set()), DAY) == {DIGEST}


def test_the_folder_says_whose_it_is(uploads: UploadsFolder) -> None:
    assert uploads.owner() is None
    write_marker(uploads.root, "abc.educating-bank", Path("/bank.db"))
    assert uploads.owner() == "abc.educating-bank"


PUT = (
    "import io, sys; from pathlib import Path; from bank.uploads import UploadsFolder; "
    "print(UploadsFolder(Path(sys.argv[1])).put(io.BytesIO(sys.argv[2].encode()), 1000).digest)"
)


@pytest.mark.parametrize(
    ("place", "left"),
    [
        ("upload.written", []),
        ("upload.synced", []),
        ("upload.renamed", [DIGEST]),
        ("upload.settled", [DIGEST]),
    ],
)
def test_a_crash_at_any_step_leaves_a_whole_original_or_none(
    uploads: UploadsFolder, place: str, left: list[str]
) -> None:
    command = [sys.executable, "-c", PUT, str(uploads.root), LETTER.decode()]
    ended = subprocess.run(command, env={**os.environ, "BANK_CRASH_AT": place}, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (137, b"")
    assert list(uploads.digests()) == left
    assert all(uploads.verify(digest) for digest in left)
    again = subprocess.run(command, capture_output=True, check=True)
    assert again.stdout.decode().strip() == DIGEST
    assert uploads.verify(DIGEST)
