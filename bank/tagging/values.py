"""What the room is given and what it answers."""

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
    """How texts are read: cut into sentences, words of a language cut to stems, texts made vectors.

    Without `encode` only terms and mentions speak.
    """

    sentences: Callable[[str], list[str]]
    stem: Callable[[str, str], str]
    encode: EncodeTexts | None = None


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A page or section; `file` and `page` count from 1 and are None for a text that stands on no page."""

    text: str
    file: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What tags are suggested for. `date` is YYYY, YYYY-MM or YYYY-MM-DD."""

    title: str
    parts: tuple[DocumentPart, ...]
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that speaks for a term, and where it stands."""

    text: str
    file: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SimilarEntry:
    """A published entry that resembles the document, and vocabulary -> its terms, each of which a person gave.

    `similarity` is at most 1; for two entries the mean of two cosines: of their texts, and of how they stand to the
    profiles' passages.
    """

    similarity: float
    tags: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term, how likely it is right (0 to 1), its best sentences and the terms of its list that the text has.

    `mentioned`: the text names the principle by its number.
    """

    term: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    matched: tuple[str, ...] = ()
    mentioned: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The best first. `method` names the version of the tagger and what it could use."""

    principles: tuple[Suggestion, ...]
    themes: tuple[Suggestion, ...]
    method: str

    def of(self, vocabulary: str) -> tuple[Suggestion, ...]:
        """The suggestions of `principle` or `theme`."""
        return self.principles if vocabulary == "principle" else self.themes
