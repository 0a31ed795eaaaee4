"""Keeps what was read of the latest documents in memory, since a page asks for the same one again and again."""

import threading
from collections import OrderedDict
from hashlib import blake2b

from bank.tagging.features import ReadDocument
from bank.tagging.values import Document

MOST_CACHED_SENTENCES = 20_000
"""Sentences that are kept of all documents together, some 20 MB."""


class ReadDocumentCache:
    """Readings by digests of their documents, those not asked for longest given up first. For many threads."""

    def __init__(self, most: int = MOST_CACHED_SENTENCES) -> None:
        self.most = most
        self._read: OrderedDict[bytes, ReadDocument] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def sentences(self) -> int:
        """How many are kept."""
        return sum(len(found.sentences) for found in self._read.values())

    def get(self, document: Document) -> ReadDocument | None:
        """What was read of a document, where it is kept."""
        key = document_digest(document)
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
            return self._read.get(key)

    def put(self, document: Document, found: ReadDocument) -> None:
        """Keeps a reading."""
        key = document_digest(document)
        with self._lock:
            self._read[key] = found
            while self.sentences > self.most:
                self._read.popitem(last=False)


def document_digest(document: Document) -> bytes:
    """32 bytes that name the very text, so that not all of it need be kept."""
    return blake2b(repr(document).encode(), digest_size=32).digest()
