"""Files that somebody sends: examined before anything is stored, and stored before any row names them."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from bank import crash_points, ingest
from bank.catalogue.tables import Entry, Image
from bank.catalogue.unpublished import SizedDigest
from bank.clock import now
from bank.errors import RefusedFile
from bank.messages import N_, say
from bank.uploads import StagedFile
from bank.workflow.bank import Bank
from bank.workflow.files.names import shown_name
from bank.workflow.files.place import expect_own_place
from bank.workflow.files.quota import expect_network_quota, expect_unpublished_quota, hold_room
from bank.workflow.files.rows import KeptFile
from bank.workflow.files.thumbnails import thumbnail_name
from bank.workflow.rights import Viewer

MOST_FILES_OF_ENTRY = 40
"""Files that an entry may have, and pictures."""
TOO_MANY_FILES = N_("An entry takes at most {most} files and as many pictures.")
PHOTOS_NAME = N_("scanned document")


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as it was sent: the name that it had there, and its bytes."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class KeptImage:
    """A picture that was drawn anew and stored. `size` in bytes, `width` and `height` in pixels."""

    name: str
    digest: str
    size: int
    media_type: str
    width: int
    height: int


KeptUpload = KeptFile | KeptImage


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that was examined and is not stored yet: its name, its bytes, its media type."""

    name: str
    staged: StagedFile
    media_type: str

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """Bytes ready to be stored, what their row will say, and the small picture (WebP) that goes beside them."""

    kept: KeptUpload
    staged: StagedFile
    thumbnail: bytes = b""


@contextmanager
def arrived_files(bank: Bank, incoming: Sequence[IncomingFile]) -> Iterator[Sequence[ArrivedFile]]:
    """Stages the sent files and yields them with their media types.

    They are deleted when the block ends, unless `keep_files` has stored them. Raises WrongType, TooLarge and
    RefusedFile for a file that can't be taken, OriginalsAway where the folder of originals is not the bank's.
    """
    if incoming:
        expect_own_place(bank)
    if len(incoming) > 2 * MOST_FILES_OF_ENTRY:
        raise RefusedFile(TOO_MANY_FILES, most=MOST_FILES_OF_ENTRY)
    limit = bank.settings.max_upload_bytes
    with ExitStack() as stack:
        staged = [
            (shown_name(Path(one.name)), stack.enter_context(bank.uploads.staged(one.stream, limit)))
            for one in incoming
        ]
        yield [ArrivedFile(name, file, media_type_of(file.path, name)) for name, file in staged]


def take_files(
    bank: Bank, viewer: Viewer, city: str | None, incoming: Sequence[IncomingFile], as_document: bool = False
) -> list[KeptUpload]:
    """Stores what was sent, all or nothing. Raises as `arrived_files` and `keep_files`."""
    with arrived_files(bank, incoming) as files:
        return keep_files(bank, viewer, city, files, as_document)


def keep_files(
    bank: Bank, viewer: Viewer, city: str | None, files: Sequence[ArrivedFile], as_document: bool
) -> list[KeptUpload]:
    """Stores the files; with `as_document` the pictures become the pages of one PDF.

    They count for the viewer, and for the `city` that leads the entry, before the first is stored. Raises RefusedFile
    for a picture that can't be drawn and NoRoom where there is no room, before any of them is stored.
    """
    if not files:
        return []
    with bank.database.reading() as session:
        expect_unpublished_quota(bank, session, viewer.id, city, sized_digests(files))
    crash_points.crash_point("upload.staged")
    with ExitStack() as stack:
        ready = list(ready_files(bank, stack, files, as_document))
        expect_network_quota(bank, sum(one.staged.size for one in ready))
        with bank.database.writing() as session:
            hold_room(bank, session, viewer.id, city, sized_digests(ready))
        for one in ready:
            bank.uploads.keep(one.staged)
            if one.thumbnail:
                bank.uploads.put_derived(thumbnail_name(one.staged.digest), one.thumbnail)
    crash_points.crash_point("upload.stored")
    return [one.kept for one in ready]


def sized_digests(files: Sequence[ArrivedFile | ReadyFile]) -> list[SizedDigest]:
    """Digest and size of each file."""
    return [(one.staged.digest, one.staged.size) for one in files]


def image_row(entry: Entry, number: int, kept: KeptImage, added_by: int | None) -> Image:
    """The row of a picture that is stored."""
    return Image(
        entry_id=entry.id,
        number=number,
        name=kept.name[:255],
        media_type=kept.media_type,
        size=kept.size,
        digest=kept.digest,
        width=kept.width,
        height=kept.height,
        added=now(),
        added_by=added_by,
    )


def media_type_of(path: Path, name: str) -> str:
    """The media type of a file. Raises as `expect_type`; the error's value `file` is the name."""
    try:
        return ingest.expect_type(path, name)
    except RefusedFile as error:
        error.values = {**error.values, "file": name}
        raise


def ready_files(bank: Bank, stack: ExitStack, files: Sequence[ArrivedFile], as_document: bool) -> Iterator[ReadyFile]:
    """Each file as it will be stored, valid until `stack` ends.

    Pictures are drawn anew, so that nothing hidden in them remains.
    """
    pictures = [one for one in files if one.is_picture]
    if as_document and pictures:
        yield ready_document(bank, stack, [one.staged.path for one in pictures])
    elif pictures:
        yield from (ready_picture(bank, stack, one) for one in pictures)
    for one in files:
        if not one.is_picture:
            yield ReadyFile(KeptFile(one.name, one.staged.digest, one.staged.size, one.media_type), one.staged)


def ready_picture(bank: Bank, stack: ExitStack, one: ArrivedFile) -> ReadyFile:
    """A picture drawn anew, with a small one beside it. Raises RefusedFile for what can't be drawn."""
    drawn = ingest.redraw_picture(one.staged.path)
    staged = stack.enter_context(bank.uploads.staged(BytesIO(drawn.data), bank.settings.max_upload_bytes))
    kept = KeptImage(one.name, staged.digest, staged.size, drawn.media_type, drawn.width, drawn.height)
    return ReadyFile(kept, staged, drawn.thumbnail)


def ready_document(bank: Bank, stack: ExitStack, paths: Sequence[Path]) -> ReadyFile:
    """One PDF whose pages are these photos. Raises RefusedFile for what can't be drawn."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "document.pdf"
        ingest.photos_to_pdf(paths, target, bank.settings.paper)
        with target.open("rb") as stream:
            staged = stack.enter_context(bank.uploads.staged(stream, bank.settings.max_upload_bytes))
    name = f"{say(PHOTOS_NAME, bank.settings.language)}.pdf"
    return ReadyFile(KeptFile(name, staged.digest, staged.size, "application/pdf"), staged)
