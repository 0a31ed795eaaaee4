"""Changes an index: one commit per call, segments never in one file, everything made to last."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import CLEAR, SegmentWriter

from bank.errors import Busy
from bank.search.document import SearchDocument
from bank.search.engines.whoosh.files import sync_files, sync_folder
from bank.search.engines.whoosh.lexicon import lexicon_path, read_lexicon, save_lexicon
from bank.search.engines.whoosh.pool import Pool
from bank.search.engines.whoosh.schema import IDS, fields
from bank.search.passages import lay_out

PATIENCE = 10.0
"""Seconds to wait for another writer."""
MEMORY = 256 * 1024 * 1024
"""Bytes of postings that are collected before some are laid aside on disk."""
SAME_SIZE = 8
"""So many segments of about one size are made into one."""
SMALL = 50
"""The words of a segment of so few documents are not worth a file."""
LARGEST_ORDER = 2
"""Segments of more than 511 documents are made into one by a rebuild only: it would hold up the writer."""


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


def open_writer(index: FileIndex) -> SegmentWriter:
    """Raises Busy when another process goes on writing."""
    try:
        writer = index.writer(timeout=PATIENCE, compound=False, codec=codec())
    except LockError as failure:
        raise Busy("Another process is writing the search index.") from failure
    writer.pool = Pool(Path(index.storage.folder), MEMORY)
    return writer


def codec() -> W3Codec:
    """Whoosh's codec without statistics of field lengths, which look for a file at every posting."""
    made = W3Codec()
    made.length_stats = False
    return made


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


def commit(index: FileIndex, writer: SegmentWriter, merge: Merge | None = None) -> None:
    writer.commit(mergetype=merge or by_size)
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


def by_size(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Merges the segments of one order of magnitude when there are eight, the new one among them, so that few are left
    and each document is rewritten rarely. What is deleted does not count; large segments are left as they are.
    """
    classes: dict[int, list[Segment]] = {}
    for segment in segments:
        classes.setdefault(order_of_size(left_in(segment)), []).append(segment)
    merged: list[Segment] = []
    size = writer.doc_count()
    for order in sorted(classes):
        own = classes[order]
        if order <= LARGEST_ORDER and len(own) + (order_of_size(size) == order) >= SAME_SIZE:
            merged.extend(own)
            size += sum(map(left_in, own))
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in merged]


def left_in(segment: Segment) -> int:
    """The documents of a segment that are not deleted."""
    return int(segment.doc_count_all() - segment.deleted_count())


def order_of_size(documents: int) -> int:
    """0 for up to 7 documents, 1 for up to 63, 2 for up to 511, ..."""
    return (max(documents, 1).bit_length() - 1) // 3
