"""Hits as people see them: checked against the catalogue, each with the pieces of text that speak for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from bank.catalogue import files
from bank.catalogue.files import PageText
from bank.ingest.cleaning import index_text
from bank.search.document import SearchPage
from bank.search.meaning.meaning import Nearest
from bank.search.meaning.passages import FINE, Passage, grouped
from bank.search.query import Query, Word
from bank.search.results import Hit
from bank.search.snippets import LENGTH, cut, mark_all
from bank.workflow.asking import Answered
from bank.workflow.cards import Listed, listed
from bank.workflow.parts import Bank
from bank.workflow.views import HitView, Snippet

SNIPPETS = 2
Pages = Mapping[tuple[int, int], PageText]


@dataclass(frozen=True, slots=True)
class Shown:
    """What all hits of one answer share. `nearest` are the passages of those found by their meaning."""

    found: Mapping[int, Listed]
    pages: Pages
    nearest: Mapping[int, Nearest]
    query: Query
    widened: Query
    """The query's words and those that mean much the same, to mark in what was found by its meaning."""


def shown(bank: Bank, session: Session, answered: Answered) -> tuple[HitView, ...]:
    """The hits that the catalogue says may be seen, each with the pieces of text that match."""
    hits = answered.results.hits
    found = listed(bank.memory, session, [hit.id for hit in hits])
    meant = [hit.id for hit in hits if hit.by_meaning and hit.id in found]
    nearest = bank.meaning.nearest(answered.vector, meant) if bank.meaning and answered.vector is not None else {}
    wanted = [place for hit in hits if hit.id in found for place in places(hit, found[hit.id], nearest.get(hit.id))]
    query = answered.question.query
    words = [Word(other) for others in answered.alike.values() for other, _ in others]
    all_of_it = Shown(found, files.some_pages(session, wanted), nearest, query, Query((*query.clauses, *words)))
    return tuple(
        HitView(found[hit.id].card, hit.score, hit.reason, tuple(pieces(hit, found[hit.id], all_of_it)))
        for hit in hits
        if hit.id in found
    )


def places(hit: Hit, entry: Listed, nearest: Nearest | None) -> Iterator[tuple[int, int]]:
    """(file id, page) of the pages that a hit's pieces are cut from; for a passage also the page that goes on."""
    if nearest is not None:
        yield from passage_places(entry, nearest)
        return
    for page in hit.pages[:SNIPPETS]:
        if page.file in entry.files:
            yield entry.files[page.file], page.page


def passage_places(entry: Listed, nearest: Nearest) -> Iterator[tuple[int, int]]:
    """(file id, page) of the page that a passage is cut from, and of the one that goes on."""
    if nearest.file in entry.files:
        yield entry.files[nearest.file], nearest.page
        yield entry.files[nearest.file], nearest.page + 1


def pieces(hit: Hit, entry: Listed, shown: Shown) -> Iterator[Snippet]:
    """The passage that means it, or the pieces with its words; where there is neither, a piece of the summary."""
    nearest = shown.nearest.get(hit.id)
    snippets = list(
        meaning_piece(entry, nearest, shown.pages, shown.widened) if nearest else word_pieces(hit, entry, shown)
    )
    yield from snippets or summary_piece(entry, shown.query)


def word_pieces(hit: Hit, entry: Listed, shown: Shown) -> Iterator[Snippet]:
    for place in hit.pages[:SNIPPETS]:
        page = shown.pages.get((entry.files.get(place.file, 0), place.page))
        piece = cut(page.text, shown.query, entry.card.language) if page else None
        if page and piece:
            yield Snippet(*piece, place.file, place.page, page.label)


def meaning_piece(entry: Listed, nearest: Nearest, pages: Pages, marked: Query) -> Iterator[Snippet]:
    """The passage that was compared, if it still stands as it was embedded, with the words of `marked` in it."""
    file = entry.files.get(nearest.file, 0)
    page = pages.get((file, nearest.page))
    for passage in passages(entry, nearest, page, pages.get((file, nearest.page + 1))):
        if passage.digest == nearest.digest:
            text, marks = short(passage.text, marked, entry.card.language)
            place = (nearest.file, nearest.page, page.label) if page else ()
            yield Snippet(text, marks, *place)
            return


def passages(entry: Listed, nearest: Nearest, page: PageText | None, after: PageText | None) -> Iterator[Passage]:
    """The fine passages of a page, or of what stands outside the files."""
    titles = entry.card.titles
    title = titles.get(entry.card.language) or next(iter(titles.values()), "")
    if page is not None:
        text = index_text(page.text, page.furniture, after.text if after else "")
        yield from cut_fine(SearchPage(nearest.file, nearest.page, text), title)
        return
    for language, summary in entry.card.summaries.items():
        yield from cut_fine(SearchPage(0, 0, summary), titles.get(language, title))


@lru_cache(maxsize=2000)
def cut_fine(page: SearchPage, title: str) -> tuple[Passage, ...]:
    """The fine passages of a page. Cutting takes about a millisecond, and the same pages are shown again and again."""
    return tuple(grouped([page], title, FINE))


def short(text: str, query: Query, language: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """About 240 characters of a passage, and what is marked in it."""
    if len(text) <= 2 * LENGTH:
        return text, mark_all(text, query, language)
    return cut(text, query, language, 2 * LENGTH) or (text[: 2 * LENGTH].rpartition(" ")[0] + " …", ())


def summary_piece(entry: Listed, query: Query) -> Iterator[Snippet]:
    """A piece of the summary with the query's words, in the first language that has one."""
    for language, summary in entry.card.summaries.items():
        piece = cut(summary, query, language)
        if piece:
            yield Snippet(*piece)
            return
