"""The sweep over all coarse vectors beside other ways to do the same, in one process in turn."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from measuring import Times
from questions import Question
from vectors import text

from bank.search.meaning.encoder import SmallVectors, Vectors, shrink_vectors
from bank.search.meaning.meaning import ENTRIES_COMPARED_FINELY, Meaning
from bank.search.meaning.nearness import cosines

BANK, NUMPY, USEARCH = "the bank's (simsimd, int8)", "numpy, float32", "usearch, exact, int8"


def sweeps(meaning: Meaning, asked: Sequence[Question]) -> Times:
    """Cosines of each question with every coarse vector; usearch, where it is installed, keeps only the best 60."""
    times = Times()
    rows = meaning.held.rows().vectors
    wide: Vectors = rows.astype(np.float32)
    wide /= np.linalg.norm(wide, axis=1, keepdims=True)
    usearch: Any = import_module("usearch.index") if find_spec("usearch") else None
    for question in asked:
        vector = meaning.of(text(question))
        with times.take(BANK):
            cosines(vector, rows)
        with times.take(NUMPY):
            wide @ vector[0]
        if usearch:
            with times.take(USEARCH):
                by_usearch(usearch, rows, vector)
    return times


def by_usearch(usearch: Any, rows: SmallVectors, vector: Vectors) -> None:
    usearch.search(
        rows, shrink_vectors(vector)[0], ENTRIES_COMPARED_FINELY, usearch.MetricKind.Cos, exact=True, threads=2
    )
