"""Finds the weights of suggested tags on the judged documents, and tells how good they are by cross-validation.

The model itself learns from the vocabulary's profiles alone; the judged documents (tests/evaluation/tuned) only weigh
its signals. Each fold is measured with weights that were found without it.
"""

import tomllib
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bank.search.analysis import stem
from bank.search.meaning.encoder import Encoder
from bank.search.meaning.sentences import split_sentences
from bank.tagging.scoring import SIGNAL_NAMES, term_signals
from bank.tagging.tagger import LEAST_SUGGESTED_SCORE, Tagger
from bank.tagging.values import TAGGED_VOCABULARIES, Document, DocumentPart, TextAnalysis
from bank.vocabulary import load_profiles, load_vocabulary

JUDGED = Path(__file__).resolve().parent.parent / "tests" / "evaluation" / "tuned"
FOLDS, ROUNDS, SHOWN = 10, 5, 3
PENALTY = 1.0
Table = NDArray[np.float64]


def documents() -> list[tuple[Document, dict[str, list[str]]]]:
    """The judged documents and their terms, the main one first."""
    gold = tomllib.loads((JUDGED / "gold.toml").read_text("utf-8"))["documents"]
    found = []
    for path in sorted((JUDGED / "documents").glob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        facts, tags = yaml.safe_load(front), gold[path.stem]
        terms = {"principle": [str(number) for number in tags["principles"]], "theme": tags["themes"]}
        found.append((Document(facts["title"], (DocumentPart(body),), str(facts["year"])), terms))
    return found


def regression(rows: Table, right: Table) -> Table:
    """Weights, the base last, by Newton's method."""
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.zeros(rows.shape[1])
    penalty = np.diag([PENALTY] * (len(weights) - 1) + [0.0])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (likely - right) + penalty @ weights
        weights -= np.linalg.solve((rows * (likely * (1 - likely))[:, None]).T @ rows + penalty, slope)
    return weights


def measured(likely: Table, right: Table, main: NDArray[np.int64]) -> list[float]:
    """The main term at the first place and in the first three; precision, recall and F1 of the three over the least."""
    order = np.argsort(-likely, axis=1)[:, :SHOWN]
    shown = [[term for term in row if likely[at, term] >= LEAST_SUGGESTED_SCORE] for at, row in enumerate(order)]
    hits = sum(right[at, row].sum() for at, row in enumerate(shown))
    precision, recall = hits / max(sum(map(len, shown)), 1), hits / right.sum()
    first = float(np.mean(order[:, 0] == main))
    three = float(np.mean([main[at] in row for at, row in enumerate(shown)]))
    return [first, three, precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)]


def report(name: str, tagger: Tagger, used: list[int]) -> None:
    """Prints the weights of all documents, and what cross-validation gives."""
    judged = documents()
    ids = {each: [term.id for term in tagger.vocabulary.vocabularies()[each]] for each in TAGGED_VOCABULARIES}
    rows = {
        each: np.array([term_signals(tagger.read(document), tagger.columns(each))[:, used] for document, _ in judged])
        for each in TAGGED_VOCABULARIES
    }
    right = {each: np.array([[term in tags[each] for term in ids[each]] for _, tags in judged]) for each in ids}
    main = {each: np.array([ids[each].index(tags[each][0]) for _, tags in judged]) for each in ids}
    spread = np.vstack([found.reshape(-1, len(used)) for found in rows.values()]).std(axis=0)

    def weights(chosen: NDArray[np.bool_]) -> Table:
        told = np.vstack([rows[each][chosen].reshape(-1, len(used)) / spread for each in TAGGED_VOCABULARIES])
        found = regression(
            told, np.concatenate([right[each][chosen].ravel() for each in TAGGED_VOCABULARIES]).astype(float)
        )
        return np.append(found[:-1] / spread, found[-1])

    everything = weights(np.ones(len(judged), bool)).round(2).tolist()
    print(f"{name}: {dict(zip((*(SIGNAL_NAMES[at] for at in used), 'base'), everything, strict=True))}")
    rng = np.random.default_rng(0)
    results: dict[str, list[list[float]]] = {each: [] for each in TAGGED_VOCABULARIES}
    for _ in range(ROUNDS):
        fold = rng.permutation(len(judged)) % FOLDS
        likely = {each: np.zeros(right[each].shape) for each in TAGGED_VOCABULARIES}
        for number in range(FOLDS):
            found = weights(fold != number)
            for each in TAGGED_VOCABULARIES:
                logits = rows[each][fold == number] @ found[:-1] + found[-1]
                likely[each][fold == number] = 1 / (1 + np.exp(-logits))
        for each in TAGGED_VOCABULARIES:
            results[each].append(measured(likely[each], right[each], main[each]))
    for each in TAGGED_VOCABULARIES:
        first, three, precision, recall, score = np.mean(results[each], axis=0)
        print(
            f"  {each:9} main term first {first:.2f}, in three {three:.2f}; "
            f"at three: precision {precision:.2f}, recall {recall:.2f}, F1 {score:.2f}"
        )


if __name__ == "__main__":
    encode = Encoder()
    vocabulary = load_vocabulary()
    report(
        "with meaning", Tagger(vocabulary, load_profiles, TextAnalysis(split_sentences, stem, encode)), list(range(7))
    )
    report("words alone", Tagger(vocabulary, load_profiles, TextAnalysis(split_sentences, stem)), [4, 5, 6])
