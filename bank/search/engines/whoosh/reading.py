"""The snapshot of the newest generation, made anew only when there is one."""

import os
import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.reading import IndexReader

from bank.errors import Damaged
from bank.search.engines.whoosh.schema import INDEX
from bank.search.engines.whoosh.segment import Segment
from bank.search.engines.whoosh.snapshot import Snapshot

BEFORE, AFTER = f"_{INDEX}_", ".toc"


class Reading:
    """Holds the newest snapshot of a folder; segments that are still part of it are kept from one to the next."""

    def __init__(self, folder: Path, blocks: bool) -> None:
        self.folder = folder
        self.blocks = blocks
        self.lock = threading.Lock()
        try:
            self.index = FileIndex(FileStorage(str(folder)), indexname=INDEX)
            self.kept = self.read(None)
        except EmptyIndexError as failure:
            raise Damaged("There is no search index in {folder}.", folder=folder.name) from failure

    def generation(self) -> int:
        """The generation of the newest table of contents in the folder."""
        names = (name for name in os.listdir(self.folder) if name.startswith(BEFORE) and name.endswith(AFTER))  # noqa: PTH208 - at every search: iterdir is four times slower
        return max((int(name[len(BEFORE) : -len(AFTER)]) for name in names), default=-1)

    def snapshot(self) -> Snapshot:
        """The newest snapshot; what another process committed is in it."""
        if self.generation() != self.kept.generation:
            with self.lock:
                if self.generation() != self.kept.generation:
                    self.kept = self.read(self.kept)
        return self.kept

    def read(self, before: Snapshot | None) -> Snapshot:
        reader = self.index.reader()
        generation = reader.generation()
        known = {segment.name: segment for segment in before.segments} if before else {}
        segments, deleted = [], []
        for leaf, _ in reader.leaf_readers():
            if leaf.segment() is None if hasattr(leaf, "segment") else True:
                continue
            deleted.append(deletions(leaf))
            name = leaf.segment().segment_id()
            if name in known:
                leaf.close()
                segments.append(known[name])
            else:
                segments.append(Segment(self.folder, leaf, self.blocks))
        return Snapshot(self.generation() if generation is None else generation, segments, deleted)

    def close(self) -> None:
        self.kept = Snapshot(-1, (), ())


def deletions(leaf: IndexReader) -> NDArray[np.int64]:
    return np.array(sorted(leaf.segment().deleted_docs()), np.int64)
