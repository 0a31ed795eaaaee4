"""Originals, kept under the SHA-256 of their bytes.

A file is written under a temporary name on the same file system, fsynced, renamed into place, and its folders are
fsynced; only then is its digest returned. So a row that names a digest never points at a missing file, and a crash
leaves nothing worse than an original that no row names, which a sweep removes after a day. What is made from originals
(thumbnails) stands apart, under ``derived``, and can be made again.
"""

import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from bank import clock, crash_points
from bank.disk import expect_disk_room, telling_disk_failures
from bank.errors import Invalid, NotFound, TooLarge
from bank.messages import N_
from bank.whole_files import fsync_folder

MEGABYTE = 1024 * 1024
UPLOAD_CHUNK_BYTES = MEGABYTE
ABANDONED_AFTER = timedelta(hours=24)
LOCK_TRIES, LOCK_PAUSE_SECONDS = 20, 0.02
"""Tries of a sweep to lock the folder for itself, and seconds between two tries."""
SHA256_HEX = re.compile(r"[0-9a-f]{64}")
DERIVED_NAME_PATTERN = re.compile(r"[0-9a-f]{64}(-[0-9a-z]+)*\.[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An original that is durably stored. `size` is in bytes; `new` is False when its bytes were there before."""

    digest: str
    size: int
    new: bool


@dataclass(frozen=True, slots=True)
class StagedFile:
    """Bytes that came in and are not stored yet; the file `path` exists until its with block ends. `size` in bytes."""

    path: Path
    digest: str
    size: int


class Uploads(Protocol):
    """A store of originals by digest, and of what was derived from them by name."""

    def staged(self, source: BinaryIO, limit: int) -> AbstractContextManager[StagedFile]:
        """Copies `source` into a temporary file for a with block. Raises TooLarge once it read over `limit` bytes.

        Raises DiskFull where the disk would not keep its margin, ReadOnlyDisk; whatever was written is deleted.
        """

    def keep(self, staged: StagedFile) -> StoredFile:
        """Stores a staged file as an original under its digest."""

    def put(self, source: BinaryIO | Path, limit: int) -> StoredFile:
        """Stores the bytes of `source`. Raises TooLarge, storing nothing, once more than `limit` bytes were read."""

    def path(self, digest: str) -> Path:
        """The path of an original, whether or not it exists. Raises Invalid unless `digest` is 64 hex digits."""

    def open(self, digest: str) -> BinaryIO:
        """The original, opened for reading. Raises NotFound where there is none."""

    def has(self, digest: str) -> bool:
        """True when the original exists; its bytes are not checked."""

    def verify(self, digest: str) -> bool:
        """True when the original exists and its bytes still have this digest."""

    def digests(self) -> Iterator[str]:
        """The digest of every stored original, in no stated order."""

    def sweep(self) -> int:
        """Removes temporary files older than a day, which a crash left; the number of files removed."""

    def size(self) -> int:
        """Bytes of all stored originals together, whether or not a row names them."""

    def sweep_unnamed(self, named: Callable[[], Container[str]]) -> int:
        """Removes originals, and what was derived from them, whose digests are not among `named`; how many files.

        Only files older than a day are removed: the row that names a new one may not be written yet.
        Nothing is removed while somebody holds the store `steady`.
        """

    def steady(self) -> AbstractContextManager[None]:
        """While this lasts no original is removed."""

    def put_derived(self, name: str, data: bytes) -> None:
        """Stores `data` under `name`, replacing what stood there. Raises Invalid for a name that is not allowed.

        A name is ``DIGEST.ENDING`` or ``DIGEST-WORD[-WORD...].ENDING``, of lower-case ASCII letters and digits.
        """

    def derived(self, name: str) -> Path | None:
        """The path of a derived file; None when there is none."""


@dataclass(frozen=True, slots=True)
class UploadsFolder:
    """Uploads in a local folder: ``sha256/ab/cd/DIGEST`` (mode 0640), ``derived/ab/NAME``, ``temporary/``."""

    root: Path

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
                digest, size = _copy(source, temporary, limit)
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
        return self.path(digest).is_file()

    def verify(self, digest: str) -> bool:
        try:
            with self.path(digest).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == digest
        except FileNotFoundError:
            return False

    def digests(self) -> Iterator[str]:
        for path in (self.root / "sha256").glob("??/??/*"):
            if SHA256_HEX.fullmatch(path.name):
                yield path.name

    def sweep(self) -> int:
        found = list(_abandoned((self.root / "temporary").glob("*")))
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)

    def size(self) -> int:
        return sum(state.st_size for _, state in _states((self.root / "sha256").glob("??/??/*")))

    def sweep_unnamed(self, named: Callable[[], Container[str]]) -> int:
        with self._locked(fcntl.LOCK_EX | fcntl.LOCK_NB) as alone:
            if not alone:
                return 0
            # Storing waits for this lock: no file that is looked at here can come to be named before the block ends.
            old = [
                *_abandoned((self.root / "sha256").glob("??/??/*")),
                *_abandoned((self.root / "derived").glob("??/*")),
            ]
            known = named() if old else ()
            unnamed = [path for path in old if SHA256_HEX.match(path.name) and path.name[:64] not in known]
            for path in unnamed:
                path.unlink(missing_ok=True)
            return len(unnamed)

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
                with _create(temporary) as out:
                    out.write(data)
                    _flush(out)
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
            temporary.replace(target)
        crash_points.crash_point("upload.renamed")
        folder = target.parent
        while folder != self.root:
            fsync_folder(folder)
            folder = folder.parent
        fsync_folder(self.root)
        crash_points.crash_point("upload.settled")


def _copy(stream: BinaryIO, target: Path, limit: int) -> tuple[str, int]:
    """Writes and fsyncs `stream` into the new file `target`; its (digest, size). Raises TooLarge past `limit` bytes."""
    hashed = hashlib.sha256()
    size = 0
    with _create(target) as out:
        while chunk := stream.read(UPLOAD_CHUNK_BYTES):
            size += len(chunk)
            if size > limit:
                raise TooLarge(N_("The file is larger than {limit} MB."), limit=limit // MEGABYTE)
            expect_disk_room(target.parent, len(chunk))
            hashed.update(chunk)
            out.write(chunk)
        crash_points.crash_point("upload.written")
        _flush(out)
        crash_points.crash_point("upload.synced")
    return hashed.hexdigest(), size


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


def _states(paths: Iterable[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """(path, stat) of each file that still exists."""
    for path in paths:
        try:
            yield path, path.stat()
        except FileNotFoundError:
            continue


def _abandoned(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that were written over a day ago."""
    oldest = (clock.now() - ABANDONED_AFTER).timestamp()
    return (path for path, state in _states(paths) if state.st_mtime < oldest)


def _create(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
    os.fchmod(descriptor, 0o640)  # a service's umask may be 0000
    return os.fdopen(descriptor, "wb")


def _flush(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())
