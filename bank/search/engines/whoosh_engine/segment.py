"""One segment of an index: its entries as columns, read once; its terms and postings, read when needed."""

import threading
import weakref
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from bank.search.analysis import stem
from bank.search.completion import title_lookup_key
from bank.search.engines.whoosh_engine.lexicon import Lexicon, build_lexicon, lexicon_path, load_lexicon
from bank.search.engines.whoosh_engine.postings import Postings, read_documents, read_postings
from bank.search.engines.whoosh_engine.schema import (
    FACETS_FIELD,
    NO_YEAR,
    NUL,
    ROW_FIELD,
    TERM_LANGUAGES,
    WORDS_FIELD,
    EntryRecord,
    unpack_record,
)
from bank.search.folding import title_key
from bank.search.wordlist import LAST_CHARACTER

FacetPairs = tuple[tuple[str, ...], NDArray[np.int32], NDArray[np.int32]]
"""A facet's values; then, pair by pair, documents and the numbers of their values."""


class Segment:
    """A segment, which never changes; which of its documents are deleted is kept in the snapshot.

    Whoosh steps through files that all readers of a segment share, so everything is read under the segment's lock.
    """

    def __init__(self, folder: Path, reader: IndexReader, blocks: bool) -> None:
        self.reader = reader
        self.folder = folder
        self.blocks = blocks
        self.name: str = reader.segment().segment_id()
        self.lock = threading.RLock()
        self.size: int = reader.doc_count_all()
        weakref.finalize(self, reader.close)
        with self.lock:
            self.column = reader.column_reader(ROW_FIELD, translate=False)
            self.read_rows([unpack_record(self.column[number]) for number in range(self.size)])
            self.languages = tuple(key for key in TERM_LANGUAGES if self.has_language(key))
            self.facets = self.read_facets()

    def read_rows(self, rows: list[EntryRecord]) -> None:
        """Makes arrays, one row per document, of the entries' records."""
        self.ids = np.array([row.id for row in rows], np.int64)
        self.versions = np.array([row.version for row in rows], np.int64)
        self.years = np.array([NO_YEAR if row.year is None else row.year for row in rows], np.int64)
        self.last_years = np.array([NO_YEAR if row.last_year is None else row.last_year for row in rows], np.int64)
        self.spoken = np.array([TERM_LANGUAGES.index(row.language) for row in rows], np.int8)
        self.lengths = np.array([row.length for row in rows], np.float64)
        self.title_ends = np.array([row.title_end for row in rows], np.uint32)
        self.titles = [row.titles for row in rows]

    def has_language(self, language: str) -> bool:
        """True when the segment has a term of this language."""
        start = (language + NUL).encode()
        return next(iter(self.reader.expand_prefix(WORDS_FIELD, start)), None) is not None

    def read_facets(self) -> dict[str, FacetPairs]:
        """Facet -> its values in the segment, and which documents have them."""
        found: dict[str, list[tuple[str, NDArray[np.int32]]]] = {}
        for term in list(self.reader.expand_prefix(FACETS_FIELD, b"")):
            facet, _, value = term.decode().partition(NUL)
            documents = read_documents(self.reader, FACETS_FIELD, term, self.blocks)
            if documents.size:
                found.setdefault(facet, []).append((value, documents))
        return {facet: build_facet_pairs(given) for facet, given in found.items()}

    def group(self, language: str, asked: str) -> list[tuple[str, bytes]]:
        """(word as written, term) of the words that share a stem with the word asked for, in a language."""
        start = f"{language}{NUL}{stem(asked, language)}{NUL}".encode()
        with self.lock:
            terms = list(self.reader.expand_prefix(WORDS_FIELD, start))
        return [(term[len(start) :].decode(), term) for term in terms]

    def postings(self, term: bytes) -> Postings:
        with self.lock:
            return read_postings(self.reader, term, self.blocks)

    def record(self, document: int) -> bytes:
        """The record that `schema.pack_record` made of a document."""
        with self.lock:
            return bytes(self.column[document])

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexicon, loaded from its file or built."""
        kept = load_lexicon(lexicon_path(self.folder, self.name))
        if kept is not None:
            return kept
        with self.lock:
            return build_lexicon(self.reader)

    @cached_property
    def stems(self) -> Mapping[str, int]:
        """Language and stem -> about how many documents have it."""
        return self.lexicon.stems()

    def estimate(self, asked: str) -> int:
        """About how many documents have a word in any form."""
        return sum(self.stems.get(f"{language}{NUL}{stem(asked, language)}", 0) for language in self.languages)

    @cached_property
    def title_keys(self) -> list[str]:
        """The sort key of each document's title."""
        return [title_key(titles[0]) for titles in self.titles]

    @cached_property
    def title_starts(self) -> list[tuple[str, str, int]]:
        """(lookup key, title as written, document) of all titles, ascending."""
        return sorted(
            (title_lookup_key(title), title, number) for number, titles in enumerate(self.titles) for title in titles
        )

    def titles_starting(self, start: str) -> list[tuple[str, str, int]]:
        """The rows of `title_starts` whose key begins with `start`."""
        first = bisect_left(self.title_starts, (start,))
        last = bisect_left(self.title_starts, (start + LAST_CHARACTER,), first)
        return self.title_starts[first:last]


def build_facet_pairs(given: list[tuple[str, NDArray[np.int32]]]) -> FacetPairs:
    """Values, then documents and value numbers, pair by pair."""
    numbers = np.repeat(np.arange(len(given), dtype=np.int32), [len(documents) for _, documents in given])
    return tuple(value for value, _ in given), np.concatenate([documents for _, documents in given]), numbers
