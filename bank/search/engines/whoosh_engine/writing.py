"""Changes an index: one commit per call, segments never in one file, everything made to last."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import CLEAR, NO_MERGE, SegmentWriter

from bank.errors import Busy
from bank.search.document import SearchDocument
from bank.search.engines.whoosh_engine.codec import Codec
from bank.search.engines.whoosh_engine.files import sync_files, sync_folder
from bank.search.engines.whoosh_engine.lexicon import lexicon_path, read_lexicon, save_lexicon
from bank.search.engines.whoosh_engine.merging import by_size, is_due
from bank.search.engines.whoosh_engine.pool import Pool
from bank.search.engines.whoosh_engine.schema import IDS, fields
from bank.search.passages import lay_out

PATIENCE = 10.0
"""Seconds to wait for another writer."""
MEMORY = 256 * 1024 * 1024
"""Bytes of postings that are collected before some are laid aside on disk."""
SMALL = 50
"""The words of a segment of so few documents are not worth a file."""


def put(index: FileIndex, documents: Iterable[SearchDocument], held: Mapping[int, int]) -> None:
    """Adds documents, replacing older versions of them; `held` are the versions there."""
    writer = open_writer(index)
    added: dict[int, int] = {}
    try:
        for document in documents:
            before = added.get(document.id, held.get(document.id))
            if before is not None and before > document.version:
                continue
            if document.id in added:
                commit(index, writer)
                held, added, writer = {**held, **added}, {}, open_writer(index)
            if document.id in held:
                delete(writer, document.id)
            writer.add_document(**fields(document, lay_out(document)))
            added[document.id] = document.version
        commit(index, writer)
    except BaseException:
        abandon(writer)
        raise


def drop(index: FileIndex, ids: Iterable[int]) -> None:
    """Takes documents out that are there."""
    numbers = list(ids)
    if not numbers:
        return
    writer = open_writer(index)
    try:
        for number in numbers:
            delete(writer, number)
        commit(index, writer)
    except BaseException:
        abandon(writer)
        raise


def empty(index: FileIndex) -> None:
    writer = open_writer(index)
    try:
        commit(index, writer, CLEAR)
    except BaseException:
        abandon(writer)
        raise


def tidy(index: FileIndex, sizes: Iterable[int]) -> None:
    """Merges small segments where many of about one size are left, in a commit of its own: nothing waits for it."""
    if not is_due(sizes):
        return
    writer = open_writer(index)
    try:
        commit(index, writer, by_size)
    except BaseException:
        abandon(writer)
        raise


def open_writer(index: FileIndex) -> SegmentWriter:
    """Raises Busy when another process goes on writing."""
    try:
        writer = index.writer(timeout=PATIENCE, compound=False, codec=Codec())
    except LockError as failure:
        raise Busy("Another process is writing the search index.") from failure
    writer.pool = Pool(Path(index.storage.folder), MEMORY)
    return writer


def delete(writer: SegmentWriter, number: int) -> None:
    reader = writer.searcher().reader()
    term = str(number).encode()
    if (IDS, term) not in reader:
        return
    matcher = reader.postings(IDS, term)
    while matcher.is_active():
        writer.delete_document(matcher.id())
        matcher.next()


Merge = Callable[[SegmentWriter, list[Segment]], list[Segment]]


def commit(index: FileIndex, writer: SegmentWriter, merge: Merge = NO_MERGE) -> None:
    def measured(own: SegmentWriter, segments: list[Segment]) -> list[Segment]:
        left = merge(own, segments)
        own.codec.documents = own.doc_count()
        return left

    writer.commit(mergetype=measured)
    folder = Path(index.storage.folder)
    own = writer.newsegment.segment_id()
    if writer.doc_count() > SMALL:
        keep_lexicon(index, writer.newsegment, folder)
    sync_files(path for path in folder.iterdir() if path.name.startswith(own) or path.suffix == ".toc")
    sync_folder(folder)


def keep_lexicon(index: FileIndex, segment: Segment, folder: Path) -> None:
    """Works out once what every reader of a large segment would have to."""
    reader = SegmentReader(index.storage, index.schema, segment)
    save_lexicon(read_lexicon(reader), lexicon_path(folder, segment.segment_id()))
    reader.close()


def abandon(writer: SegmentWriter) -> None:
    """Gives up what was not committed, and the lock: a commit that fails half way keeps it."""
    try:
        if not writer.is_closed:
            writer.cancel()
    finally:
        if writer.writelock is not None and not writer.is_closed:
            writer.writelock.release()
