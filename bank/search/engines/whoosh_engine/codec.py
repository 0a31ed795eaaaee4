"""The codec that writes postings: Whoosh's own, configured for this index. It is pickled beside every segment."""

from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter
from whoosh.filedb.structfile import StructFile

POSTING_COMPRESSION = 3
LEAST_COMPRESSED_DOCUMENTS = 512
"""Postings of segments with fewer documents are not compressed: compressing would double the cost of adding one."""


class Codec(W3Codec):  # type: ignore[misc]
    """`documents` is how many documents the segment will hold; it is set before the segment is written.

    Field lengths are kept in our own record: Whoosh's statistics of lengths look for a file at every posting.
    """

    length_stats = False

    def __init__(self) -> None:
        super().__init__(compression=POSTING_COMPRESSION)
        self.documents = LEAST_COMPRESSED_DOCUMENTS

    def postings_writer(self, dbfile: StructFile, byteids: bool = False) -> W3PostingsWriter:
        compression = POSTING_COMPRESSION if self.documents >= LEAST_COMPRESSED_DOCUMENTS else 0
        return W3PostingsWriter(dbfile, blocklimit=self._blocklimit, byteids=byteids, compression=compression)
