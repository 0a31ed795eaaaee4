"""Writes an index: one commit per call, segments never packed into one file, everything flushed to the disk."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import CLEAR, NO_MERGE, SegmentWriter

from bank.errors import Busy
from bank.search.document import SearchDocument
from bank.search.engines.whoosh_engine.codec import Codec
from bank.search.engines.whoosh_engine.digests import note_file_digests
from bank.search.engines.whoosh_engine.files import fsync_files
from bank.search.engines.whoosh_engine.lexicon import build_lexicon, lexicon_path, save_lexicon
from bank.search.engines.whoosh_engine.merging import is_merge_due, merge_by_size
from bank.search.engines.whoosh_engine.pool import ArrayPostingPool
from bank.search.engines.whoosh_engine.schema import IDS_FIELD, index_fields
from bank.search.passages import lay_out
from bank.whole_files import fsync_folder

WRITER_WAIT_SECONDS = 10.0
"""Seconds to wait for another writer."""
POOL_BYTES = 256 * 1024 * 1024
"""Bytes of postings that are collected in memory before they are written to a temporary file."""
SMALL_SEGMENT_DOCUMENTS = 50
"""Segments of up to 50 documents get no lexicon file."""


def put_documents(index: FileIndex, documents: Iterable[SearchDocument], held: Mapping[int, int]) -> None:
    """Adds documents, replacing older versions of them; `held`: id -> version of the documents in the index."""
    writer = open_writer(index)
    added: dict[int, int] = {}
    try:
        for document in documents:
            before = added.get(document.id, held.get(document.id))
            if before is not None and before > document.version:
                continue
            if document.id in added:
                commit_writer(index, writer)
                held, added, writer = {**held, **added}, {}, open_writer(index)
            if document.id in held:
                delete_document(writer, document.id)
            writer.add_document(**index_fields(document, lay_out(document)))
            added[document.id] = document.version
        commit_writer(index, writer)
    except BaseException:
        abandon_writer(writer)
        raise


def drop_documents(index: FileIndex, ids: Iterable[int]) -> None:
    """Deletes the documents of these entries; ids that the index lacks are ignored."""
    numbers = list(ids)
    if not numbers:
        return
    writer = open_writer(index)
    try:
        for number in numbers:
            delete_document(writer, number)
        commit_writer(index, writer)
    except BaseException:
        abandon_writer(writer)
        raise


def empty_index(index: FileIndex) -> None:
    """Deletes all documents."""
    writer = open_writer(index)
    try:
        commit_writer(index, writer, CLEAR)
    except BaseException:
        abandon_writer(writer)
        raise


def merge_small_segments(index: FileIndex, sizes: Iterable[int]) -> None:
    """Merges small segments where many of about one size are left, in a commit of its own."""
    if not is_merge_due(sizes):
        return
    writer = open_writer(index)
    try:
        commit_writer(index, writer, merge_by_size)
    except BaseException:
        abandon_writer(writer)
        raise


def open_writer(index: FileIndex) -> SegmentWriter:
    """A writer for one commit. Raises Busy when another process goes on writing for ten seconds."""
    try:
        writer = index.writer(timeout=WRITER_WAIT_SECONDS, compound=False, codec=Codec())
    except LockError as failure:
        raise Busy("Another process is writing the search index.") from failure
    writer.pool = ArrayPostingPool(Path(index.storage.folder), POOL_BYTES)
    return writer


def delete_document(writer: SegmentWriter, number: int) -> None:
    """Deletes the document of the entry `number`, if there is one."""
    reader = writer.searcher().reader()
    term = str(number).encode()
    if (IDS_FIELD, term) not in reader:
        return
    matcher = reader.postings(IDS_FIELD, term)
    while matcher.is_active():
        writer.delete_document(matcher.id())
        matcher.next()


Merge = Callable[[SegmentWriter, list[Segment]], list[Segment]]


def commit_writer(index: FileIndex, writer: SegmentWriter, merge: Merge = NO_MERGE) -> None:
    """Commits, saves a large segment's lexicon and flushes the new files to the disk."""

    def measured(own: SegmentWriter, segments: list[Segment]) -> list[Segment]:
        left = merge(own, segments)
        own.codec.documents = own.doc_count()
        return left

    writer.commit(mergetype=measured)
    folder = Path(index.storage.folder)
    own = writer.newsegment.segment_id()
    if writer.doc_count() > SMALL_SEGMENT_DOCUMENTS:
        write_segment_lexicon(index, writer.newsegment, folder)
    fsync_files(path for path in folder.iterdir() if path.name.startswith(own) or path.suffix == ".toc")
    fsync_folder(folder)
    note_file_digests(folder)


def write_segment_lexicon(index: FileIndex, segment: Segment, folder: Path) -> None:
    """Builds and saves the lexicon of a large segment, so that readers need not build it."""
    reader = SegmentReader(index.storage, index.schema, segment)
    save_lexicon(build_lexicon(reader), lexicon_path(folder, segment.segment_id()))
    reader.close()


def abandon_writer(writer: SegmentWriter) -> None:
    """Discards what was not committed and releases the lock, which a commit that fails half way keeps."""
    try:
        if not writer.is_closed:
            writer.cancel()
    finally:
        if writer.writelock is not None and not writer.is_closed:
            writer.writelock.release()
