"""Finds the best matching pages of the documents shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bank.search.engines.whoosh_engine.finding import ClauseMatches, Finder, SegmentMatches
from bank.search.engines.whoosh_engine.schema import PageTable, read_page_table
from bank.search.engines.whoosh_engine.snapshot import Mask, Snapshot
from bank.search.plan import ScoredClause
from bank.search.ranking import MOST_HIT_PAGES
from bank.search.results import PageHit

WordNumbers = NDArray[np.int64]
TURN_SHIFT = 32
"""A key holds a document's turn among those shown in its upper bits, and a place in its lower 32."""


@dataclass(frozen=True, slots=True)
class ShownDocuments:
    """The documents shown, in order; `clauses[turn]` are the numbers of the clauses that make a document's score."""

    documents: WordNumbers
    clauses: Sequence[frozenset[int]]


@dataclass(frozen=True, slots=True)
class PlaceKeys:
    """Places as keys (a document's turn, then the place), and each place's share."""

    keys: WordNumbers
    shares: NDArray[np.float64]


NO_PLACES = PlaceKeys(np.empty(0, np.int64), np.empty(0, np.float64))


def pages_of_documents(
    finder: Finder, scored: Sequence[ScoredClause], shown: ShownDocuments
) -> Mapping[int, tuple[PageHit, ...]]:
    """Turn -> the best pages of that document: those with most of the clauses, then with most of their places."""
    if not shown.documents.size or not scored:
        return {}
    found = [clause_places(finder, clause, number, shown) for number, clause in enumerate(scored)]
    keys = np.concatenate([each.keys for each in found])
    shares = np.concatenate([each.shares for each in found])
    which = np.repeat(np.arange(len(found)), [each.keys.size for each in found])
    tables = [document_page_table(finder, document) for document in shown.documents.tolist()]
    starts = [(np.int64(turn) << TURN_SHIFT) + table.starts for turn, table in enumerate(tables)]
    return best_pages(PlaceKeys(keys, shares), which, np.concatenate(starts), tables)


def document_page_table(finder: Finder, document: int) -> PageTable:
    """The page table of one document of the snapshot."""
    segment, number = finder.snapshot.place(document)
    return read_page_table(segment.record(number))


def clause_places(finder: Finder, clause: ScoredClause, number: int, shown: ShownDocuments) -> PlaceKeys:
    """The places of a clause in the documents shown, without repeats."""
    snapshot = finder.snapshot
    counted = np.array([number in clauses for clauses in shown.clauses])
    if not counted.any():
        return NO_PLACES
    found: list[PlaceKeys] = [NO_PLACES]
    for part, segment, offset in zip(finder.find(clause).parts, snapshot.segments, snapshot.offsets, strict=False):
        own = counted & (shown.documents >= offset) & (shown.documents < offset + segment.size)
        turns = np.flatnonzero(own)
        if turns.size:
            found.extend(segment_places(part, turns, shown.documents[turns] - offset))
    joined = PlaceKeys(np.concatenate([each.keys for each in found]), np.concatenate([each.shares for each in found]))
    return distinct_places(joined) if len(found) > 2 else joined


def distinct_places(found: PlaceKeys) -> PlaceKeys:
    """The places without repeats, each with its largest share."""
    order = np.lexsort((-found.shares, found.keys))
    keys, first = np.unique(found.keys[order], return_index=True)
    return PlaceKeys(keys, found.shares[order][first])


def segment_places(part: SegmentMatches, turns: WordNumbers, documents: WordNumbers) -> list[PlaceKeys]:
    """The keys of the places of each term in each of the documents that has it."""
    found = []
    for source in part.sources:
        at = np.searchsorted(source.documents, documents)
        at[at == source.documents.size] = 0
        held = np.flatnonzero(source.documents[at] == documents) if source.documents.size else at[:0]
        for turn, there in zip(turns[held].tolist(), at[held].tolist(), strict=True):
            places = source.places[source.bounds[there] : source.bounds[there + 1]]
            keys = places.astype(np.int64) + (turn << TURN_SHIFT)
            found.append(PlaceKeys(keys, np.full(keys.size, source.share)))
    return found


def best_pages(
    found: PlaceKeys, which: WordNumbers, starts: WordNumbers, tables: Sequence[PageTable]
) -> Mapping[int, tuple[PageHit, ...]]:
    """Turn -> its best pages. `which[i]` is the clause at place i.

    `starts` are the keys of the pages' first places, document by document.
    """
    keys = found.keys
    pages = np.searchsorted(starts, keys, "right") - 1
    on_page = (pages >= 0) & (starts[pages] >> TURN_SHIFT == keys >> TURN_SHIFT) if starts.size else pages >= 0
    pages, which, shares = pages[on_page], which[on_page], found.shares[on_page]
    if not pages.size:
        return {}
    pairs = np.unique(pages * (which.max() + 1) + which)
    clauses = np.bincount(pairs // (which.max() + 1), minlength=starts.size)
    counts = np.bincount(pages, shares, minlength=starts.size)
    held = np.flatnonzero(counts)
    turns = starts[held] >> TURN_SHIFT
    firsts = np.cumsum([0, *(len(table.starts) for table in tables)])
    chosen: dict[int, list[PageHit]] = {}
    for at in np.lexsort((held, -counts[held], -clauses[held], turns)).tolist():
        turn = int(turns[at])
        kept = chosen.setdefault(turn, [])
        if len(kept) < MOST_HIT_PAGES:
            kept.append(tables[turn].page(int(held[at] - firsts[turn])))
    return {turn: tuple(pages) for turn, pages in chosen.items()}


def exact_matches(found: ClauseMatches, snapshot: Snapshot) -> Mask:
    """The documents that have an inflection of the word asked for, and not only a word that shares its stem."""
    mask = np.zeros(snapshot.size, bool)
    for part, offset in zip(found.parts, snapshot.offsets, strict=False):
        for source in part.sources:
            if source.share == 1.0:
                mask[source.documents + offset] = True
    return mask
