"""How many bytes the parts of a bank take: the worker measures them from time to time, and pages show what it noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bank.clock import now
from bank.disk import folder_bytes
from bank.workflow.bank import Bank
from bank.workflow.upkeep.disk_state import disk_state
from bank.workflow.upkeep.notes import read_note, write_note

SIZES_KEY = "part_sizes"


@dataclass(frozen=True, slots=True)
class SizesNote:
    """Part -> the bytes that it took at `moment`: database, originals, removed (moved aside), index, vectors, drawn."""

    moment: datetime
    parts: Mapping[str, int]


def note_part_sizes(bank: Bank) -> None:
    """Measures the parts and notes their sizes; walks through all originals. Nothing on a disk without room."""
    if disk_state(bank.settings).condition != "ok":
        return
    measured = SizesNote(now(), part_sizes(bank))
    with bank.database.writing() as session:
        write_note(session, SIZES_KEY, measured)


def noted_sizes(session: Session) -> SizesNote | None:
    """The sizes as they were last noted; None before that."""
    return read_note(session, SIZES_KEY, SizesNote)


def part_sizes(bank: Bank) -> Mapping[str, int]:
    """How many bytes the bank's parts take now."""
    settings = bank.settings
    removed = folder_bytes(settings.uploads_folder / "removed")
    return {
        "database": database_bytes(Path(bank.database.engine.url.database or "")),
        "originals": max(folder_bytes(settings.uploads_folder) - removed, 0),
        "removed": removed,
        "index": folder_bytes(settings.index_folder),
        "vectors": database_bytes(settings.vectors_file),
        "drawn": folder_bytes(settings.drawn_folder),
    }


def database_bytes(path: Path) -> int:
    """Bytes of an SQLite file and of what stands beside it."""
    files = (path.with_name(path.name + ending) for ending in ("", "-wal", "-shm"))
    return sum(file.stat().st_size for file in files if file.is_file())
