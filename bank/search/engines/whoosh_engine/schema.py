"""The fields of an index folder, which take terms that were analysed before.

The schema is pickled into the index folder. Renaming or moving one of these classes makes old folders unreadable: raise
SCHEMA_VERSION then, and the worker fills a new one. The classes hold no analyser. `words` has the terms of the text,
keyed `language NUL stem NUL word`, with the places of the word as unsigned 32-bit numbers in the machine's order;
`facets` has `facet NUL value`; `id` the entry's number; `row` one record per entry.
"""

import struct
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import whoosh
from numpy.typing import NDArray
from whoosh.columns import VarBytesColumn
from whoosh.fields import FieldType, Schema
from whoosh.formats import Format

from bank.search.analysis import ANALYSIS_LANGUAGES, NAMES_LANGUAGE, analysis_language
from bank.search.document import SearchDocument
from bank.search.facets import facet_values
from bank.search.passages import Layout
from bank.search.results import PageHit

SCHEMA_VERSION = 3
WHOOSH_VERSION = ".".join(str(part) for part in whoosh.__version__)
INDEX_NAME = "bank"
NUL = "\0"
WORDS_FIELD, FACETS_FIELD, IDS_FIELD, ROW_FIELD = "words", "facets", "id", "row"
TERM_LANGUAGES = (*ANALYSIS_LANGUAGES, NAMES_LANGUAGE)
RECORD_NUMBERS = struct.Struct("<qqiiBIII")
"""Id, version, first and last year, number of the language, words, end of the titles, number of pages."""
NO_YEAR = -1
NO_YEARS = (NO_YEAR, NO_YEAR)

Posting = tuple[bytes, int, float, bytes]


class WordPlaces(Format):  # type: ignore[misc]
    """Postings whose value is the places of a word, four bytes each."""

    def decode_positions(self, value: bytes) -> list[int]:
        return array("I", value).tolist()


class Presence(Format):  # type: ignore[misc]
    """Postings without a value."""

    posting_size = 0


class Terms(FieldType):  # type: ignore[misc]
    """A field that takes finished postings: (term, frequency, weight, value)."""

    def __init__(self, places: bool) -> None:
        super().__init__(WordPlaces() if places else Presence(), None)

    def index(self, value: Iterable[Posting], **_options: object) -> Iterable[Posting]:
        return value


class RecordField(FieldType):  # type: ignore[misc]
    """A field that stores bytes beside the document."""

    indexed = False

    def __init__(self) -> None:
        super().__init__(None, None)
        self.column_type = VarBytesColumn()

    def to_column_value(self, value: bytes) -> bytes:
        return value

    def from_column_value(self, value: bytes) -> bytes:
        return value


def index_schema() -> Schema:
    """The Whoosh schema of an index."""
    return Schema(words=Terms(places=True), facets=Terms(places=False), id=Terms(places=False), row=RecordField())


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """The record of one entry: `length` is its number of words, `titles` begin with the one in its own language."""

    id: int
    version: int
    year: int | None
    last_year: int | None
    language: str
    length: int
    title_end: int
    titles: tuple[str, ...]


def index_fields(document: SearchDocument, layout: Layout) -> dict[str, object]:
    """The values of Whoosh's fields for an entry."""
    return {
        WORDS_FIELD: word_postings(layout),
        FACETS_FIELD: [(term, 1, 1.0, b"") for term in facet_terms(document)],
        IDS_FIELD: [(str(document.id).encode(), 1, 1.0, b"")],
        ROW_FIELD: pack_record(document, layout),
    }


def word_postings(layout: Layout) -> Iterator[Posting]:
    """A Whoosh posting for each term of an entry's layout."""
    for term, places in layout.places.items():
        yield NUL.join(term).encode(), len(places), layout.weights[term], array("I", places).tobytes()


def facet_terms(document: SearchDocument) -> list[bytes]:
    """The terms `facet NUL value` of an entry."""
    values = facet_values(document)
    return [f"{facet}{NUL}{value}".encode() for facet, given in values.items() for value in given]


def pack_record(document: SearchDocument, layout: Layout) -> bytes:
    """The record of an entry as bytes.

    First the numbers, then the pages' first places, files and page numbers, then the titles, that in its own language
    first.
    """
    titles = dict.fromkeys((document.title, *document.titles.values()))
    numbers = RECORD_NUMBERS.pack(
        document.id, document.version, *((document.years[0], document.years[-1]) if document.years else NO_YEARS),
        TERM_LANGUAGES.index(analysis_language(document.language)), layout.length, layout.title_end, len(layout.pages),
    )  # fmt: skip
    files = array("I", (page.file for page in layout.pages))
    pages = array("I", (page.page for page in layout.pages))
    return b"".join(
        (numbers, array("I", layout.starts).tobytes(), files.tobytes(), pages.tobytes(), NUL.join(titles).encode())
    )


def unpack_record(record: bytes) -> EntryRecord:
    """The record that `pack_record` made."""
    number, version, first, last, language, length, title_end, pages = RECORD_NUMBERS.unpack_from(record)
    titles = record[RECORD_NUMBERS.size + 12 * pages :].decode()
    year, last_year = (None, None) if first == NO_YEAR else (first, last)
    spoken = TERM_LANGUAGES[language]
    return EntryRecord(number, version, year, last_year, spoken, length, title_end, tuple(titles.split(NUL)))


@dataclass(frozen=True, slots=True)
class PageTable:
    """For each page of an entry its first place, its file and its number."""

    starts: NDArray[np.uint32]
    files: NDArray[np.uint32]
    pages: NDArray[np.uint32]

    def page(self, at: int) -> PageHit:
        return PageHit(int(self.files[at]), int(self.pages[at]))


def read_page_table(record: bytes) -> PageTable:
    """The page table in a record."""
    count = RECORD_NUMBERS.unpack_from(record)[-1]
    starts, files, pages = np.frombuffer(record, np.uint32, 3 * count, RECORD_NUMBERS.size).reshape(3, count)
    return PageTable(starts, files, pages)
