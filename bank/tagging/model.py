"""Trains a model on the profiles' vectors that tells which terms a vector speaks for: ridge regression in closed form.

Passages, documents and single sentences each lie around a centre of their own, so a vector is measured from the centre
of its kind; without that, a term whose passages read like whole documents wins everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bank.tagging.examples import Examples
from bank.tagging.values import EncodeTexts, Scores, TextVectors

VECTOR_RIDGE_PENALTY = 10.0
DOCUMENT_WEIGHT = 2.0
"""The weight of a whole document in training; a passage has 1."""
NEAREST_EXAMPLES = 5
STRANGE_COSINE, FAMILIAR_COSINE = 0.36, 0.42
"""Mean cosines with the nearest examples: up to the first a text is not familiar at all, from the second on wholly."""


@dataclass(frozen=True, slots=True)
class VectorModel:
    """`weights`: shape (dimensions, terms); `document` and `sentence`: the centres of these kinds of text.

    `known`: the vectors of all passages and documents, shape (examples, dimensions).
    """

    weights: Scores
    document: Scores
    sentence: Scores
    known: Scores

    def of_documents(self, vectors: TextVectors) -> Scores:
        """How strongly each document-sized text speaks for each term; 0 is neither for nor against."""
        return np.asarray((vectors - self.document) @ self.weights, np.float64)

    def of_sentences(self, vectors: TextVectors) -> Scores:
        """How strongly each sentence or title speaks for each term; 0 is neither for nor against."""
        return np.asarray((vectors - self.sentence) @ self.weights, np.float64)

    def familiarity(self, vectors: TextVectors) -> float:
        """How much the most familiar of some document-sized texts is like the examples: 0 not at all, 1 wholly.

        Judged documents have a mean cosine of 0.41 or more with the five nearest examples, half of them of 0.49; lorem
        ipsum has 0.38, recipes and football matches have 0.28 or less.
        """
        near = np.sort(vectors @ self.known.T, axis=1)[:, -NEAREST_EXAMPLES:].mean(axis=1)
        return float(np.clip((near.max() - STRANGE_COSINE) / (FAMILIAR_COSINE - STRANGE_COSINE), 0.0, 1.0))


def learn_vector_model(examples: Examples, encode: EncodeTexts, sentences: Callable[[str], list[str]]) -> VectorModel:
    """Trains the model on the examples by ridge regression; `encode` is called once for all texts."""
    cut = tuple(sentence for document in examples.documents for sentence in sentences(document))
    vectors = encode((*examples.passages, *examples.documents, *cut)).astype(np.float64)
    ends = np.cumsum([len(examples.passages), len(examples.documents)])
    passages, documents, single = np.split(vectors, ends)
    document, sentence = documents.mean(axis=0), single.mean(axis=0)
    rows = np.vstack([passages - passages.mean(axis=0), documents - document])
    counts = np.repeat([1.0, DOCUMENT_WEIGHT], [len(passages), len(documents)])
    return VectorModel(
        ridge_weights(rows, examples.targets, counts), document, sentence, np.vstack([passages, documents])
    )


def ridge_weights(rows: Scores, targets: Scores, counts: Scores) -> Scores:
    """Weights that predict the targets from the rows by ridge regression (Hoerl and Kennard, 1970).

    `counts` is the weight of each row.
    """
    rows = rows - np.average(rows, axis=0, weights=counts)
    targets = targets - np.average(targets, axis=0, weights=counts)
    weighed = rows * counts[:, None]
    found = np.linalg.solve(rows.T @ weighed + VECTOR_RIDGE_PENALTY * np.eye(rows.shape[1]), weighed.T @ targets)
    return np.asarray(found, np.float64)
