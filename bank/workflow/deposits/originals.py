"""Where files, pictures and thumbnails of an entry stand, for whoever works on it; public pictures for everybody.

Paths are given; nothing is read.
"""

from pathlib import Path

from bank.errors import NotFound
from bank.workflow.bank import Bank
from bank.workflow.deposits.draft import ImageView
from bank.workflow.deposits.files import worked_on_file, worked_on_image
from bank.workflow.deposits.whole import expect_original_there, public_image, public_images
from bank.workflow.entries.public import Original, original_of
from bank.workflow.files.place import expect_own_place
from bank.workflow.files.thumbnails import thumbnail_name
from bank.workflow.rights import Viewer


def own_file(bank: Bank, viewer: Viewer | None, number: int, file: int) -> Original:
    """Where a file's original stands, with name, type, size and digest. Raises SignInNeeded, NotFound."""
    return expect_original_there(bank, original_of(bank, worked_on_file(bank, viewer, number, file)))


def own_image(bank: Bank, viewer: Viewer | None, number: int, image: int) -> Original:
    """Where a picture stands, with name, type, size and digest. Raises SignInNeeded, NotFound."""
    row = worked_on_image(bank, viewer, number, image)
    return expect_original_there(
        bank, Original(bank.uploads.path(row.digest), row.name, row.media_type, row.size, row.digest)
    )


def own_thumbnail(bank: Bank, viewer: Viewer | None, number: int, file: int) -> Path:
    """The path of the thumbnail (WebP) of a file's first page. Raises SignInNeeded, NotFound."""
    return small_picture_path(bank, worked_on_file(bank, viewer, number, file).digest)


def own_small_image(bank: Bank, viewer: Viewer | None, number: int, image: int) -> Path:
    """The path of a picture made small (WebP). Raises SignInNeeded, NotFound."""
    return small_picture_path(bank, worked_on_image(bank, viewer, number, image).digest)


def public_pictures(bank: Bank, number: int) -> tuple[ImageView, ...]:
    """The pictures of a published entry that are not held back."""
    with bank.database.reading() as session:
        return public_images(session, number)


def public_small_image(bank: Bank, number: int, image: int) -> Path:
    """The path of a published entry's picture made small (WebP). Raises NotFound, Gone."""
    with bank.database.reading() as session:
        return small_picture_path(bank, public_image(session, number, image).digest)


def small_picture_path(bank: Bank, digest: str) -> Path:
    """The path of the small picture of an original or picture with this digest. Raises NotFound."""
    found = bank.uploads.derived(thumbnail_name(digest))
    if found is None:
        expect_own_place(bank)
        raise NotFound
    return found
