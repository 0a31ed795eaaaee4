"""The index at one generation: its segments side by side, each document one number in arrays over all of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bank.search.engines.whoosh_engine.schema import TERM_LANGUAGES
from bank.search.engines.whoosh_engine.segment import FacetPairs, Segment
from bank.search.ranking import BM25_B, BM25_K1
from bank.search.request import FACETS
from bank.search.results import FacetCount

Mask = NDArray[np.bool_]
RADIX_SORT_BELOW = 1 << 16
"""Below this NumPy sorts 16-bit numbers by radix, ten times faster."""
NO_INTEGERS = np.empty(0, np.int64)
NO_FACET_PAIRS: FacetPairs = ((), np.empty(0, np.int32), np.empty(0, np.int32))


class FacetColumn:
    """A facet over all documents: `values` ascending, and pairs of document and value number.

    The pairs are sorted by value: `documents` and `which`; `bounds[i]` is the first pair of value i.
    """

    def __init__(self, name: str, segments: Sequence[Segment], offsets: Sequence[int]) -> None:
        self.values = tuple(
            sorted({value for segment in segments for value in segment.facets.get(name, NO_FACET_PAIRS)[0]})
        )
        self.numbers = {value: number for number, value in enumerate(self.values)}
        documents, values = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for segment, offset in zip(segments, offsets, strict=True):
            own, holders, which = segment.facets.get(name, NO_FACET_PAIRS)
            table = np.array([self.numbers[value] for value in own], np.int64)
            documents.append(holders.astype(np.int64) + offset)
            values.append(table[which])
        which = np.concatenate(values)
        order = np.argsort(which.astype(np.uint16) if len(self.values) < RADIX_SORT_BELOW else which, kind="stable")
        self.documents = np.concatenate(documents)[order]
        self.which = which[order]
        self.bounds = np.searchsorted(self.which, np.arange(len(self.values)))

    def told(self, mask: Mask, meant: Mask) -> tuple[FacetCount, ...]:
        """Facet counts over the documents of `mask`, highest first, then by value; values with count 0 are left out.

        `meant` are the documents found by meaning alone.
        """
        if not self.values:
            return ()
        counts, by_meaning = (
            np.add.reduceat(one[self.documents], self.bounds, dtype=np.int64) for one in (mask, mask & meant)
        )
        held = np.flatnonzero(counts)
        order = held[np.argsort(-counts[held], kind="stable")]
        values = map(self.values.__getitem__, order.tolist())
        return tuple(map(FacetCount, values, counts[order].tolist(), by_meaning[order].tolist()))

    def having(self, wanted: Sequence[int], size: int) -> Mask:
        """The mask of the documents that have any of the values with these numbers."""
        chosen = np.zeros(len(self.values), bool)
        chosen[list(wanted)] = True
        mask = np.zeros(size, bool)
        mask[self.documents[chosen[self.which]]] = True
        return mask


class Snapshot:
    """The index at one generation, shared by all searches: arrays with one row per document of all segments.

    `live` is False for deleted documents; `documents` counts the live ones, `size` all; `whole`: none is deleted.
    """

    def __init__(self, generation: int, segments: Sequence[Segment], deleted: Sequence[NDArray[np.int64]]) -> None:
        self.generation = generation
        self.segments = tuple(segments)
        sizes = [segment.size for segment in segments]
        self.offsets = [sum(sizes[:at]) for at in range(len(sizes))]
        self.size = sum(sizes)
        self.live = np.ones(self.size, bool)
        for offset, gone in zip(self.offsets, deleted, strict=True):
            self.live[gone + offset] = False
        self.documents = int(self.live.sum())
        self.whole = self.documents == self.size
        self.ids = np.concatenate([NO_INTEGERS, *(segment.ids for segment in segments)])
        self.years = np.concatenate([NO_INTEGERS, *(segment.years for segment in segments)])
        self.last_years = np.concatenate([NO_INTEGERS, *(segment.last_years for segment in segments)])
        self.lengths = np.concatenate([np.empty(0), *(segment.lengths for segment in segments)])
        self.spoken = np.concatenate([np.empty(0, np.int8), *(segment.spoken for segment in segments)])
        self.columns = {facet: FacetColumn(facet, segments, self.offsets) for facet in FACETS}
        self.languages = tuple(TERM_LANGUAGES[number] for number in np.unique(self.spoken).tolist())
        mean = float(self.lengths[self.live].mean()) if self.documents else 1.0
        self.mean_length = mean or 1.0

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """The part of the score that depends on a document's length alone."""
        norms: NDArray[np.float64] = BM25_K1 * (1 - BM25_B + BM25_B * self.lengths / self.mean_length)
        return norms

    def sizes(self) -> list[int]:
        """How many live documents each segment holds."""
        bounds = [*self.offsets, self.size]
        return [int(self.live[first:last].sum()) for first, last in pairwise(bounds)]

    def count(self, documents: NDArray[np.int64]) -> int:
        """How many of these documents are live."""
        return len(documents) if self.whole else int(self.live[documents].sum())

    def place(self, document: int) -> tuple[Segment, int]:
        """The segment of a document and its number there."""
        at = int(np.searchsorted(self.offsets, document, "right")) - 1
        return self.segments[at], document - self.offsets[at]

    @cached_property
    def versions(self) -> Mapping[int, int]:
        """id -> version of all live documents."""
        versions = np.concatenate([NO_INTEGERS, *(segment.versions for segment in self.segments)])
        return dict(zip(self.ids[self.live].tolist(), versions[self.live].tolist(), strict=True))

    @cached_property
    def newest(self) -> NDArray[np.int64]:
        """All documents, the latest year first, then the highest id; those without a year last."""
        return np.lexsort((-self.ids, -self.years))

    @cached_property
    def oldest(self) -> NDArray[np.int64]:
        """All documents, the earliest year first, then the lowest id; those without a year last."""
        return np.lexsort((self.ids, np.where(self.years < 0, 1 << 40, self.years)))

    @cached_property
    def by_title(self) -> NDArray[np.int64]:
        """All documents by title, then id."""
        keys = [key for segment in self.segments for key in segment.title_keys]
        ids = self.ids.tolist()
        return np.array(sorted(range(self.size), key=lambda at: (keys[at], ids[at])), np.int64)
