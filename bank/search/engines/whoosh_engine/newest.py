"""The newest snapshot of an index folder, read again only when there is a new generation."""

import os
import threading
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from bank.errors import Damaged
from bank.search.engines.whoosh_engine.schema import INDEX_NAME
from bank.search.engines.whoosh_engine.segment import Segment
from bank.search.engines.whoosh_engine.snapshot import Snapshot

TOC_PREFIX, TOC_SUFFIX = f"_{INDEX_NAME}_", ".toc"
SNAPSHOT_ATTEMPTS, SNAPSHOT_PAUSE_SECONDS = 20, 0.02
"""How often, and after how many seconds, reading is tried again when a writer removed files meanwhile."""


class NewestSnapshot:
    """Gives the newest snapshot of an index folder; a new one reuses the segments that are still part of the index."""

    def __init__(self, folder: Path, blocks: bool) -> None:
        """Raises Damaged when the folder holds no index that can be read."""
        self.folder = folder
        self.blocks = blocks
        self.lock = threading.Lock()
        try:
            self.index = FileIndex(FileStorage(str(folder)), indexname=INDEX_NAME)
            self.kept = self.newest({})
        except Exception as failure:  # whatever Whoosh or pickle raise on a broken file
            raise Damaged("The search index in {folder} can't be read.", folder=folder.name) from failure

    def generation(self) -> int:
        """The generation of the newest table of contents in the folder."""
        names = os.listdir(self.folder)  # noqa: PTH208 - at every search, and iterdir is four times slower
        found = (
            name[len(TOC_PREFIX) : -len(TOC_SUFFIX)]
            for name in names
            if name.startswith(TOC_PREFIX) and name.endswith(TOC_SUFFIX)
        )
        return max(map(int, found), default=-1)

    def snapshot(self) -> Snapshot:
        """The newest snapshot; it includes what other processes committed."""
        kept = self.kept
        if self.generation() != kept.generation:
            with self.lock:
                if self.generation() != self.kept.generation:
                    self.kept = self.newest({segment.name: segment for segment in self.kept.segments})
                kept = self.kept
        return kept

    def newest(self, known: dict[str, Segment]) -> Snapshot:
        """Reads a snapshot, reusing the `known` segments; tries again where files vanish meanwhile."""
        for _ in range(SNAPSHOT_ATTEMPTS):
            try:
                return self.read(known)
            except FileNotFoundError:
                time.sleep(SNAPSHOT_PAUSE_SECONDS)
        return self.read(known)

    def read(self, known: dict[str, Segment]) -> Snapshot:
        before = self.generation()
        reader = self.index.reader()
        leaves = [leaf for leaf, _ in reader.leaf_readers() if isinstance(leaf, SegmentReader)]
        deleted = [deleted_documents(leaf) for leaf in leaves]
        segments = [self.segment(leaf, known) for leaf in leaves]
        generation = reader.generation() if leaves else before
        return Snapshot(generation, segments, deleted)

    def segment(self, leaf: SegmentReader, known: dict[str, Segment]) -> Segment:
        name = leaf.segment().segment_id()
        if name not in known:
            return Segment(self.folder, leaf, self.blocks)
        leaf.close()
        return known[name]

    def close(self) -> None:
        self.kept = Snapshot(-1, (), ())


def deleted_documents(leaf: SegmentReader) -> NDArray[np.int64]:
    """Numbers of a segment's deleted documents, ascending."""
    return np.array(sorted(leaf.segment().deleted_docs()), np.int64)
