"""Made entries: lengths, words, tags, cities and years as a real bank may have them. The seed makes them the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from words import COMMON, made_words, shares

from bank.search.document import SearchDocument, SearchPage

SEED = 20
MEAN_LOG, SPREAD = 7.25, 0.55
SHORTEST, LONGEST = 300, 6000
PAGE, SENTENCE = 330, 20
PHRASES = 2000
TOPIC_WORDS, TOPIC_SHARE = 12, 0.06
CITIES = tuple(f"xx-ciudad-{number}" for number in range(300))
COUNTRIES = tuple(chr(65 + number // 5) + chr(75 + number % 5) for number in range(20))
KINDS = ("experience", "bulletin", "report", "postulation", "presentation", "guide")
THEMES = tuple(f"tema-{number}" for number in range(29))
GROUPS = tuple(f"grupo-{number}" for number in range(12))


@dataclass(frozen=True, slots=True)
class Language:
    """The vocabulary, its cumulated shares, and phrases that many entries repeat."""

    words: list[str]
    cumulated: NDArray[np.float64]
    phrases: list[list[int]]

    def draw(self, rng: np.random.Generator, count: int) -> NDArray[np.int64]:
        return np.minimum(np.searchsorted(self.cumulated, rng.random(count)), len(self.words) - 1)


@cache
def language() -> Language:
    rng = np.random.default_rng(SEED)
    rest = made_words(rng)
    words = [*COMMON, *rest]
    made = Language(words, np.cumsum(shares(len(rest))), [])
    for _ in range(PHRASES):
        made.phrases.append(made.draw(rng, int(rng.integers(3, 8))).tolist())
    return made


def entry(number: int) -> SearchDocument:
    """The entry of a number, counted from 1."""
    rng = np.random.default_rng((SEED, number))
    spoken = language()
    length = int(np.clip(rng.lognormal(MEAN_LOG, SPREAD), SHORTEST, LONGEST))
    drawn = body(rng, spoken, length)
    cities = tuple(dict.fromkeys(CITIES[int(300 * rng.random() ** 2)] for _ in range(rng.integers(1, 3))))
    country = COUNTRIES[int(20 * rng.random() ** 2)]
    title = " ".join(spoken.words[at] for at in spoken.draw(rng, int(rng.integers(4, 11)))).capitalize()
    return SearchDocument(
        id=number,
        version=1,
        language="es",
        kind=KINDS[int(len(KINDS) * rng.random() ** 2)],
        titles={"es": title},
        summaries={"es": text(spoken, drawn[:60])},
        names=tuple(city.replace("xx-", "").replace("-", " ") for city in cities),
        year=int(rng.integers(2004, 2027)),
        cities=cities,
        countries=(country,),
        principles=picked(rng, tuple(str(each) for each in range(1, 21)), 3),
        themes=picked(rng, THEMES, 3),
        sdgs=picked(rng, tuple(str(each) for each in range(1, 18)), 3),
        groups=picked(rng, GROUPS, 2),
        pages=tuple(
            SearchPage(1, page + 1, text(spoken, drawn[page * PAGE : (page + 1) * PAGE]))
            for page in range(-(-len(drawn) // PAGE))
        ),
    )


def body(rng: np.random.Generator, spoken: Language, length: int) -> NDArray[np.int64]:
    """Words drawn by share, some of them the entry's own topic, and a few of the phrases that entries repeat."""
    drawn = spoken.draw(rng, length)
    topic = rng.integers(len(COMMON), len(spoken.words), TOPIC_WORDS)
    own = rng.random(length) < TOPIC_SHARE
    drawn[own] = topic[rng.integers(0, TOPIC_WORDS, int(own.sum()))]
    for _ in range(rng.integers(2, 8)):
        phrase = spoken.phrases[int(PHRASES * rng.random() ** 3)]
        at = int(rng.integers(0, length - len(phrase)))
        drawn[at : at + len(phrase)] = phrase
    return drawn


def text(spoken: Language, drawn: NDArray[np.int64]) -> str:
    words = [spoken.words[at] for at in drawn.tolist()]
    sentences = (words[at : at + SENTENCE] for at in range(0, len(words), SENTENCE))
    return " ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences)


def picked(rng: np.random.Generator, values: tuple[str, ...], most: int) -> tuple[str, ...]:
    count = int(rng.integers(1, most + 1))
    return tuple(dict.fromkeys(values[int(len(values) * rng.random() ** 1.5)] for _ in range(count)))


def entries(count: int) -> Iterator[SearchDocument]:
    return (entry(number) for number in range(1, count + 1))
