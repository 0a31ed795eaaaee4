"""Makes the tagger of a bank.

It hands the tagger sentence splitting, stemming and encoding from bank/search, which bank/tagging may not import.
"""

from collections.abc import Sequence

import numpy as np

from bank.search.analysis import stem
from bank.search.meaning.batches import encode_in_batches, no_pause
from bank.search.meaning.encoder import Vectors
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.sentences import split_sentences
from bank.tagging.tagger import Tagger
from bank.tagging.values import EncodeTexts, TextAnalysis
from bank.vocabulary import Vocabulary, load_profiles


def new_tagger(vocabulary: Vocabulary, meaning: Meaning | None) -> Tagger:
    """The tagger of a bank, which learns from the profiles at its first use; without `meaning` by words alone."""
    if meaning is None:
        return Tagger(vocabulary, load_profiles, TextAnalysis(split_sentences, stem))
    return Tagger(
        vocabulary,
        load_profiles,
        TextAnalysis(split_sentences, stem, reading_encoder(meaning)),
        profile_encoder(meaning),
    )


def reading_encoder(meaning: Meaning) -> EncodeTexts:
    """Encodes a document's pieces a few at a time, so that a search need not wait for all of them."""

    def encode(texts: Sequence[str]) -> Vectors:
        return np.concatenate(list(encode_in_batches(meaning.encode, texts, no_pause)))

    return encode


def profile_encoder(meaning: Meaning) -> EncodeTexts:
    """Encodes the passages of the profiles; for those that are landmarks of search it takes the landmarks' vectors."""
    encode = reading_encoder(meaning)

    def taught(texts: Sequence[str]) -> Vectors:
        held = meaning.landmarks
        count = len(held.texts)
        if tuple(texts[:count]) != held.texts:
            return encode(texts)
        return np.concatenate([held.vectors(), encode(texts[count:])])

    return taught
