"""Keeps what was read of the latest documents in memory, since a page asks for the same one again and again."""

import threading
from collections import OrderedDict
from hashlib import blake2b

from bank.tagging.features import Read
from bank.tagging.values import Document

MOST = 20_000
"""Sentences that are kept of all documents together, some 20 MB."""


class Remembered:
    """Readings by digests of their documents, those not asked for longest given up first. For many threads."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._read: OrderedDict[bytes, Read] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def sentences(self) -> int:
        """How many are kept."""
        return sum(len(found.sentences) for found in self._read.values())

    def get(self, document: Document) -> Read | None:
        """What was read of a document, where it is kept."""
        key = digest(document)
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
            return self._read.get(key)

    def put(self, document: Document, found: Read) -> None:
        """Keeps a reading."""
        key = digest(document)
        with self._lock:
            self._read[key] = found
            while self.sentences > self.most:
                self._read.popitem(last=False)


def digest(document: Document) -> bytes:
    """32 bytes that name the very text, so that not all of it need be kept."""
    return blake2b(repr(document).encode(), digest_size=32).digest()
