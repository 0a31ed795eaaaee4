"""Pages of originals drawn on demand, kept on the disk within bounds: what was not asked for longest goes first.

They can all be made again: they are in no backup, and where the disk is full they are made without being kept. Any
number of processes may use one folder: files are written whole and replaced by equal ones.
"""

import logging
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from pathlib import Path

from bank.disk import expect_disk_room
from bank.errors import BankError, Busy, Invalid
from bank.uploads.writing import create_private, file_states, flush_to_disk

log = logging.getLogger("bank.drawn")
DRAWN_NAME = re.compile(r"[0-9a-f]{64}-[0-9]{1,6}(-[0-9a-z]+)?\.[0-9a-z]+")
AT_ONCE, MOST_ASKING = 2, 12
"""Drawings that are made at once; threads that make one or wait for one. The others of the server stay free."""
LONGEST_DRAWING_WAIT_SECONDS = 30.0
FAILURE_SECONDS = 3600.0
"""How long it is remembered that something could not be drawn."""
USE_SECONDS = 300.0
"""How exactly it is remembered when a drawing was last asked for."""
KEPT_SHARE, SPARE_SHARE = 0.8, 0.1
"""Too many drawings are cut down to so much of the bound; it is looked at after so much of it was written."""
ABANDONED_SECONDS = 3600.0


class DrawnPages:
    """Drawings by name, ``DIGEST-PAGE[-WORD].ENDING``, as ``FOLDER/ab/NAME``; an empty file is one that failed."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._making: dict[str, Future[bytes]] = {}
        self._asking = 0
        self._unwanted: set[str] = set()
        """What is being made of originals that were forgotten meanwhile."""
        self._written: int | None = None
        """Bytes written since the folder was last measured; None before that."""

    def kept(self, name: str) -> bytes | None:
        """The drawing; empty for one that failed a little while ago, None where it is not kept."""
        path = self._path(name)
        try:
            data, age = path.read_bytes(), time.time() - path.stat().st_mtime
            if not data:
                return data if age < FAILURE_SECONDS else None
            if age > USE_SECONDS:
                os.utime(path)
        except OSError:
            return None
        return data

    def recall(self, name: str, make: Callable[[], bytes], patience: float = LONGEST_DRAWING_WAIT_SECONDS) -> bytes:
        """The drawing, made by `make` where it is not kept; equal requests share one making. Empty for a failure.

        Raises Busy where too many wait, or its turn has not come after `patience` seconds.
        """
        data = self.kept(name)
        if data is not None:
            return data
        with self._lock:
            if self._asking >= MOST_ASKING:
                raise Busy
            self._asking += 1
            shared = self._making.get(name)
            mine = self._making[name] = shared or Future()
        try:
            if shared is None:
                return self._make(name, make, mine, patience)
            return shared.result(patience)
        except FutureTimeout:
            raise Busy from None
        finally:
            with self._lock:
                self._asking -= 1

    def _make(self, name: str, make: Callable[[], bytes], made: "Future[bytes]", patience: float) -> bytes:
        """Makes a drawing in its turn, keeps it and hands it to all who wait for it."""
        try:
            data = self._make_in_turn(make, patience)
            self._keep_wanted(name, data)
            made.set_result(data)
        except BaseException as error:
            made.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._making[name]
                self._unwanted.discard(name)
        return data

    def _make_in_turn(self, make: Callable[[], bytes], patience: float) -> bytes:
        """What `make` makes; Busy where it has to wait longer."""
        if not self._turns.acquire(timeout=patience):
            raise Busy
        try:
            return make()
        finally:
            self._turns.release()

    def _keep_wanted(self, name: str, data: bytes) -> None:
        """Keeps a drawing, unless its original was forgotten while it was made."""
        self.keep(name, data)
        with self._lock:
            unwanted = name in self._unwanted
        if unwanted:
            self._path(name).unlink(missing_ok=True)

    def keep(self, name: str, data: bytes) -> None:
        """Keeps a drawing, unless there is no room for it."""
        target = self._path(name)
        if len(data) > self.most_bytes * SPARE_SHARE:
            return
        try:
            expect_disk_room(self.folder, len(data))
            target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            temporary = target.with_name(f".{secrets.token_hex(8)}")
            try:
                with create_private(temporary) as out:
                    out.write(data)
                    flush_to_disk(out)
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
        except (OSError, BankError) as error:
            log.info("A drawn page was not kept: %s", error)
            return
        self._note(len(data))

    def _note(self, size: int) -> None:
        """Counts what was written, and measures the folder when that may be too much."""
        with self._lock:
            first = self._written is None
            self._written = (self._written or 0) + size
            due = first or self._written > self.most_bytes * SPARE_SHARE
            if due:
                self._written = 0
        if due:
            self.trim()

    def trim(self) -> int:
        """Removes what was not asked for longest until the drawings are within the bound; how many files went.

        They may pass it by a tenth in each process between two measurements.
        """
        found = sorted((state.st_mtime, state.st_size, path) for path, state in file_states(self._files()))
        total, gone = sum(size for _, size, _ in found), 0
        most = self.most_bytes * (1 - SPARE_SHARE)
        for _, size, path in found if total > most else ():
            if total <= self.most_bytes * KEPT_SHARE:
                break
            with suppress(OSError):
                path.unlink(missing_ok=True)
                total, gone = total - size, gone + 1
        self._drop_abandoned()
        return gone

    def _drop_abandoned(self) -> None:
        """Removes what a crash left half written."""
        for path, state in file_states(self.folder.glob("??/.*")):
            if state.st_mtime < time.time() - ABANDONED_SECONDS:
                with suppress(OSError):
                    path.unlink(missing_ok=True)

    def forget(self, digests: Collection[str]) -> int:
        """Removes the drawings of these originals; how many files went."""
        gone = 0
        with self._lock:
            self._unwanted.update(name for name in self._making if name[:64] in digests)
        for digest in digests:
            for path in list((self.folder / digest[:2]).glob(f"{digest}-*")):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
                    gone += 1
        return gone

    def digests(self) -> set[str]:
        """The digests of the originals of which a drawing is kept."""
        return {path.name[:64] for path in self._files()}

    def size(self) -> int:
        """Bytes of all drawings."""
        return sum(state.st_size for _, state in file_states(self._files()))

    def _files(self) -> Iterator[Path]:
        return (path for path in self.folder.glob("??/*") if DRAWN_NAME.fullmatch(path.name))

    def _path(self, name: str) -> Path:
        if not DRAWN_NAME.fullmatch(name):
            raise Invalid
        return self.folder / name[:2] / name
