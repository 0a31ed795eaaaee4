"""The archive of a backup: one uncompressed tar with a copy of the database, the originals and, last, a manifest.

The manifest stands last, so an archive that was cut off has none and is refused. Names are few and fixed: ``bank.db``,
``originals/DIGEST``, ``manifest.json``.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, BinaryIO

from bank.errors import Damaged, NotFound
from bank.messages import N_
from bank.progress import Progress, no_progress

ARCHIVE_FORMAT = 1
DATABASE_MEMBER = "bank.db"
ORIGINALS_PREFIX = "originals/"
MANIFEST_MEMBER = "manifest.json"
LARGEST_MANIFEST_BYTES = 256 * 1024 * 1024
MEMBER_NAME = re.compile(r"bank\.db|manifest\.json|originals/[0-9a-f]{64}")
ARCHIVE_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds. `database` is the copy's SHA-256; `left_out` names originals that were missing or bad.

    `acts` is the number of the newest audit row and `head` its chain value; 0 and empty in older archives.
    """

    format: int
    version: str
    made: str
    database: str
    originals: tuple[str, ...]
    left_out: tuple[str, ...]
    acts: int = 0
    head: str = ""


def add_member(archive: tarfile.TarFile, name: str, source: BinaryIO, moment: float) -> int:
    """Adds the bytes of `source` as a regular file with mode 0600; its size in bytes."""
    member = tarfile.TarInfo(name)
    member.size = source.seek(0, os.SEEK_END)
    member.mode = 0o600
    member.mtime = int(moment)
    source.seek(0)
    archive.addfile(member, source)
    return member.size


def add_manifest(archive: tarfile.TarFile, manifest: Manifest, moment: float) -> None:
    """Adds the manifest, the last member of an archive."""
    add_member(archive, MANIFEST_MEMBER, io.BytesIO(json.dumps(asdict(manifest), indent=1).encode()), moment)


def examine_archive(path: Path, progress: Progress = no_progress) -> Manifest:
    """Reads an archive from end to end and checks every digest. Raises NotFound or Damaged; writes nothing."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    with open_archive(path) as members:
        for done, (name, content) in enumerate(members):
            progress(done, None, name)
            if name == MANIFEST_MEMBER:
                manifest = _manifest(content.read(LARGEST_MANIFEST_BYTES))
            else:
                found[name] = digest_of_stream(content)
    if manifest is None:
        raise Damaged(N_("The backup is not complete: its list of contents is missing."))
    promised = {DATABASE_MEMBER: manifest.database} | {
        f"{ORIGINALS_PREFIX}{digest}": digest for digest in manifest.originals
    }
    for name in sorted(promised.keys() | found.keys()):
        if found.get(name) != promised.get(name):
            raise Damaged(N_("The backup is damaged: {name} is missing or has changed."), name=name)
    return manifest


ArchiveMembers = Iterator[tuple[str, IO[bytes]]]
"""(name, content) of each member, in order; a content must be read before the next is asked for."""


@contextmanager
def open_archive(path: Path) -> Iterator[ArchiveMembers]:
    """The members of an archive.

    Raises NotFound, and Damaged for what is no archive of a bank, also while the members are read.
    """
    if not path.is_file():
        raise NotFound(N_("There is no file {path}."), path=str(path))
    try:
        with tarfile.open(path, "r:") as archive:
            yield _members(archive)
    except (tarfile.TarError, EOFError) as error:
        raise Damaged(N_("The backup can't be read: {file} is damaged or no backup."), file=str(path)) from error


def _members(archive: tarfile.TarFile) -> ArchiveMembers:
    """Yields the members; raises Damaged for any other name, a repeated one, or what is no regular file."""
    seen: set[str] = set()
    for member in archive:
        if not MEMBER_NAME.fullmatch(member.name) or member.type != tarfile.REGTYPE or member.name in seen:
            raise Damaged(N_("This is no backup of a bank: {name} has no place in one."), name=member.name[:200])
        seen.add(member.name)
        content = archive.extractfile(member)
        if content is not None:
            yield member.name, content


def _manifest(text: bytes) -> Manifest:
    """Reads the manifest. Raises Damaged for one of another shape or of a newer format."""
    try:
        given = json.loads(text)
        if given["format"] > ARCHIVE_FORMAT:
            raise Damaged(
                N_("This backup was made by a newer version of the bank; install that version to restore it.")
            )
        given |= {name: tuple(map(str, given[name])) for name in ("originals", "left_out")}
        return Manifest(**{field.name: given[field.name] for field in fields(Manifest) if field.name in given})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Damaged(N_("The backup is damaged: its list of contents can't be read.")) from error


def digest_of_stream(content: IO[bytes]) -> str:
    """SHA-256 (hex) of a stream's bytes."""
    hashed = hashlib.sha256()
    while chunk := content.read(ARCHIVE_CHUNK_BYTES):
        hashed.update(chunk)
    return hashed.hexdigest()
