"""The index at one generation: its segments side by side, so that a document is one number in arrays over all of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bank.search.engines.whoosh.schema import KEYS
from bank.search.engines.whoosh.segment import Segment
from bank.search.ranking import B, K1
from bank.search.request import FACETS
from bank.search.results import FacetCount

Mask = NDArray[np.bool_]


class Column:
    """A facet over all documents: `values` by number; documents and numbers of values, pair by pair."""

    def __init__(self, name: str, segments: Sequence[Segment], offsets: Sequence[int]) -> None:
        numbers: dict[str, int] = {}
        documents, values = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
        for segment, offset in zip(segments, offsets, strict=True):
            if name in segment.facets:
                own, holders, which = segment.facets[name]
                table = np.array([numbers.setdefault(value, len(numbers)) for value in own], np.int32)
                documents.append(holders + np.int32(offset))
                values.append(table[which])
        self.values = tuple(numbers)
        self.numbers = numbers
        self.documents = np.concatenate(documents)
        self.which = np.concatenate(values)
        self.turns = np.empty(len(numbers), np.int64)
        self.turns[sorted(range(len(numbers)), key=self.values.__getitem__)] = np.arange(len(numbers))

    def told(self, mask: Mask) -> tuple[FacetCount, ...]:
        """How many of the masked documents carry each value: most first, then by value; none without one."""
        counts = np.bincount(self.which[mask[self.documents]], minlength=len(self.values))
        held = np.flatnonzero(counts)
        order = held[np.lexsort((self.turns[held], -counts[held]))]
        return tuple(map(FacetCount, map(self.values.__getitem__, order.tolist()), counts[order].tolist()))

    def having(self, wanted: Sequence[int], size: int) -> Mask:
        """The documents that carry any of the values with these numbers."""
        chosen = np.zeros(len(self.values), bool)
        chosen[list(wanted)] = True
        mask = np.zeros(size, bool)
        mask[self.documents[chosen[self.which]]] = True
        return mask


class Snapshot:
    """What all searches of one generation share. `live` is False for deleted documents."""

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
        self.ids = self.joined([segment.ids for segment in segments], np.int64)
        self.years = self.joined([segment.years for segment in segments], np.int64)
        self.lengths = self.joined([segment.lengths for segment in segments], np.float64)
        self.spoken = self.joined([segment.spoken for segment in segments], np.int8)
        self.columns = {facet: Column(facet, segments, self.offsets) for facet in FACETS}
        self.languages = tuple(KEYS[number] for number in np.unique(self.spoken).tolist())
        mean = float(self.lengths[self.live].mean()) if self.documents else 1.0
        self.mean_length = mean or 1.0

    @staticmethod
    def joined(parts: Sequence[NDArray[np.generic]], kind: type[np.generic]) -> NDArray[np.generic]:
        return np.concatenate([np.empty(0, kind), *parts])

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """The part of the score that depends on a document's length alone."""
        return K1 * (1 - B + B * self.lengths / self.mean_length)

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
        versions = self.joined([segment.versions for segment in self.segments], np.int64)
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
