"""Reads a document once and computes its signals for every term: cues, stems, mentions, meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bank.tagging.clearing import Sentence, cut_parts, judge_sentences
from bank.tagging.mentions import Mention, find_mentions
from bank.tagging.model import VectorModel
from bank.tagging.stems import StemModel
from bank.tagging.values import Document, EncodeTexts, Scores, TextAnalysis
from bank.tagging.wording import CueScorer, CueSignals
from bank.vocabulary import Vocabulary

Item = TypeVar("Item")
BLOCK_WORDS = 400
"""Words of a piece: a long document is embedded piece by piece."""
MOST_BLOCKS, MOST_EMBEDDED_SENTENCES = 40, 400
"""Most pieces and sentences that are embedded of one document."""
MOST_READ_SENTENCES, MOST_READ_WORDS = 2000, 20_000
"""Most sentences and words that are read of one document; mentions are searched in all."""
FEWEST_BEST = 3
BEST_SHARE = 0.2
"""Share of the best sentences or pieces whose mean is a term's score; at least three."""


@dataclass(frozen=True, slots=True)
class LearntModels:
    """The trained models: cues, stems, and vectors (None where nothing is encoded)."""

    wording: CueScorer
    stems: StemModel
    model: VectorModel | None


@dataclass(frozen=True, slots=True)
class MeaningSignals:
    """Scores by meaning, shape (terms,), of the whole document, its best sentences and its title.

    `by_sentence` has shape (sentences, terms), 0 where a sentence does not count or was not embedded. `familiarity` (0
    to 1): how much the text is like the examples that the model was trained on.
    """

    document: Scores
    sentences: Scores
    title: Scores
    by_sentence: Scores
    familiarity: float


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it was read: its sentences and signals. `stems` has shape (terms,).

    `meant` is None without a vector model. `by_sentence`, shape (sentences, terms), holds each sentence's scores by
    meaning or, without a model, by stems.
    """

    sentences: tuple[Sentence, ...]
    heard: CueSignals
    stems: Scores
    mentions: tuple[Mention, ...]
    meant: MeaningSignals | None
    by_sentence: Scores


def read_for_tags(
    document: Document, vocabulary: Vocabulary, reading: TextAnalysis, learnt: LearntModels
) -> ReadDocument:
    """The document's sentences and its signals for every term, before similar entries are considered."""
    every = cut_parts(document.parts, reading.sentences)
    chosen, named = sample_sentences(
        every, find_mentions(vocabulary, [document.title, *(text for text, _ in every)], document.date)
    )
    found = tuple(judge_sentences(chosen))
    worded = [sentence for sentence in found if sentence.counts or sentence.heading]
    texts = [document.title, *(sentence.text for sentence in worded)]
    meant = (
        meaning_signals(document.title, found, reading.encode, learnt.model)
        if reading.encode and learnt.model
        else None
    )
    return ReadDocument(
        sentences=found,
        heard=learnt.wording.heard(texts, [True, *(sentence.heading for sentence in worded)]),
        stems=learnt.stems.of("\n".join(texts)),
        mentions=tuple(named),
        meant=meant,
        by_sentence=meant.by_sentence if meant else stem_scores(found, learnt.stems),
    )


def sample_sentences(
    sentences: Sequence[tuple[str, int]], named: Sequence[Mention]
) -> tuple[list[tuple[str, int]], list[Mention]]:
    """At most 2,000 sentences or 20,000 words, evenly spread, always with each principle's first mention.

    Also returns the mentions in these sentences, renumbered.
    """
    words = sum(len(text.split()) for text, _ in sentences)
    share = min(1.0, MOST_READ_SENTENCES / max(len(sentences), 1), MOST_READ_WORDS / max(words, 1))
    first = {(mention.term, mention.sentence == 0): mention for mention in reversed(named)}
    naming = {mention.sentence - 1 for mention in first.values() if mention.sentence}
    chosen = sorted(naming.union(spread_evenly(range(len(sentences)), int(share * len(sentences)))))
    places = {-1: -1} | {old: new for new, old in enumerate(chosen)}
    left = [Mention(one.term, places[one.sentence - 1] + 1) for one in named if one.sentence - 1 in places]
    return [sentences[at] for at in chosen], left


def stem_scores(sentences: Sequence[Sentence], stems: StemModel) -> Scores:
    """The scores of each sentence by its stems, shape (sentences, terms); 0 for those that don't count."""
    silent = np.zeros(stems.weights.shape[1])
    return np.array([stems.of(one.text) if one.counts else silent for one in sentences]).reshape(-1, len(silent))


def meaning_signals(
    title: str, sentences: Sequence[Sentence], encode: EncodeTexts, model: VectorModel
) -> MeaningSignals:
    """The scores of the document's pieces, sentences and title by their vectors; `encode` is called once."""
    counted = [at for at, sentence in enumerate(sentences) if sentence.counts]
    looked = spread_evenly(counted, MOST_EMBEDDED_SENTENCES)
    whole = document_blocks(title, [sentences[at].text for at in counted])
    vectors = encode([title, *whole, *(sentences[at].text for at in looked)])
    by_sentence = np.zeros((len(sentences), model.weights.shape[1]))
    by_sentence[looked] = model.of_sentences(vectors[1 + len(whole) :])
    silent = np.zeros(model.weights.shape[1])
    return MeaningSignals(
        document=mean_of_best(model.of_documents(vectors[1 : 1 + len(whole)])) if looked else silent,
        sentences=mean_of_best(by_sentence[looked]) if looked else silent,
        title=model.of_sentences(vectors[:1])[0] if title.strip() else silent,
        by_sentence=by_sentence,
        familiarity=model.familiarity(vectors[1 : 1 + len(whole)]) if looked else 0.0,
    )


def mean_of_best(scores: Scores) -> Scores:
    """The mean of each term's highest scores: a fifth of the rows, at least three."""
    count = min(len(scores), max(FEWEST_BEST, round(BEST_SHARE * len(scores))))
    return np.asarray(np.sort(scores, axis=0)[-count:].mean(axis=0))


def document_blocks(title: str, sentences: Sequence[str]) -> Sequence[str]:
    """The document in even pieces of about 400 words, the title before the first; at most 40, evenly spread."""
    words = [len(sentence.split()) for sentence in sentences]
    count = max(1, round(sum(words) / BLOCK_WORDS))
    ends = np.cumsum(words) * count / max(sum(words), 1)
    pieces: list[list[str]] = [[title] if title.strip() else [], *([] for _ in range(count - 1))]
    for sentence, end in zip(sentences, ends, strict=True):
        pieces[min(int(end), count - 1)].append(sentence)
    return spread_evenly([" ".join(piece) for piece in pieces if piece], MOST_BLOCKS)


def spread_evenly(items: Sequence[Item], most: int) -> Sequence[Item]:
    """At most `most` of the items, evenly spread over them."""
    return items if len(items) <= most else [items[at * len(items) // most] for at in range(most)]
