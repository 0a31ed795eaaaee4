"""SHA-256 digests of the files of an index folder, which never change once they are written; read by `bank check`."""

import hashlib
from pathlib import Path

from bank.search.engines.whoosh_engine.files import read_json_file, write_json_file
from bank.search.engines.whoosh_engine.schema import INDEX_NAME

DIGESTS_FILE = "digests.json"
INDEX_FILE_START = (f"{INDEX_NAME}_", f"_{INDEX_NAME}_")
"""How the names of segments' files and of tables of contents begin."""


def index_files(folder: Path) -> list[str]:
    """Names of the files that never change, ascending."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(INDEX_FILE_START) and path.suffix)


def note_file_digests(folder: Path) -> None:
    """Notes the digests of files that are new; those of files that are gone are forgotten."""
    known = known_digests(folder)
    found = {name: known.get(name) or file_digest(folder / name) for name in index_files(folder)}
    write_json_file(folder / DIGESTS_FILE, {name: digest for name, digest in found.items() if digest})


def damaged_index_files(folder: Path) -> list[str]:
    """Names of files whose bytes are no longer those that were written, or that are gone.

    Files are gone where the newest table of contents was noted, and with it all of its files: a worker that was killed
    before it noted a commit leaves names of files that the commit removed.
    """
    known, there = known_digests(folder), index_files(folder)
    contents = [name for name in there if name.endswith(".toc")]
    settled = bool(contents) and all(name in known for name in contents)
    changed = [name for name in there if name in known and file_digest(folder / name) != known[name]]
    return changed + sorted(known.keys() - set(there) if settled else ())


def known_digests(folder: Path) -> dict[str, str]:
    """File name -> digest, as they were noted; empty where none were, or they can't be read."""
    try:
        return {name: str(digest) for name, digest in read_json_file(folder / DIGESTS_FILE).items()}
    except (OSError, ValueError):
        return {}


def file_digest(path: Path) -> str | None:
    """SHA-256 (hex) of a file; None where it has gone meanwhile."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None
