"""Lays an entry out as one run of numbered words, the same for every engine.

Titles come first, then names, summaries, the kind's own fields, then the pages of each file. Between texts one number
is left out, so that no phrase reaches from one into the next; only the pages of one file follow without a gap.
"""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass

from bank.search.analysis import NAMES_LANGUAGE, analysis_language, stem
from bank.search.document import SearchDocument
from bank.search.folding import compounds_as_one, split_words
from bank.search.results import PageHit

TITLE_WEIGHT, NAME_WEIGHT, SUMMARY_WEIGHT, BODY_WEIGHT = 4.0, 3.0, 2.0, 1.0
"""The weight of a word in a title, a name, a summary or elsewhere, as in BM25F."""

IndexTerm = tuple[str, str, str]
"""(language, stem, word)."""


@dataclass(frozen=True, slots=True)
class WeightedText:
    """A text of an entry with its weight in scoring.

    `page` is None outside files; `follows`: phrases may reach into it from the text before.
    """

    language: str
    text: str
    weight: float
    page: PageHit | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The terms of an entry with their places, which are numbers of words, ascending.

    `weights` adds up the weights of a term's places; `length` is the number of words. `title_end` is the number of the
    first word after the titles; `starts[i]` that of the first word of `pages[i]`.
    """

    places: dict[IndexTerm, list[int]]
    weights: dict[IndexTerm, float]
    length: int
    title_end: int
    starts: list[int]
    pages: tuple[PageHit, ...]


def weighted_texts(document: SearchDocument) -> Iterator[WeightedText]:
    """The entry's texts in the order in which they are numbered."""
    for language, title in document.titles.items():
        yield WeightedText(analysis_language(language), title, TITLE_WEIGHT)
    for name in document.names:
        yield WeightedText(NAMES_LANGUAGE, name, NAME_WEIGHT)
    for language, summary in document.summaries.items():
        yield WeightedText(analysis_language(language), summary, SUMMARY_WEIGHT)
    language = analysis_language(document.language)
    for text in document.fields:
        yield WeightedText(language, text, BODY_WEIGHT)
    file = None
    for page in document.pages:
        yield WeightedText(language, page.text, BODY_WEIGHT, PageHit(page.file, page.page), follows=page.file == file)
        file = page.file


def lay_out(document: SearchDocument) -> Layout:
    """Numbers the words of an entry and collects its terms."""
    places: dict[str, dict[str, list[int]]] = {}
    extra: dict[tuple[str, str], float] = {}
    starts: list[int] = []
    pages: list[PageHit] = []
    number = length = title_end = 0
    for passage in weighted_texts(document):
        number += 0 if passage.follows else 1
        if passage.page:
            starts.append(number)
            pages.append(passage.page)
        found = split_words(passage.text)
        compounds = compounds_as_one(passage.text)
        number_words(found, number, places.setdefault(passage.language, {}))
        number_compounds(compounds, number, places[passage.language])
        if passage.weight != BODY_WEIGHT:
            for word in (*found, *(joined for _, joined in compounds)):
                key = (passage.language, word)
                extra[key] = extra.get(key, 0.0) + passage.weight - BODY_WEIGHT
        number += len(found)
        length += len(found)
        if passage.weight == TITLE_WEIGHT:
            title_end = number
    terms: dict[IndexTerm, list[int]] = {}
    weights: dict[IndexTerm, float] = {}
    for language, own in places.items():
        for word, at in own.items():
            term = (language, stem(word, language), word)
            terms[term] = at
            weights[term] = len(at) * BODY_WEIGHT + extra.get((language, word), 0.0)
    return Layout(terms, weights, length, title_end, starts, tuple(pages))


def number_words(found: list[str], number: int, places: dict[str, list[int]]) -> None:
    """Adds the place of each word to `places`; the first word has the number `number`."""
    for at, word in enumerate(found, number):
        if word in places:
            places[word].append(at)
        else:
            places[word] = [at]


def number_compounds(found: list[tuple[int, str]], number: int, places: dict[str, list[int]]) -> None:
    """Adds the place of each compound written as one word: that of its first part."""
    for at, word in found:
        insort(places.setdefault(word, []), number + at)
