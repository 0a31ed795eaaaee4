"""Chooses the sentences that speak for a term: those that name it, then those whose words and meaning say it most."""

from collections.abc import Sequence

import numpy as np

from bank.tagging.features import ReadDocument
from bank.tagging.values import DocumentPart, Evidence, Scores

MOST_EVIDENCE_SENTENCES = 3
CUE_FACTOR, MEANING_FACTOR, STEM_FACTOR = 0.3, 12.0, 60.0
"""Weights of a sentence's cues, of its score by meaning and, where there is no model, of its score by stems."""
LEAST_STRENGTH = 0.5
"""Least strength of a sentence that is shown; where none has it, the strongest one is shown."""
LEAST_SHARE_OF_STRONGEST = 0.35
"""Least strength of further sentences, as a share of the strongest one's."""


def choose_evidence(
    read: ReadDocument, parts: Sequence[DocumentPart], column: int, term: str | None
) -> tuple[Evidence, ...]:
    """At most three sentences, first one that names the principle by number, then the strongest.

    `column` is the term's; `term` is the principle whose mentions count, None for a theme.
    """
    named = [mention.sentence - 1 for mention in read.mentions if mention.term == term and mention.sentence > 0]
    spoken = sentence_strengths(read, column)
    order = [int(at) for at in np.argsort(-spoken, kind="stable") if spoken[at] > 0]
    strong = [
        at for at in order if spoken[at] >= max(LEAST_STRENGTH, LEAST_SHARE_OF_STRONGEST * spoken[order[0]])
    ] or order[:1]
    chosen = list(dict.fromkeys((*named[:1], *strong)))
    texts: dict[str, Evidence] = {}
    for at in chosen:
        sentence = read.sentences[at]
        part = parts[sentence.part]
        texts.setdefault(sentence.text, Evidence(sentence.text, part.file, part.page))
    return tuple(texts.values())[:MOST_EVIDENCE_SENTENCES]


def sentence_strengths(read: ReadDocument, column: int) -> Scores:
    """How strongly each sentence speaks for the term, shape (sentences,); 0 for those that prove nothing."""
    found = np.zeros(len(read.sentences))
    worded = [at for at, sentence in enumerate(read.sentences) if sentence.counts or sentence.heading]
    found[worded] = CUE_FACTOR * read.heard.by_text[1:, column]
    found += (MEANING_FACTOR if read.meant else STEM_FACTOR) * np.maximum(read.by_sentence[:, column], 0.0)
    return np.where([sentence.proves for sentence in read.sentences], found, 0.0)
