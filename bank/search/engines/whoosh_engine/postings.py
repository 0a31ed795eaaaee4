"""Reads a term's postings from a segment, whole blocks at a time where Whoosh's private names are as expected.

The reader's `_terms`, and the matcher's `_read_data`, `_data` and `_next_block`, are private: where one is missing or
has another form, the public matcher is stepped through instead, which is slower and gives the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, TermNotFound

from bank.search.engines.whoosh_engine.schema import WORDS_FIELD

PostingNumbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one term: documents ascending, the weight of the word in each, and its places.

    The places of document i are `places[bounds[i]:bounds[i + 1]]`. `share` is the share of it that counts, in weights
    and when pages are chosen.
    """

    documents: NDArray[np.int32]
    weights: NDArray[np.float64]
    places: NDArray[np.uint32]
    bounds: PostingNumbers
    share: float = 1.0

    def counting(self, share: float) -> "Postings":
        """The same postings weighted by a share."""
        return self if share == self.share else replace(self, weights=self.weights * share, share=share)

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.documents.nbytes + self.weights.nbytes + self.places.nbytes + self.bounds.nbytes


RawPostings = tuple[list[int], list[float], list[bytes]]
"""(documents, weights, values), of equal length; no values for a field without them."""


def read_postings(reader: IndexReader, term: bytes, blocks: bool = True) -> Postings:
    """The postings of a word term in a segment; empty where the segment lacks the term.

    `blocks` False uses Whoosh's public matcher only.
    """
    try:
        documents, weights, values = read_raw_postings(reader, WORDS_FIELD, term, blocks)
    except TermNotFound:
        documents, weights, values = [], [], []
    counts = np.fromiter(map(len, values), np.int64, len(values)) // 4
    bounds = np.zeros(len(values) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    return Postings(
        np.array(documents, np.int32), np.array(weights, np.float64), np.frombuffer(b"".join(values), np.uint32), bounds
    )


def read_documents(reader: IndexReader, field: str, term: bytes, blocks: bool = True) -> NDArray[np.int32]:
    """The documents of a term of a field without places. Raises TermNotFound."""
    return np.array(read_raw_postings(reader, field, term, blocks)[0], np.int32)


def read_raw_postings(reader: IndexReader, field: str, term: bytes, blocks: bool) -> RawPostings:
    """The postings of a term; by blocks, else step by step. Raises TermNotFound."""
    if blocks:
        try:
            return postings_by_block(reader, field, term)
        except (AttributeError, TypeError, ValueError):
            return postings_by_step(reader, field, term)
    return postings_by_step(reader, field, term)


def postings_by_block(reader: IndexReader, field: str, term: bytes) -> RawPostings:
    """The postings of a term through Whoosh's private blocks. Raises TermNotFound."""
    documents: list[int] = []
    weights: list[float] = []
    values: list[bytes] = []
    matcher = reader._terms.matcher(field, term, reader.schema[field].format)
    for ids, weight, value in block_data(matcher):
        documents.extend(accumulate(ids))
        weights.extend([1.0 if weight is None else weight] * len(ids) if not isinstance(weight, tuple) else weight)
        if value is not None:
            values.extend(value)
    return documents, weights, values


def block_data(
    matcher: object,
) -> Iterator[tuple[tuple[int, ...], tuple[float, ...] | float | None, tuple[bytes, ...] | None]]:
    """A matcher's blocks, unpickled: ids as differences, one weight or many (None: all 1), values."""
    while not matcher._atend:  # type: ignore[attr-defined]
        matcher._read_data()  # type: ignore[attr-defined]
        ids, weight, value = matcher._data  # type: ignore[attr-defined]
        yield ids, weight, value
        matcher._next_block()  # type: ignore[attr-defined]


def postings_by_step(reader: IndexReader, field: str, term: bytes) -> RawPostings:
    """The postings of a term through Whoosh's public matcher. Raises TermNotFound."""
    documents: list[int] = []
    weights: list[float] = []
    values: list[bytes] = []
    matcher = reader.postings(field, term)
    while matcher.is_active():
        documents.append(matcher.id())
        weights.append(matcher.weight())
        values.append(matcher.value() or b"")
        matcher.next()
    return documents, weights, values
