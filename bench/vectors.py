"""Made vectors of the true shape: random directions, some near one another and near the questions that will be asked.

With random ones alone nothing would be found by meaning, no word and no entry would be like another, so searching would
have less to do than in a real bank. Embedding 50,000 entries would take hours.
"""

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from corpus import SEED, entry
from questions import Question

from bank.search.meaning.encoder import DIMENSIONS, SmallVectors, Vectors, shrink_vectors
from bank.search.meaning.landmarks import Landmarks
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.passages import Passage, cut_passages
from bank.search.meaning.vectors import EntryVectors, Grain, VectorStore
from bank.search.meaning.words import MOST_ALIKE_WORDS, MOST_EMBEDDED_WORDS
from bank.search.plan import meaning_text, telling_words
from bank.search.query import parse_query
from bank.workflow.bank import Bank
from bank.workflow.index.vectors import is_word_to_embed

NEAR = 60
"""Entries near each question, whatever the bank's size."""
LEAST_NEAR, MOST_NEAR = 0.35, 0.8
ALIKE = 0.85
SIMILAR, ABOUT = 6, 0.6
"""So many entries are about the same: their passages stand at this cosine from one direction."""

Neighbours = Mapping[int, Sequence[int]]
"""Entry -> the questions that it is near."""
MAKERS: list["Maker"] = []
"""The one of this process."""


class Maker:
    """Makes vectors of entries, in a process of its own."""

    def __init__(self, path: Path, texts: Sequence[str], asked: Vectors, neighbours: Neighbours) -> None:
        self.landmarks = Landmarks(texts, no_model, VectorStore(path))
        self.asked = asked
        self.neighbours = neighbours

    def make(self, number: int) -> EntryVectors:
        rng = np.random.default_rng((SEED, 1, number))
        document = entry(number)
        cut = cut_passages(document)
        near = self.asked[list(self.neighbours.get(number, ()))]
        about = direction(number // SIMILAR)
        coarse, fine = grain(cut.coarse, about, near, rng), grain(cut.fine, about, near, rng)
        placed = self.landmarks.placed(coarse.vectors)
        return EntryVectors(number, document.version, coarse, fine, self.landmarks.name, placed)


def no_model(texts: Sequence[str]) -> Vectors:
    raise RuntimeError("the landmarks' vectors are not kept")


def begin(path: Path, texts: Sequence[str], asked: Vectors, neighbours: Neighbours) -> None:
    MAKERS.append(Maker(path, texts, asked, neighbours))


def make(number: int) -> EntryVectors:
    return MAKERS[0].make(number)


def write_vectors(path: Path, meaning: Meaning, size: int, asked: Sequence[Question]) -> None:
    """Vectors in the file `path` for the made entries 1 to `size`, their passages cut as the bank cuts them."""
    told = (
        meaning.store.path,
        meaning.landmarks.texts,
        meaning.encode(list(map(text, asked))),
        neighbours(size, asked),
    )
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), begin, told) as pool:
        for made in pool.imap(make, range(1, size + 1), chunksize=50):
            meaning.store.put(made)


def text(question: Question) -> str:
    """What the bank takes a question's meaning from."""
    query = parse_query(question.text)
    return question.text if query.description else meaning_text(query)


def neighbours(size: int, asked: Sequence[Question]) -> Neighbours:
    rng = np.random.default_rng((SEED, 2))
    found: dict[int, list[int]] = {}
    for question in range(len(asked)):
        for number in rng.choice(size, min(NEAR, size), replace=False).tolist():
            found.setdefault(number + 1, []).append(question)
    return found


def direction(number: int) -> Vectors:
    """What some entries are about, shape (1, 512)."""
    drawn = np.random.default_rng((SEED, 4, number)).standard_normal((1, DIMENSIONS), np.float32)
    found: Vectors = (drawn / np.linalg.norm(drawn)).astype(np.float32)
    return found


def grain(cut: Sequence[Passage], about: Vectors, near: Vectors, rng: np.random.Generator) -> Grain:
    """A vector for each passage, those near the questions in places by chance."""
    vectors = beside(np.repeat(about, len(cut), axis=0), np.full(len(cut), ABOUT), rng)
    places = rng.choice(len(cut), min(len(near), len(cut)), replace=False)
    cosines = rng.uniform(LEAST_NEAR, MOST_NEAR, len(places))
    vectors[places] = beside(near[: len(places)], cosines, rng)
    where = np.array([(passage.file, passage.page, passage.number) for passage in cut], np.int32).reshape(-1, 3)
    return Grain(where, b"".join(passage.digest for passage in cut), shrink_vectors(vectors))


def beside(vectors: Vectors, cosines: object, rng: np.random.Generator) -> Vectors:
    """Vectors at these cosines from the given ones."""
    wanted = np.asarray(cosines, np.float32)[:, None]
    others = rng.standard_normal(vectors.shape, np.float32)
    others -= (others * vectors).sum(axis=1, keepdims=True) * vectors
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    found: Vectors = (wanted * vectors + np.sqrt(1 - wanted**2) * others).astype(np.float32)
    return found


def write_words(bank: Bank, asked: Sequence[Question]) -> None:
    """Vectors for the index's commonest words; each of the questions' words has eight like it."""
    assert bank.meaning is not None
    words = [word for word in bank.index.engine().commonest(MOST_EMBEDDED_WORDS) if is_word_to_embed(word)]
    rng = np.random.default_rng((SEED, 3))
    vectors = shrink_vectors(rng.standard_normal((len(words), DIMENSIONS), np.float32))
    for at, vector in alike(bank.meaning, words, asked, rng):
        vectors[at] = vector
    bank.meaning.store.put_words(words, vectors)


def alike(
    meaning: Meaning, words: Sequence[str], asked: Sequence[Question], rng: np.random.Generator
) -> Iterator[tuple[int, SmallVectors]]:
    """(place among the words, its vector) of the words of the questions and of those like them."""
    single = list(dict.fromkeys(word for question in asked for word in telling_words(parse_query(question.text))))
    encoded = meaning.encode(single)
    places = {word: at for at, word in enumerate(words)}
    for word, vector in zip(single, encoded, strict=True):
        ranks = np.exp(rng.uniform(0, np.log(len(words)), MOST_ALIKE_WORDS)).astype(int)
        others = beside(np.tile(vector, (MOST_ALIKE_WORDS, 1)), np.full(MOST_ALIKE_WORDS, ALIKE), rng)
        yield from zip(ranks.tolist(), shrink_vectors(others), strict=True)
        if word in places:
            yield places[word], shrink_vectors(vector[None])[0]
