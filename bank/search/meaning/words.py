"""Words of similar meaning, in whatever language: library, biblioteca, bibliothèque.

Single words have vectors too, and translations lie close together (children and enfants at 0.97). So the index itself
tells by which of its words a query can be widened, without a dictionary.
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
"""How many words of the index have vectors: the commonest."""
LEAST_WORD_COSINE = 0.74
"""The cosine from which on two words count as similar in meaning."""
MOST_ALIKE_WORDS = 5
"""Similar words that are given for one."""
KEPT_WORD_ANSWERS = 2000
"""Words whose similar words are kept in memory."""

AlikeWords = tuple[tuple[str, float], ...]
"""(word of the index, cosine) pairs, the nearest first."""


class HeldWords:
    """The words of a store in memory, brought up to date when asked. Any thread may ask."""

    def __init__(self, store: VectorStore, encode: Encoder) -> None:
        self.store = store
        self.encode = encode
        self._state = VectorState()
        self._words: list[str] = []
        self._vectors = GrowingRows(DIMENSIONS)
        self._answers: OrderedDict[str, AlikeWords] = OrderedDict()
        self._lock = threading.Lock()

    def alike(self, words: Sequence[str]) -> dict[str, AlikeWords]:
        """Word -> the words of the index of similar meaning, the nearest first, with cosines. Raises NoModel."""
        with self._lock:
            missing = self._missing(words)
            self._learn(missing, self.encode(missing))
            return self._known(words)

    def beside(self, text: str, words: Sequence[str]) -> tuple[Vectors, dict[str, AlikeWords]]:
        """The vector of a text, shape (1, 512), and what `alike` gives for words; one run of the model.

        Raises NoModel.
        """
        with self._lock:
            missing = self._missing(words)
            vectors = self.encode([text, *missing])
            self._learn(missing, vectors[1:])
            return vectors[:1], self._known(words)

    def _missing(self, words: Sequence[str]) -> list[str]:
        """The words without a kept answer; none where the index has no words with vectors."""
        with suppress(NoVectors):
            self._renew()
        return [word for word in dict.fromkeys(words) if word not in self._answers] if self._words else []

    def _learn(self, words: Sequence[str], vectors: Vectors) -> None:
        """Keeps the answers for words, found by their vectors."""
        found = cosines(vectors, self._vectors.rows) if words else ()
        for word, near in zip(words, found, strict=True):
            best = np.flatnonzero(near >= LEAST_WORD_COSINE)
            best = best[np.argsort(-near[best])][: MOST_ALIKE_WORDS + 1]
            others = [(self._words[at], float(near[at])) for at in best.tolist()]
            self._answers[word] = tuple(pair for pair in others if fold_word(pair[0]) != fold_word(word))[
                :MOST_ALIKE_WORDS
            ]

    def _known(self, words: Sequence[str]) -> dict[str, AlikeWords]:
        """The kept answers for words; the oldest ones are then dropped where there are too many."""
        told = {word: self._answers.get(word, ()) for word in words}
        while len(self._answers) > KEPT_WORD_ANSWERS:
            self._answers.popitem(last=False)
        return told

    def _renew(self) -> None:
        """Reads the words that were written since; kept answers are dropped when there are any."""
        news = self.store.words_since(self._state)
        if news.state == self._state:
            return
        if news.whole:
            self._words, self._vectors = [], GrowingRows(DIMENSIONS, len(news.words))
        self._words += news.words
        self._vectors.add(news.vectors)
        self._answers.clear()
        self._state = news.state
