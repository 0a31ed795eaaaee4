"""On which pages of the shown documents the clauses match."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from bank.search.engines.whoosh.finding import Finder
from bank.search.plan import Scored
from bank.search.ranking import MOST_PAGES
from bank.search.results import PageHit

Places = list[int]


def pages_of(
    finder: Finder, shown: Sequence[int], scored_for: Callable[[int], Sequence[Scored]]
) -> dict[int, tuple[PageHit, ...]]:
    """The best pages of each document: those with most of the clauses, then with most of their places."""
    wanted = {document: scored_for(document) for document in shown}
    places: dict[int, dict[Scored, Places]] = {document: {} for document in shown}
    for clause in dict.fromkeys(clause for clauses in wanted.values() for clause in clauses):
        for document, found in places_in(finder, clause, shown).items():
            if clause in wanted[document]:
                places[document][clause] = found
    return {document: best_pages(finder, document, found) for document, found in places.items()}


def places_in(finder: Finder, clause: Scored, shown: Sequence[int]) -> dict[int, Places]:
    """document -> the places of a clause in it."""
    snapshot = finder.snapshot
    found: dict[int, Places] = {}
    for part, segment, offset in zip(finder.find(clause).parts, snapshot.segments, snapshot.offsets, strict=False):
        own = [document for document in shown if offset <= document < offset + segment.size]
        asked = np.array(own, np.int64) - offset
        for source in part.sources if own else ():
            if not source.documents.size:
                continue
            at = np.minimum(np.searchsorted(source.documents, asked), source.documents.size - 1)
            for document, there in zip(own, np.where(source.documents[at] == asked, at, -1).tolist(), strict=True):
                if there >= 0:
                    first, last = source.bounds[there : there + 2]
                    found.setdefault(document, []).extend(source.places[first:last].tolist())
    return found


def best_pages(finder: Finder, document: int, places: dict[Scored, Places]) -> tuple[PageHit, ...]:
    segment, number = finder.snapshot.place(document)
    starts, pages = segment.pages(number)
    clauses: dict[int, set[Scored]] = {}
    counts: Counter[int] = Counter()
    for clause, numbers in places.items():
        for place in set(numbers):
            page = bisect_right(starts, place) - 1
            if page >= 0:
                clauses.setdefault(page, set()).add(clause)
                counts[page] += 1
    best = sorted(counts, key=lambda page: (-len(clauses[page]), -counts[page], page))
    return tuple(pages[page] for page in best[:MOST_PAGES])
