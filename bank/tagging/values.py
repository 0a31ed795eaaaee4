"""Input and output types of tagging: documents, tools for text, similar entries, suggestions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TextVectors = NDArray[np.float32]
"""Rows of length one, shape (texts, dimensions)."""
Scores = NDArray[np.float64]
"""Shape (terms,) or (texts, terms)."""
EncodeTexts = Callable[[Sequence[str]], TextVectors]
TAGGED_VOCABULARIES = ("principle", "theme")


@dataclass(frozen=True, slots=True)
class TextAnalysis:
    """The functions that tagging is given: `sentences` splits a text, `stem` is (word, language) -> stem.

    `encode` makes vectors; None: suggestions by words and mentions only.
    """

    sentences: Callable[[str], list[str]]
    stem: Callable[[str, str], str]
    encode: EncodeTexts | None = None


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A page or section; `file` and `page` count from 1 and are None for a text that is on no page."""

    text: str
    file: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document that tags are suggested for. `date` is YYYY, YYYY-MM or YYYY-MM-DD."""

    title: str
    parts: tuple[DocumentPart, ...]
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that speaks for a term, with its file and page (from 1; None where it is on no page)."""

    text: str
    file: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SimilarEntry:
    """A published entry that is similar to the document; `tags`: vocabulary -> its terms, given by people.

    `similarity` is at most 1; between two entries it is the mean of two cosines: of their texts, and of their positions
    among the landmarks (the profiles' passages).
    """

    similarity: float
    tags: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term, the probability that it is right, its best sentences and the cues of it that the text has.

    `mentioned`: the text names the principle by its number.
    """

    term: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    matched: tuple[str, ...] = ()
    mentioned: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions of principles and themes, the best first.

    `method` tells the version of the tagger and whether it used meaning.
    """

    principles: tuple[Suggestion, ...]
    themes: tuple[Suggestion, ...]
    method: str

    def of(self, vocabulary: str) -> tuple[Suggestion, ...]:
        """The suggestions of the vocabulary `principle` or `theme`."""
        return self.principles if vocabulary == "principle" else self.themes
