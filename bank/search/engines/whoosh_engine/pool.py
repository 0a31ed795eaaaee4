"""Collects a writer's postings until they are written: by term, in arrays, in a fifth of the usual memory."""

import pickle
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

PostingItem = tuple[str, bytes, int, float, bytes | None]
"""Field, term, document, weight, value. The value is None where postings without one are merged."""
TERM_OVERHEAD_BYTES = 400
"""Bytes of memory that a term takes before its first posting."""


@dataclass(slots=True)
class Collected:
    """Postings of one term while the writer collects them; `sizes` are the lengths of the values in `values`."""

    documents: "array[int]" = field(default_factory=lambda: array("I"))
    weights: "array[float]" = field(default_factory=lambda: array("f"))
    sizes: "array[int]" = field(default_factory=lambda: array("I"))
    values: bytearray = field(default_factory=bytearray)

    def postings(self) -> Iterator[tuple[int, float, bytes]]:
        """(document, weight, value) of each posting, documents ascending."""
        values = bytes(self.values)
        bounds = pairwise(accumulate(self.sizes, initial=0))
        for document, weight, (first, last) in zip(self.documents, self.weights, bounds, strict=True):
            yield document, weight, values[first:last]


FieldTerm = tuple[str, bytes]


class ArrayPostingPool:
    """Replaces whoosh.writing.PostingPool: `add`, `iter_postings`, `cleanup`.

    Postings must come by ascending document. Over `limit` bytes, those collected are written to a temporary file,
    sorted by term.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        self.size = 0
        self.terms: dict[FieldTerm, Collected] = {}
        self.runs: list[IO[bytes]] = []

    def add(self, item: PostingItem) -> None:
        name, term, document, weight, value = item
        collected = self.terms.get((name, term))
        if collected is None:
            collected = self.terms[(name, term)] = Collected()
            self.size += TERM_OVERHEAD_BYTES
        collected.documents.append(document)
        collected.weights.append(weight)
        collected.sizes.append(len(value or b""))
        collected.values += value or b""
        self.size += 12 + len(value or b"")
        if self.size > self.limit:
            self.spill()

    def spill(self) -> None:
        """Writes the collected postings to a temporary file, sorted by term."""
        run = TemporaryFile(dir=self.folder)  # noqa: SIM115 - read again later, closed by cleanup
        for term in sorted(self.terms):
            pickle.dump((term, self.terms[term]), run)
        run.seek(0)
        self.runs.append(run)
        self.terms = {}
        self.size = 0

    def iter_postings(self) -> Iterator[PostingItem]:
        """All postings by field and term, then by document."""
        last = ((term, self.terms[term]) for term in sorted(self.terms))
        runs = (read_run(run) for run in self.runs)
        for (name, term), collected in merge(*runs, last, key=term_of_pair):
            for document, weight, value in collected.postings():
                yield name, term, document, weight, value

    def cleanup(self) -> None:
        self.terms = {}
        for run in self.runs:
            run.close()
        self.runs = []


def term_of_pair(pair: tuple[FieldTerm, Collected]) -> FieldTerm:
    """The term of a (term, postings) pair: a sort key."""
    return pair[0]


def read_run(run: IO[bytes]) -> Iterator[tuple[FieldTerm, Collected]]:
    """The terms and postings of a temporary file, in order."""
    while True:
        try:
            yield pickle.load(run)  # noqa: S301 - our own file, which has no name that another could open
        except EOFError:
            return
