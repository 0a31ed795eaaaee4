"""Search by meaning: entries near a text, entries near an entry, the nearest passage, words alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bank.search.meaning.encoder import Encoder, Vectors
from bank.search.meaning.held import HeldVectors
from bank.search.meaning.landmarks import Elsewhere, Landmarks
from bank.search.meaning.nearness import cosines
from bank.search.meaning.vector_file import NoVectors
from bank.search.meaning.vectors import Grain, VectorStore
from bank.search.meaning.words import AlikeWords, HeldWords
from bank.search.request import Nearness

LANDMARKS_SHARE = 0.6
"""The weight of the cosine by landmarks beside that by passages."""
LEAST_NEARNESS = 0.39
"""Least score of an entry that is found by meaning alone, for a text as near to the landmarks as to elsewhere."""
HERE_SHARE = 1.0
"""By how much the least nearness falls where a text is nearer to the landmarks."""
ENTRIES_COMPARED_FINELY = 60
"""How many of the nearest entries are compared by fine passages too."""
MOST_FINE_PASSAGES = 400
"""Entries with more fine passages (some 16,000 words) are skipped: reading them takes too long."""


@dataclass(frozen=True, slots=True)
class NearestPassage:
    """The passage of an entry that is nearest to a text: its place (file 0: outside the files), digest and cosine."""

    file: int
    page: int
    number: int
    digest: bytes
    cosine: float


class Meaning:
    """The model and the vectors of one bank. Reads only; the worker writes through `store`."""

    def __init__(
        self, encode: Encoder, store: VectorStore, landmarks: Sequence[str], elsewhere: Sequence[str] = ()
    ) -> None:
        self.encode = encode
        self.store = store
        self.landmarks = Landmarks(landmarks, encode, store)
        self.elsewhere = Elsewhere(elsewhere, encode)
        self.held = HeldVectors(store, self.landmarks.name, len(self.landmarks.texts))
        self.held_words = HeldWords(store, encode)

    def warm(self) -> None:
        """Reads model and vectors, so that the first search is fast. Raises NoModel."""
        self.elsewhere.cosine(self.of("bank"))
        self.held.rows()
        self.landmarks.kept()
        self.held_words.alike(())

    def of(self, text: str) -> Vectors:
        """The vector of a text, shape (1, 512). Raises NoModel."""
        return self.encode([text])

    def nearness(self, vector: Vectors) -> Nearness:
        """How near every entry is to a text with this vector.

        The cosine with the entry's nearest coarse passage (for the nearest 60, unless they are very long, the mean of
        it and the cosine with the nearest fine passage), plus 0.6 times the cosine of the positions of both among the
        landmarks.
        """
        rows = self.held.rows()
        near = rows.near(vector)
        if not near.ids.size:
            return near
        values = near.values.copy()
        best = np.argsort(-values, kind="stable")[:ENTRIES_COMPARED_FINELY]
        fine = self.nearest(vector, near.ids[best].tolist(), MOST_FINE_PASSAGES)
        for at in best.tolist():
            if found := fine.get(int(near.ids[at])):
                values[at] = (values[at] + found.cosine) / 2
        placed = rows.by_landmarks(*self.landmarks.shares(vector))
        return Nearness(near.ids, values + LANDMARKS_SHARE * placed, self.least(vector))

    def least(self, vector: Vectors) -> float:
        """The nearness that an entry needs at least to be found by meaning alone.

        It is the higher, the more a text is nearer to what the bank is not about than to its landmarks.
        """
        here, there = self.landmarks.cosine(vector), self.elsewhere.cosine(vector)
        return 0.0 if here is None or there is None else LEAST_NEARNESS - HERE_SHARE * (here - there)

    def has_as_one(self, word: str) -> bool:
        """True for a word that is a single piece of the model: a common one of its languages. Raises NoModel."""
        return len(self.encode.pieces(word)) == 1

    def alike(self, id: int) -> Nearness:
        """How near all entries are to the entry `id`, which itself gets -1; empty where it has no vectors."""
        return self.held.rows().alike(id)

    def middle(self, id: int) -> Vectors:
        """The mean direction of an entry's coarse vectors, shape (1, 512); shape (0, 512) where it has none."""
        return self.held.rows().middle(id)

    def understood(self, text: str, words: Sequence[str]) -> tuple[Vectors, dict[str, AlikeWords]]:
        """The vector of a text, shape (1, 512), and for each of the words those of the index of similar meaning.

        The model runs once for all of it. Raises NoModel.
        """
        return self.held_words.beside(text, words)

    def nearest(self, vector: Vectors, ids: Sequence[int], most: int | None = None) -> dict[int, NearestPassage]:
        """Entry id -> its fine passage that is nearest to a vector; empty where the passages can't be read now.

        Entries with more than `most` fine passages are left out.
        """
        if not len(vector):
            return {}
        try:
            grains = self.store.fine(ids, most)
        except NoVectors:
            return {}
        held = [(id, grain) for id, grain in grains.items() if len(grain.vectors)]
        if not held:
            return {}
        ends = np.cumsum([len(grain.vectors) for _, grain in held])
        found = np.split(cosines(vector, np.concatenate([grain.vectors for _, grain in held]))[0], ends[:-1])
        return {id: nearest_passage(near, grain) for near, (id, grain) in zip(found, held, strict=True)}


def nearest_passage(near: NDArray[np.float32], grain: Grain) -> NearestPassage:
    """The nearest passage of a grain, given the cosine of each."""
    at = int(np.argmax(near))
    file, page, number = (int(value) for value in grain.places[at])
    return NearestPassage(file, page, number, grain.digest(at), float(near[at]))
