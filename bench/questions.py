"""What is asked: eight kinds of query and long texts, each as the bank's language and as what the rivals need."""

from dataclasses import dataclass, field

import numpy as np
from corpus import SEED, entry, language
from words import COMMON

from bank.search.request import Filters, Sort

EACH = 25


@dataclass(frozen=True, slots=True)
class Question:
    """`words` must all match, `phrase` as it is, `prefix` as a beginning; `sort` and `filters` as in a request."""

    kind: str
    words: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    prefix: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"

    @property
    def text(self) -> str:
        """In the bank's query language."""
        parts = [*self.words]
        if self.phrase:
            parts.append(f'"{" ".join(self.phrase)}"')
        if self.prefix:
            parts.append(f"{self.prefix}*")
        return " ".join(parts)


def questions(each: int = EACH) -> list[Question]:
    """Kind by kind; words from common to rare."""
    rng = np.random.default_rng(SEED + 1)
    words = language().words

    def word(first: int = 20, last: int = 4000) -> str:
        return str(words[len(COMMON) + int(np.exp(rng.uniform(np.log(first), np.log(last))))])

    def phrase() -> tuple[str, ...]:
        return tuple(words[at] for at in language().phrases[int(2000 * rng.random() ** 3)])

    made: list[Question] = []
    for _ in range(each):
        made.append(Question("word", (word(),)))
        made.append(Question("two words", (word(5, 500), word(5, 500))))
        made.append(Question("phrase", phrase=phrase()))
        made.append(Question("prefix", prefix=word()[:4]))
        tags = Filters(principle=("1", "2"), theme=("tema-1", "tema-2"))
        made.append(Question("tags", (word(5, 1000),), filters=tags))
        made.append(Question("newest", (word(5, 1000),), filters=Filters(kind=("experience",)), sort="newest"))
        made.append(Question("years", (word(5, 1000),), filters=Filters(year_from=2012, year_to=2020)))
        made.append(Question("misspelt", (misspelt(word(20, 2000), rng),)))
    return sorted(made, key=lambda question: question.kind)


def misspelt(word: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(1, max(len(word) - 1, 2)))
    return word[:at] + "k" + word[at + 1 :]


def described(each: int = EACH) -> list[Question]:
    """Long free texts: what a city describes in a paragraph."""
    first = 1_000_000
    return [Question("described", tuple(entry(first + at).pages[0].text.split()[:60])) for at in range(each)]
