"""Taggers as a bank has them: one that knows meaning, made once for the run, and one that only looks at words."""

import pytest

from bank.search.analysis import stem
from bank.search.meaning.encoder import Encoder
from bank.search.meaning.sentences import split_sentences
from bank.tagging.tagger import Tagger
from bank.tagging.values import TextAnalysis
from bank.vocabulary import load_profiles, load_vocabulary


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    return Tagger(load_vocabulary(), load_profiles, TextAnalysis(split_sentences, stem, Encoder()))


@pytest.fixture(scope="session")
def plain() -> Tagger:
    return Tagger(load_vocabulary(), load_profiles, TextAnalysis(split_sentences, stem))
