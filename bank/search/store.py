"""The index on disk: numbered folders, and a file `current` that names the folder that serves."""

import re
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from bank.errors import BankError, Busy, Damaged
from bank.messages import N_
from bank.search.engine import Engine
from bank.search.engines.whoosh_engine import INDEX_FINGERPRINT, WhooshEngine, damaged_index_files
from bank.whole_files import write_as_only_writer

CURRENT_FILE = "current"
INDEX_BUILDING = N_("The search index is being built. Please try again in a moment.")
INDEX_IN_THE_WAY = N_(
    "There is a file where the folder of the search index should be: {path}. Move it away, then `bank check --repair`."
)
FOLDER_NUMBER = re.compile(r"[0-9]{4,9}")


class IndexStore:
    """The index folders of one bank. All of them can be made again from the catalogue; nothing is deleted on error."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = threading.Lock()
        self.open: WhooshEngine | None = None
        self.opened: tuple[int, int] | None = None

    def engine(self) -> Engine:
        """The engine that serves now; the same object until a rebuilt index is swapped in. Cheap: reads one small file.

        Raises Busy when there is no index or it can't be read: the worker fills a new one. Raises Damaged
        where a file stands in its place.
        """
        pointer, name = self.pointer(), self.current()
        if name is None:
            raise self.no_index()
        if self.open is None or self.opened != pointer:
            with self.lock:
                if self.open is None or self.opened != pointer:
                    self.open, self.opened = open_index(self.root / name), pointer
        return self.open

    def no_index(self) -> BankError:
        """Why there is no index: it is being built, unless a file stands where its folder should be."""
        if self.root.is_file():
            return Damaged(INDEX_IN_THE_WAY, path=self.root.absolute())
        return Busy(INDEX_BUILDING)

    def pointer(self) -> tuple[int, int] | None:
        """Inode and time of change of the file `current`, which every swap replaces; None where there is none."""
        try:
            told = (self.root / CURRENT_FILE).stat()
        except OSError:
            return None
        return told.st_ino, told.st_mtime_ns

    def writer(self) -> Engine:
        """The engine for the one process that writes; an empty index is made where there is none."""
        if self.current() is None:
            rebuild = self.begin()
            rebuild.swap(None)
        return self.engine()

    def begin(self) -> "Rebuild":
        """Makes an empty index folder beside the one that serves. Raises Damaged where a file is in the way."""
        if self.root.is_file():
            raise Damaged(INDEX_IN_THE_WAY, path=self.root.absolute())
        self.root.mkdir(parents=True, exist_ok=True)
        number = max((int(folder.name) for folder in self.folders()), default=0) + 1
        folder = self.root / f"{number:04d}"
        folder.mkdir()
        return Rebuild(self, WhooshEngine.create(folder))

    def stale(self) -> str | None:
        """Why the index must be filled anew: `absent`, `unreadable` or `other fingerprint`; None when it need not."""
        if self.current() is None:
            return "absent"
        try:
            state = self.engine().state()
        except Exception:  # noqa: BLE001 - whatever Whoosh or pickle raise on a broken file, it must be filled anew
            return "unreadable"
        return None if state.fingerprint == INDEX_FINGERPRINT else "other fingerprint"

    def current(self) -> str | None:
        """The name of the folder that serves; None when the file is not there or names none."""
        try:
            name = (self.root / CURRENT_FILE).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return name if FOLDER_NUMBER.fullmatch(name) and (self.root / name).is_dir() else None

    def damaged_files(self) -> list[str]:
        """Names of files of the serving folder whose bytes have changed, or that are gone; reads all of it."""
        name = self.current()
        return damaged_index_files(self.root / name) if name else []

    def folders(self) -> list[Path]:
        """The numbered folders, ascending."""
        return sorted(path for path in self.root.iterdir() if FOLDER_NUMBER.fullmatch(path.name) and path.is_dir())

    def close(self) -> None:
        """Closes the open engine; the next call of `engine` opens one again."""
        if self.open is not None:
            self.open.close()
            self.open = None


@dataclass(frozen=True, slots=True)
class Rebuild:
    """A new index folder being filled while the current one serves.

    `swap` makes it current, `abandon` deletes it.
    """

    store: IndexStore
    engine: WhooshEngine

    def swap(self, position: int | None) -> None:
        """Makes this folder current, noting the outbox `position` that it was filled up to.

        The folder before it stays for readers that still use it, until the next swap; older ones are deleted.
        """
        self.engine.note(position)
        before = self.store.current()
        point_to_folder(self.store.root, self.engine.folder.name)
        kept = {self.engine.folder.name, before}
        for folder in self.store.folders():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def abandon(self) -> None:
        """Deletes the unfinished index folder."""
        self.engine.close()
        shutil.rmtree(self.engine.folder, ignore_errors=True)


def open_index(folder: Path) -> WhooshEngine:
    """The index in `folder`. Raises Busy where it can't be read."""
    try:
        return WhooshEngine(folder)
    except Exception as error:
        raise Busy(INDEX_BUILDING) from error


def point_to_folder(root: Path, name: str) -> None:
    """Writes the name of the serving folder atomically, so that it survives a power cut."""
    write_as_only_writer(root / CURRENT_FILE, f"{name}\n".encode("ascii"))
