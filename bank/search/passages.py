"""An entry laid out as one run of numbered words, the same for every engine.

Titles come first, then names, summaries, the kind's own fields, then the pages of each file. Between passages one
number is left out, so that no phrase reaches from one into the next; only the pages of one file follow on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bank.search.analysis import NAMES, analysed, stem
from bank.search.document import SearchDocument
from bank.search.folding import words
from bank.search.results import PageHit

TITLE, NAME, SUMMARY, BODY = 4.0, 3.0, 2.0, 1.0
"""How much a word counts by where it stands, as in BM25F."""

Term = tuple[str, str, str]
"""Language, stem, word."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that stands together. `page` is None outside files; `follows` when no gap separates it from the last."""

    language: str
    text: str
    weight: float
    page: PageHit | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The terms of an entry with the numbers of their places, in order.

    `title_end` is the number of the first word after the titles; `starts[i]` that of the first word of `pages[i]`.
    """

    places: dict[Term, list[int]]
    weights: dict[Term, float]
    length: int
    title_end: int
    starts: list[int]
    pages: tuple[PageHit, ...]


def passages(document: SearchDocument) -> Iterator[Passage]:
    """The entry's texts in the order in which they are numbered."""
    for language, title in document.titles.items():
        yield Passage(analysed(language), title, TITLE)
    for name in document.names:
        yield Passage(NAMES, name, NAME)
    for language, summary in document.summaries.items():
        yield Passage(analysed(language), summary, SUMMARY)
    language = analysed(document.language)
    for text in document.fields:
        yield Passage(language, text, BODY)
    file = None
    for page in document.pages:
        yield Passage(language, page.text, BODY, PageHit(page.file, page.page), follows=page.file == file)
        file = page.file


def lay_out(document: SearchDocument) -> Layout:
    """Numbers the words of an entry."""
    places: dict[str, dict[str, list[int]]] = {}
    extra: dict[tuple[str, str], float] = {}
    starts: list[int] = []
    pages: list[PageHit] = []
    number = length = title_end = 0
    for passage in passages(document):
        number += 0 if passage.follows else 1
        if passage.page:
            starts.append(number)
            pages.append(passage.page)
        found = words(passage.text)
        number_words(found, number, places.setdefault(passage.language, {}))
        if passage.weight != BODY:
            for word in found:
                key = (passage.language, word)
                extra[key] = extra.get(key, 0.0) + passage.weight - BODY
        number += len(found)
        length += len(found)
        if passage.weight == TITLE:
            title_end = number
    terms: dict[Term, list[int]] = {}
    weights: dict[Term, float] = {}
    for language, own in places.items():
        for word, at in own.items():
            term = (language, stem(word, language), word)
            terms[term] = at
            weights[term] = len(at) * BODY + extra.get((language, word), 0.0)
    return Layout(terms, weights, length, title_end, starts, tuple(pages))


def number_words(found: list[str], number: int, places: dict[str, list[int]]) -> None:
    """Notes the place of each word, counted from `number`."""
    for at, word in enumerate(found, number):
        if word in places:
            places[word].append(at)
        else:
            places[word] = [at]
