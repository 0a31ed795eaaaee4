"""Made words that bend like Spanish ones, and how often each is used."""

import numpy as np
from numpy.typing import NDArray

COMMON = (
    "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta "
    "entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros"
).split()
COMMON_SHARE = 0.42
ONSETS = "b c d f g l m n p r s t v br cr dr gr pl pr tr ch ll qu".split()
VOWELS = "a e i o u a e o ia ie ue".split()
NOUNS = ("o", "os", "a", "as")
THINGS = ("ción", "ciones", "dor", "dora", "dores", "doras", "r", "ndo", "da", "do")
QUALITIES = ("al", "ales", "able", "ables", "idad", "idades", "ista", "istas")
ROOTS = 9000


def made_words(rng: np.random.Generator) -> list[str]:
    """About 50,000 forms of 9,000 roots, in no order, each once."""
    forms: dict[str, None] = {}
    for number in range(ROOTS):
        syllables = rng.integers(1, 4)
        root = "".join(ONSETS[rng.integers(len(ONSETS))] + VOWELS[rng.integers(len(VOWELS))] for _ in range(syllables))
        root += ONSETS[rng.integers(13)]
        endings = (NOUNS, tuple(f"a{ending}" for ending in THINGS), QUALITIES)[number % 3]
        forms.update(dict.fromkeys(root + ending for ending in endings))
    words = [form for form in forms if form not in COMMON]
    rng.shuffle(words)
    return words


def shares(count: int) -> NDArray[np.float64]:
    """How likely each word of the vocabulary is: common words first, then Zipf with a tail."""
    common = 1 / (np.arange(len(COMMON)) + 2.7)
    rest = 1 / (np.arange(count) + 30.0) ** 1.05
    return np.concatenate([common / common.sum() * COMMON_SHARE, rest / rest.sum() * (1 - COMMON_SHARE)])
