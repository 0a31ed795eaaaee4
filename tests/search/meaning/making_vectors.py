"""Vectors without a model: made by chance, or from the letters of a text."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from bank.search.meaning.encoder import DIMENSIONS, Vectors, shrink_vectors
from bank.search.meaning.vectors import PASSAGE_DIGEST_BYTES, EntryVectors, Grain

LANDMARKS = 5


def by_chance(seed: int, rows: int) -> Vectors:
    """Rows of length one, always the same for a seed."""
    found = np.random.default_rng(seed).standard_normal((rows, DIMENSIONS), np.float32)
    unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def grain(seed: int, rows: int) -> Grain:
    places = np.array([(1, page, 0) for page in range(1, rows + 1)], np.int32).reshape(-1, 3)
    digests = b"".join(
        blake2b(f"{seed} {row}".encode(), digest_size=PASSAGE_DIGEST_BYTES).digest() for row in range(rows)
    )
    return Grain(places, digests, shrink_vectors(by_chance(seed, rows)) if rows else np.empty((0, DIMENSIONS), np.int8))


def entry(id: int, seed: int = 1, coarse: int = 2, version: int = 1, landmarks: str = "these") -> EntryVectors:
    """An entry's vectors, always the same for the same arguments."""
    placed = shrink_vectors(by_chance(1000 + seed, 1)[:, :LANDMARKS])
    return EntryVectors(id, version, grain(seed, coarse), grain(500 + seed, 2 * coarse), landmarks, placed)


class Counting:
    """Makes vectors from a digest of each text, and remembers the texts."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def pieces(self, word: str) -> Sequence[str]:
        """Every word is one piece."""
        return [word]

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        seeds = [int.from_bytes(blake2b(text.encode(), digest_size=6).digest()) for text in texts]
        return np.concatenate([by_chance(seed, 1) for seed in seeds])
