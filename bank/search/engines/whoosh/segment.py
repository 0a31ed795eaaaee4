"""One segment of an index, read once: its entries as columns, its postings as they are asked for."""

import threading
import weakref
from array import array
from collections import OrderedDict
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from bank.search.engines.whoosh.postings import Postings, read_documents, read_postings
from bank.search.engines.whoosh.schema import FACETS, KEYS, NUL, ROW, WORDS, Row, unpack, unpack_pages
from bank.search.results import PageHit
from bank.search.wordlist import WordList

CACHE_BYTES = 96 * 1024 * 1024
"""How much of decoded postings all segments of a process keep."""

Facet = tuple[tuple[str, ...], NDArray[np.int32], NDArray[np.int32]]
"""Values; then documents and numbers of values, pair by pair."""


class Segment:
    """Whoosh's readers step through shared files, so each segment is read under its own lock."""

    def __init__(self, reader: IndexReader, blocks: bool) -> None:
        self.reader = reader
        self.blocks = blocks
        self.name: str = reader.segment().segment_id()
        self.lock = threading.RLock()
        weakref.finalize(self, reader.close)
        column = reader.column_reader(ROW, translate=False)
        rows = [unpack(column[number]) for number in range(reader.doc_count_all())]
        self.column = column
        self.size = len(rows)
        self.read_rows(rows)
        self.languages = tuple(key for key in KEYS if next(self.terms(key + NUL), None) is not None)
        self.facets = {facet: self.read_facet(facet) for facet in FACET_NAMES}

    def read_rows(self, rows: list[Row]) -> None:
        self.ids = np.array([row.id for row in rows], np.int64)
        self.versions = np.array([row.version for row in rows], np.int64)
        self.years = np.array([NO_YEAR if row.year is None else row.year for row in rows], np.int32)
        self.written_in = np.array([KEYS.index(row.language) for row in rows], np.int8)
        self.lengths = np.array([row.length for row in rows], np.int64)
        self.title_ends = np.array([row.title_end for row in rows], np.int64)
        self.titles = [row.titles for row in rows]
