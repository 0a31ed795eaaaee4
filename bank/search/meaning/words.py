"""Words that mean much the same, in whatever language: library, biblioteca, bibliothèque.

Single words have vectors too, and translations lie close together (children and enfants at 0.97). So the words of the
index tell by which other words a query may be answered, without a dictionary.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress

import numpy as np

from bank.search.folding import fold_word
from bank.search.meaning.encoder import DIMENSIONS, Encoder, Vectors
from bank.search.meaning.held import GrowingRows
from bank.search.meaning.nearness import cosines
from bank.search.meaning.vector_file import NoVectors
from bank.search.meaning.vectors import VectorState, VectorStore

MOST_EMBEDDED_WORDS = 30_000
"""So many words of the index have vectors, the commonest."""
LEAST_WORD_COSINE = 0.74
"""Cosine from which on two words are taken to mean much the same."""
MOST_ALIKE_WORDS = 5
KEPT_WORD_ANSWERS = 2000
"""Answers kept for words asked before."""

AlikeWords = tuple[tuple[str, float], ...]


class HeldWords:
    """The words of a store in memory, brought up to date when asked. For many threads."""

    def __init__(self, store: VectorStore, encode: Encoder) -> None:
        self.store = store
        self.encode = encode
        self._state = VectorState()
        self._words: list[str] = []
        self._vectors = GrowingRows(DIMENSIONS)
        self._answers: OrderedDict[str, AlikeWords] = OrderedDict()
        self._lock = threading.Lock()

    def alike(self, words: Sequence[str]) -> dict[str, AlikeWords]:
        """Words of the index by each of `words`, the nearest first, with cosines. Raises NoModel."""
        with self._lock:
            missing = self._missing(words)
            self._learn(missing, self.encode(missing))
            return self._known(words)

    def beside(self, text: str, words: Sequence[str]) -> tuple[Vectors, dict[str, AlikeWords]]:
        """The vector of a text, shape (1, 512), and `alike` of words, in one run of the model. Raises NoModel."""
        with self._lock:
            missing = self._missing(words)
            vectors = self.encode([text, *missing])
            self._learn(missing, vectors[1:])
            return vectors[:1], self._known(words)

    def _missing(self, words: Sequence[str]) -> list[str]:
        """Those of which it is not known yet, where there is something to know."""
        with suppress(NoVectors):
            self._renew()
        return [word for word in dict.fromkeys(words) if word not in self._answers] if self._words else []

    def _learn(self, words: Sequence[str], vectors: Vectors) -> None:
        found = cosines(vectors, self._vectors.rows) if words else ()
        for word, near in zip(words, found, strict=True):
            best = np.flatnonzero(near >= LEAST_WORD_COSINE)
            best = best[np.argsort(-near[best])][: MOST_ALIKE_WORDS + 1]
            others = [(self._words[at], float(near[at])) for at in best.tolist()]
            self._answers[word] = tuple(pair for pair in others if fold_word(pair[0]) != fold_word(word))[
                :MOST_ALIKE_WORDS
            ]

    def _known(self, words: Sequence[str]) -> dict[str, AlikeWords]:
        told = {word: self._answers.get(word, ()) for word in words}
        while len(self._answers) > KEPT_WORD_ANSWERS:
            self._answers.popitem(last=False)
        return told

    def _renew(self) -> None:
        news = self.store.words_since(self._state)
        if news.state == self._state:
            return
        if news.whole:
            self._words, self._vectors = [], GrowingRows(DIMENSIONS, len(news.words))
        self._words += news.words
        self._vectors.add(news.vectors)
        self._answers.clear()
        self._state = news.state
