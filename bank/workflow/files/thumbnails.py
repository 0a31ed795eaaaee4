"""Thumbnails of first pages: derived from originals, made when a file is read and again after a restore."""

from pathlib import Path

from sqlalchemy import select

from bank import ingest
from bank.catalogue.tables import File
from bank.progress import Progress, no_progress
from bank.workflow.bank import Bank


def thumbnail_name(digest: str) -> str:
    """The name of the thumbnail, among the derived files, of an original with this digest."""
    return f"{digest}.webp"


def make_thumbnail(bank: Bank, path: Path, digest: str) -> bool:
    """Makes and stores the thumbnail of a PDF's first page; False where it can't be drawn."""
    picture = ingest.pdf_thumbnail(path)
    if picture:
        bank.uploads.put_derived(thumbnail_name(digest), picture)
    return bool(picture)


def make_missing_thumbnails(bank: Bank, progress: Progress = no_progress) -> int:
    """Makes again the thumbnails that are missing on disk. Returns how many were made."""
    with bank.database.reading() as session:
        digests = session.scalars(select(File.digest).where(File.thumbnail).distinct()).all()
    missing = [digest for digest in digests if bank.uploads.derived(thumbnail_name(digest)) is None]
    made = 0
    for number, digest in enumerate(missing, 1):
        made += bank.uploads.has(digest) and make_thumbnail(bank, bank.uploads.path(digest), digest)
        progress(number, len(missing))
    return made
