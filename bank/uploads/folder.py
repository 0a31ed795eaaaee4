"""Originals in a local folder, under the SHA-256 of their bytes.

A file is written under a temporary name on the same file system, fsynced, renamed into place, and its folders are
fsynced; only then is its digest returned. So a row that names a digest never points at a missing file, and a crash
leaves nothing worse than an original that no row names, which a sweep moves aside after a day. What is made from
originals (thumbnails) stands apart, under ``derived``, and can be made again.
"""

import errno
import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from bank import clock, crash_points, markers
from bank.disk import telling_disk_failures
from bank.errors import Invalid, NotFound
from bank.messages import N_
from bank.uploads import removed
from bank.uploads.store import OldFiles, StagedFile, StoredFile, SweepChoice
from bank.uploads.writing import SHA256_HEX, copy_stream, create_private, file_states, flush_to_disk
from bank.whole_files import fsync_folder

ABANDONED_AFTER = timedelta(hours=24)
LOCK_TRIES, LOCK_PAUSE_SECONDS = 20, 0.02
"""Tries of a sweep to lock the folder for itself, and seconds between two tries."""
PASSING_READ_ERRORS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})
"""Why an original can't be read just now, which is not its own fault."""
DERIVED_NAME_PATTERN = re.compile(r"[0-9a-f]{64}(-[0-9a-z]+)*\.[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class UploadsFolder:
    """Uploads in a local folder: ``sha256/ab/cd/DIGEST`` (mode 0640), ``derived/ab/NAME``,
    ``temporary/``, ``removed/YYYY-MM-DD/NAME`` of what a sweep moved aside, and a marker that says whose they are.
    """

    root: Path

    def owner(self) -> str | None:
        return markers.read_marker(self.root)

    def put(self, source: BinaryIO | Path, limit: int) -> StoredFile:
        if isinstance(source, Path):
            with source.open("rb") as stream:
                return self._take(stream, limit)
        return self._take(source, limit)

    def _take(self, stream: BinaryIO, limit: int) -> StoredFile:
        with self.staged(stream, limit) as staged:
            return self.keep(staged)

    @contextmanager
    def staged(self, source: BinaryIO, limit: int) -> Iterator[StagedFile]:
        with telling_disk_failures():
            temporary = self._temporary()
        try:
            with telling_disk_failures():
                digest, size = copy_stream(source, temporary, limit)
            yield StagedFile(temporary, digest, size)
        finally:
            temporary.unlink(missing_ok=True)

    def keep(self, staged: StagedFile) -> StoredFile:
        target = self.path(staged.digest)
        new = not target.exists()
        with telling_disk_failures():
            self._settle(staged.path, target)
        return StoredFile(staged.digest, staged.size, new)

    def path(self, digest: str) -> Path:
        if not SHA256_HEX.fullmatch(digest):
            raise Invalid(N_("This is no SHA-256 digest: {digest}"), digest=digest[:80])
        return self.root / "sha256" / digest[:2] / digest[2:4] / digest

    def open(self, digest: str) -> BinaryIO:
        try:
            return self.path(digest).open("rb")
        except FileNotFoundError:
            raise NotFound from None

    def has(self, digest: str) -> bool:
        try:
            return self.path(digest).is_file()
        except OSError as error:
            return told_unless_passing(error)

    def verify(self, digest: str) -> bool:
        try:
            with self.path(digest).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == digest
        except OSError as error:
            return told_unless_passing(error)

    def digests(self) -> Iterator[str]:
        return (path.name for path in self._originals())

    def _originals(self) -> Iterator[Path]:
        for path in (self.root / "sha256").glob("??/??/*"):
            if SHA256_HEX.fullmatch(path.name):
                yield path

    def sweep(self) -> int:
        found = list(_abandoned((self.root / "temporary").glob("*")))
        for path, _ in found:
            path.unlink(missing_ok=True)
        return len(found)

    def size(self) -> int:
        return sum(state.st_size for _, state in file_states(self._originals()))

    def move_aside(self, choose: SweepChoice, day: date) -> Collection[str] | None:
        with self._locked(fcntl.LOCK_EX | fcntl.LOCK_NB) as alone:
            if not alone:
                return None
            # Storing waits for this lock: no file that is looked at here can come to be named before the block ends.
            originals = dict(_abandoned(self._originals()))
            derived = [path for path, _ in _abandoned((self.root / "derived").glob("??/*"))]
            chosen = choose(self._old_files(originals, derived)) if originals or derived else ()
            moved = [path for path in (*originals, *derived) if path.name[:64] in chosen]
            removed.move_files_aside(self.root, moved, day)
            return {path.name for path in moved}

    def _old_files(self, originals: Mapping[Path, float], derived: Iterable[Path]) -> OldFiles:
        stored = {path.name: datetime.fromtimestamp(moment, UTC) for path, moment in originals.items()}
        young = max(0, sum(1 for _ in self.digests()) - len(stored))
        return OldFiles(stored, frozenset(path.name[:64] for path in derived if SHA256_HEX.match(path.name)), young)

    def moved_aside(self) -> Mapping[str, date]:
        return removed.removed_originals(self.root)

    def has_aside(self, digest: str) -> bool:
        return any((folder / digest).is_file() for _, folder in removed.day_folders(self.root))

    def bring_back(self, digest: str) -> bool:
        target = self.path(digest)
        for _, folder in removed.day_folders(self.root):
            with suppress(FileNotFoundError), (folder / digest).open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() == digest:
                    self._settle(folder / digest, target)
                    return True
        return False

    def forget_aside(self, before: date, named: Callable[[], Collection[str]]) -> int:
        if not removed.anything_before(self.root, before):
            return 0
        return removed.empty_days(self.root, before, named())

    @contextmanager
    def steady(self) -> Iterator[None]:
        with self._locked(fcntl.LOCK_SH):
            yield

    @contextmanager
    def _locked(self, how: int) -> Iterator[bool]:
        """Locks the folder with flock(2) during a with block; gives whether it worked. `how` is its operation."""
        self.root.mkdir(mode=0o750, parents=True, exist_ok=True)
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield _lock(descriptor, how)
        finally:
            os.close(descriptor)

    def put_derived(self, name: str, data: bytes) -> None:
        target = self._derived_path(name)
        with telling_disk_failures():
            temporary = self._temporary()
            try:
                with create_private(temporary) as out:
                    out.write(data)
                    flush_to_disk(out)
                self._settle(temporary, target)
            finally:
                temporary.unlink(missing_ok=True)

    def derived(self, name: str) -> Path | None:
        path = self._derived_path(name)
        return path if path.is_file() else None

    def _derived_path(self, name: str) -> Path:
        if not DERIVED_NAME_PATTERN.fullmatch(name):
            raise Invalid(N_("This is no name of a derived file: {name}"), name=name[:80])
        return self.root / "derived" / name[:2] / name

    def _temporary(self) -> Path:
        folder = self.root / "temporary"
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        return folder / secrets.token_hex(16)

    def _settle(self, temporary: Path, target: Path) -> None:
        """Renames into place and makes the name durable. Equal bytes replace equal bytes, which mends a bad copy."""
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with self._locked(fcntl.LOCK_SH):
            if target.is_dir():  # what no bank made: it is kept beside, under a name that is no original's
                target.replace(target.with_name(f"{target.name}.{secrets.token_hex(4)}"))
            temporary.replace(target)
        crash_points.crash_point("upload.renamed")
        folder = target.parent
        while folder != self.root:
            fsync_folder(folder)
            folder = folder.parent
        fsync_folder(self.root)
        crash_points.crash_point("upload.settled")


def told_unless_passing(error: OSError) -> bool:
    """False, for an original that can't be read; raises the error where that is not its own fault."""
    if error.errno in PASSING_READ_ERRORS:
        raise error
    return False


def _lock(descriptor: int, how: int) -> bool:
    """Locks the folder; with LOCK_NB tries a few times and returns False when others still hold it. Else it waits."""
    for _ in range(LOCK_TRIES):
        try:
            fcntl.flock(descriptor, how)
        except BlockingIOError:
            time.sleep(LOCK_PAUSE_SECONDS)
        else:
            return True
    return False


def _abandoned(paths: Iterable[Path]) -> Iterator[tuple[Path, float]]:
    """The files that were written over a day ago, and when: seconds since 1970."""
    oldest = (clock.now() - ABANDONED_AFTER).timestamp()
    return ((path, state.st_mtime) for path, state in file_states(paths) if state.st_mtime < oldest)
