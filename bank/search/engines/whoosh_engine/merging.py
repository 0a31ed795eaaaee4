"""Chooses which segments are merged into one, and reads them for it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat

from whoosh.codec.base import Segment
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from bank.search.engines.whoosh_engine.postings import block_data

SEGMENTS_PER_MERGE = 8
"""So many segments of about one size are merged into one."""
LARGEST_MERGED_ORDER = 2
"""Segments of more than 511 documents are joined by a rebuild only: merging them would hold up the writer."""

MergedPosting = tuple[str, bytes, int, float, bytes | None]


def is_merge_due(sizes: Iterable[int]) -> bool:
    """True when segments with so many documents each should be merged."""
    orders = [order_of_size(size) for size in sizes]
    return any(orders.count(order) >= SEGMENTS_PER_MERGE for order in range(LARGEST_MERGED_ORDER + 1))


def merge_by_size(writer: SegmentWriter, segments: Sequence[Segment]) -> list[Segment]:
    """Merges the segments of one order of size when there are eight of them.

    So few segments are left, and each document is rewritten rarely. Deleted documents don't count.
    """
    classes: dict[int, list[Segment]] = {}
    for segment in segments:
        classes.setdefault(order_of_size(live_document_count(segment)), []).append(segment)
    merged: list[Segment] = []
    for order, own in sorted(classes.items()):
        grown = bool(merged) and order_of_size(sum(map(live_document_count, merged))) == order
        if order <= LARGEST_MERGED_ORDER and len(own) + grown >= SEGMENTS_PER_MERGE:
            merged.extend(own)
    for segment in merged:
        reader = BlockReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in merged]


def live_document_count(segment: Segment) -> int:
    """The documents of a segment that are not deleted."""
    return int(segment.doc_count_all() - segment.deleted_count())


def order_of_size(documents: int) -> int:
    """0 for up to 7 documents, 1 for up to 63, 2 for up to 511, ..."""
    return (max(documents, 1).bit_length() - 1) // 3


class BlockReader(SegmentReader):  # type: ignore[misc]
    """Gives a merge its postings block by block, without looking each term up: in a third of the time.

    `_terms._postfile` is private; where it is missing, Whoosh's own way is taken.
    """

    def iter_postings(self) -> Iterator[MergedPosting]:
        if not hasattr(self._terms, "_postfile"):
            return super().iter_postings()  # type: ignore[no-any-return]
        return self.by_block()

    def by_block(self) -> Iterator[MergedPosting]:
        codec, file, deleted = self.codec(), self._terms._postfile, self.deleted_docs_set
        for (field, term), information in self:
            matcher = codec.postings_reader(file, information, self.schema[field].format, term=(field, term))
            for ids, weight, values in block_data(matcher):
                weights = weight if isinstance(weight, tuple) else repeat(1.0 if weight is None else weight)
                for document, heavy, value in zip(accumulate(ids), weights, values or repeat(None), strict=False):
                    if document not in deleted:
                        yield field, term, document, heavy, value
