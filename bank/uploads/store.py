"""What a store of originals promises, whatever keeps them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Protocol


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


@dataclass(frozen=True, slots=True)
class OldFiles:
    """What a sweep may look at: what was stored over a day ago, for the row that names a new one may not be there yet.

    `originals` maps digests to when their bytes were stored; `derived` has the digests of originals, there or not, of
    which there are derived files; `young` is how many more originals there are.
    """

    originals: Mapping[str, datetime]
    derived: frozenset[str]
    young: int


SweepChoice = Callable[[OldFiles], Collection[str]]
"""Chooses which digests are moved aside."""


class Uploads(Protocol):
    """A store of originals by digest, and of what was derived from them by name."""

    def owner(self) -> str | None:
        """The identifier of the bank whose originals these are; None where none is noted."""

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
        """True when the original exists, can be read, and its bytes still have this digest.

        Raises OSError for what is not its own fault, as too many open files.
        """

    def digests(self) -> Iterator[str]:
        """The digest of every stored original, in no stated order; without those that were moved aside."""

    def sweep(self) -> int:
        """Removes temporary files older than a day, which a crash left; the number of files removed."""

    def size(self) -> int:
        """Bytes of all stored originals together, whether or not a row names them."""

    def move_aside(self, choose: SweepChoice, day: date) -> Collection[str] | None:
        """Moves the originals that `choose` names, and what was derived from them, aside under `day`.

        Returns the names of the files moved: an original's is its digest. Whatever `choose` raises is raised, and
        nothing moved. While somebody holds the store `steady` nothing is looked at or moved, and None is returned;
        storing waits until the move is over.
        """

    def moved_aside(self) -> Mapping[str, date]:
        """The digest of every original that was moved aside -> the last day on which it was."""

    def has_aside(self, digest: str) -> bool:
        """True when the original was moved aside and is still there; its bytes are not checked."""

    def bring_back(self, digest: str) -> bool:
        """Puts an original that was moved aside back in its place; False where none with these bytes is there."""

    def forget_aside(self, before: date, named: Callable[[], Collection[str]]) -> int:
        """Deletes what was moved aside before that day, but for originals among `named`; the number of files.

        `named` is asked only where there is something to delete.
        """

    def steady(self) -> AbstractContextManager[None]:
        """While this lasts no original is moved or removed."""

    def put_derived(self, name: str, data: bytes) -> None:
        """Stores `data` under `name`, replacing what stood there. Raises Invalid for a name that is not allowed.

        A name is ``DIGEST.ENDING`` or ``DIGEST-WORD[-WORD...].ENDING``, of lower-case ASCII letters and digits.
        """

    def derived(self, name: str) -> Path | None:
        """The path of a derived file; None when there is none."""
