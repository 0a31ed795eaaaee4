"""A thread-safe LRU cache of read documents, by the digest of their text, up to 20,000 sentences."""

import threading
from collections import OrderedDict
from hashlib import blake2b

from bank.tagging.features import ReadDocument
from bank.tagging.values import Document

MOST_CACHED_SENTENCES = 20_000
"""Sentences of all cached documents together; some 20 MB."""


class ReadDocumentCache:
    """Read documents by digest; those not used for longest are dropped first. Any thread may use it."""

    def __init__(self, most: int = MOST_CACHED_SENTENCES) -> None:
        self.most = most
        self._read: OrderedDict[bytes, ReadDocument] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def sentences(self) -> int:
        """How many sentences are cached."""
        return sum(len(found.sentences) for found in self._read.values())

    def get(self, document: Document) -> ReadDocument | None:
        """The read document, or None where it is not cached."""
        key = document_digest(document)
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
            return self._read.get(key)

    def put(self, document: Document, found: ReadDocument) -> None:
        """Caches a read document; one with more sentences than the limit is not kept."""
        key = document_digest(document)
        with self._lock:
            self._read[key] = found
            while self.sentences > self.most:
                self._read.popitem(last=False)


def document_digest(document: Document) -> bytes:
    """A digest of 32 bytes of the document's whole text, so that the text itself need not be kept."""
    return blake2b(repr(document).encode(), digest_size=32).digest()
