"""Where a command may write a file, and where a bank may be made: nowhere among the files of a bank."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bank.catalogue.anchor import ANCHOR_SUFFIX
from bank.catalogue.sqlite import database_path
from bank.errors import Conflict
from bank.markers import read_marker
from bank.messages import N_
from bank.reserve import RESERVE_NAME
from bank.settings import Settings
from bank.workflow.upkeep.anew import DATABASE_ENDINGS

TARGET_IS_OF_THE_BANK = N_(
    "{path} is of the bank itself, and writing there would damage it. Nothing was written. Name a file in another "
    "folder."
)
HOME_IS_OF_A_BANK = N_(
    "{folder} lies in {outer}, among the originals or the index of a bank. Nothing was made there. Name a folder "
    "outside of that bank in BANK_HOME, or with --into."
)


def expect_target_outside_bank(settings: Settings, target: Path) -> None:
    """Raises Conflict where `target` is a file of the bank, or would be one, or lies among its originals or its index.

    Links are followed, so that none leads there.
    """
    place = target.resolve()
    among = (settings.uploads_folder, settings.index_folder)
    if place in map(Path.resolve, own_files(settings)) or any(place.is_relative_to(one.resolve()) for one in among):
        raise Conflict(TARGET_IS_OF_THE_BANK, path=target)


def expect_home_outside_banks(settings: Settings) -> None:
    """Raises Conflict where a bank that is not yet there would lie among the originals or in the index of another."""
    own = {settings.uploads_folder.resolve(), settings.index_folder.resolve()}
    for folder in (settings.home, settings.database_folder):
        place = folder.resolve()
        for outer in (place, *place.parents):
            if outer not in own and is_marked(outer):
                raise Conflict(HOME_IS_OF_A_BANK, folder=folder.absolute(), outer=outer)


def is_marked(folder: Path) -> bool:
    """Whether a folder is marked as one of a bank; False where it can't be looked at."""
    with suppress(OSError):
        return read_marker(folder) is not None
    return False


def own_files(settings: Settings) -> Iterator[Path]:
    """The files that a bank has outside its folders, or may come to have: with SQLite's journals."""
    database = database_path(settings.database)
    for path in (database, settings.vectors_file):
        yield from (path.with_name(path.name + ending) for ending in DATABASE_ENDINGS)
    yield database.with_suffix(ANCHOR_SUFFIX)
    yield database.with_name(RESERVE_NAME)
    yield from (settings.home / name for name in ("secret.key", "worker.lock"))
