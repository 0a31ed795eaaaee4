"""On which pages of the shown documents the clauses match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bank.search.engines.whoosh_engine.finding import Finder, Part
from bank.search.engines.whoosh_engine.schema import PageTable, page_table
from bank.search.plan import Scored
from bank.search.ranking import MOST_PAGES
from bank.search.results import PageHit

Numbers = NDArray[np.int64]
FIRST_HALF = 32
"""A document's turn among those shown stands in the upper bits, a place in the lower 32."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The documents shown, in turn; `clauses[turn]` are the numbers of those that make its score."""

    documents: Numbers
    clauses: Sequence[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Places:
    """Places as keys (a document's turn, then the place), and how much each counts."""

    keys: Numbers
    shares: NDArray[np.float64]


NOWHERE = Places(np.empty(0, np.int64), np.empty(0, np.float64))


def pages_of(finder: Finder, scored: Sequence[Scored], shown: Shown) -> Mapping[int, tuple[PageHit, ...]]:
    """turn -> the best pages of each document: those with most of the clauses, then with most of their places."""
    if not shown.documents.size or not scored:
        return {}
    found = [places_in(finder, clause, number, shown) for number, clause in enumerate(scored)]
    keys = np.concatenate([each.keys for each in found])
    shares = np.concatenate([each.shares for each in found])
    which = np.repeat(np.arange(len(found)), [each.keys.size for each in found])
    tables = [table_of(finder, document) for document in shown.documents.tolist()]
    starts = [(np.int64(turn) << FIRST_HALF) + table.starts for turn, table in enumerate(tables)]
    return best_pages(Places(keys, shares), which, np.concatenate(starts), tables)


def table_of(finder: Finder, document: int) -> PageTable:
    segment, number = finder.snapshot.place(document)
    return page_table(segment.record(number))


def places_in(finder: Finder, clause: Scored, number: int, shown: Shown) -> Places:
    """The places of a clause in the documents shown, each once."""
    snapshot = finder.snapshot
    counted = np.array([number in clauses for clauses in shown.clauses])
    if not counted.any():
        return NOWHERE
    found: list[Places] = [NOWHERE]
    for part, segment, offset in zip(finder.find(clause).parts, snapshot.segments, snapshot.offsets, strict=False):
        own = counted & (shown.documents >= offset) & (shown.documents < offset + segment.size)
        turns = np.flatnonzero(own)
        if turns.size:
            found.extend(keys_in(part, turns, shown.documents[turns] - offset))
    joined = Places(np.concatenate([each.keys for each in found]), np.concatenate([each.shares for each in found]))
    return once(joined) if len(found) > 2 else joined


def once(found: Places) -> Places:
    """Each place once, at its largest share."""
    order = np.lexsort((-found.shares, found.keys))
    keys, first = np.unique(found.keys[order], return_index=True)
    return Places(keys, found.shares[order][first])


def keys_in(part: Part, turns: Numbers, documents: Numbers) -> list[Places]:
    """Turn and place as one number, for each term of a part and each of the documents that has it."""
    found = []
    for source in part.sources:
        at = np.searchsorted(source.documents, documents)
        at[at == source.documents.size] = 0
        held = np.flatnonzero(source.documents[at] == documents) if source.documents.size else at[:0]
        for turn, there in zip(turns[held].tolist(), at[held].tolist(), strict=True):
            places = source.places[source.bounds[there] : source.bounds[there + 1]]
            keys = places.astype(np.int64) + (turn << FIRST_HALF)
            found.append(Places(keys, np.full(keys.size, source.share)))
    return found


def best_pages(
    found: Places, which: Numbers, starts: Numbers, tables: Sequence[PageTable]
) -> Mapping[int, tuple[PageHit, ...]]:
    """`which` clause stands at each place; `starts` are the pages' first places, document by document."""
    keys = found.keys
    pages = np.searchsorted(starts, keys, "right") - 1
    on_page = (pages >= 0) & (starts[pages] >> FIRST_HALF == keys >> FIRST_HALF) if starts.size else pages >= 0
    pages, which, shares = pages[on_page], which[on_page], found.shares[on_page]
    if not pages.size:
        return {}
    pairs = np.unique(pages * (which.max() + 1) + which)
    clauses = np.bincount(pairs // (which.max() + 1), minlength=starts.size)
    counts = np.bincount(pages, shares, minlength=starts.size)
    held = np.flatnonzero(counts)
    turns = starts[held] >> FIRST_HALF
    firsts = np.cumsum([0, *(len(table.starts) for table in tables)])
    chosen: dict[int, list[PageHit]] = {}
    for at in np.lexsort((held, -counts[held], -clauses[held], turns)).tolist():
        turn = int(turns[at])
        kept = chosen.setdefault(turn, [])
        if len(kept) < MOST_PAGES:
            kept.append(tables[turn].page(int(held[at] - firsts[turn])))
    return {turn: tuple(pages) for turn, pages in chosen.items()}
