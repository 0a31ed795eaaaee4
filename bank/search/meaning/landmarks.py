"""Landmarks: passages about everything that the bank is for, by which texts of any language can be placed.

A short question and a long text are not near one another as vectors go, but both are near the same landmarks. An
entry's position among all of them is computed once; a question is compared by the few landmarks that it is nearest to
(explicit semantic analysis, Gabrilovich and Markovitch, 2007, with passages of the vocabulary in place of an
encyclopaedia's articles).
"""

import threading
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bank.search.meaning.batches import Pause, encode_in_batches, no_pause
from bank.search.meaning.encoder import Encode, SmallVectors, Vectors, shrink_vectors
from bank.search.meaning.vector_file import NoVectors
from bank.search.meaning.vectors import VectorStore

NEAREST_LANDMARKS = 10
"""How many landmarks a question is compared by."""


class Landmarks:
    """The landmarks of one bank. The worker makes their vectors (some seconds) and stores them."""

    def __init__(self, texts: Sequence[str], encode: Encode, store: VectorStore) -> None:
        self.texts = tuple(texts)
        self.name = blake2b("\n".join(self.texts).encode(), digest_size=16).hexdigest()
        """A digest of the texts: when they change, entries are placed anew."""
        self.encode = encode
        self.store = store
        self._vectors: Vectors | None = None
        self._lock = threading.Lock()

    def vectors(self, pause: Pause = no_pause) -> Vectors:
        """The vectors of the landmarks, shape (landmarks, 512), made where none are stored.

        `pause` is called between batches. Raises NoModel.
        """
        found = self.kept()
        if found is None:
            found = self._vectors = np.concatenate(list(encode_in_batches(self.encode, self.texts, pause)))
        return found

    def kept(self) -> Vectors | None:
        """The stored vectors of the landmarks; None where none are stored, so that no entry can have been placed."""
        with self._lock:
            if self._vectors is None:
                with suppress(NoVectors):
                    self._vectors = self.store.landmarks(self.name)
            return self._vectors

    def keep(self, pause: Pause = no_pause) -> None:
        """Stores the vectors, so that other processes need not make them. Raises NoModel."""
        if not self.store.has_landmarks(self.name):
            self.store.keep_landmarks(self.name, self.vectors(pause))

    def placed(self, coarse: SmallVectors) -> SmallVectors:
        """An entry's position among the landmarks, shape (1, landmarks), as int8.

        It is the highest cosine of its coarse vectors with each landmark, less their mean. Raises NoModel.
        """
        vectors = coarse.astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        near = (vectors @ self.vectors().T).max(axis=0)
        return shrink_vectors((near - near.mean())[None])

    def shares(self, vector: Vectors) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The numbers of the landmarks that a text is nearest to, and their weights (a vector of length one).

        Empty where the landmarks have no stored vectors yet: to make them would take longer than a search may.
        """
        vectors = self.kept()
        if vectors is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        near = np.maximum(vectors @ vector[0], 0)
        best = np.argsort(-near, kind="stable")[:NEAREST_LANDMARKS]
        return best, near[best] / max(float(np.linalg.norm(near[best])), 1e-9)

    def cosine(self, vector: Vectors) -> float | None:
        """The cosine of a text with the nearest landmark; None where they have no stored vectors yet."""
        vectors = self.kept()
        return None if vectors is None or not len(vectors) else float((vectors @ vector[0]).max())


class Elsewhere:
    """Counter-landmarks: sentences about what the bank is not about. Their vectors are made at the first question."""

    def __init__(self, texts: Sequence[str], encode: Encode) -> None:
        self.texts = tuple(texts)
        self.encode = encode
        self._vectors: Vectors | None = None
        self._lock = threading.Lock()

    def cosine(self, vector: Vectors) -> float | None:
        """The cosine of a text with the nearest of the sentences; None where there are none. Raises NoModel."""
        if not self.texts:
            return None
        with self._lock:
            if self._vectors is None:
                self._vectors = self.encode(self.texts)
        return float((self._vectors @ vector[0]).max())
