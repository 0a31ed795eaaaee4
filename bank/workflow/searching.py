"""A search as a person asks it: found by the engine, checked against the catalogue, shown with its sentences."""

from collections.abc import Iterator, Mapping
from time import perf_counter

from sqlalchemy.orm import Session

from bank.catalogue import files, outbox
from bank.catalogue.files import PageText
from bank.errors import Invalid
from bank.messages import N_
from bank.search.engine import Completion
from bank.search.query import Query, parse
from bank.search.request import FACETS, LARGEST_PAGE, SORTS, Filters, SearchRequest
from bank.search.results import FacetCount, Hit, Results
from bank.search.snippets import cut
from bank.vocabulary.folding import fold
from bank.vocabulary.terms import Term
from bank.workflow.cards import Listed, listed
from bank.workflow.naming import with_ids
from bank.workflow.parts import Bank
from bank.workflow.views import FacetValue, HitView, SearchView, Snippet

SNIPPETS = 2
EVERY = 10**9
DEEPEST = 10_000
"""Hits beyond this are not paged to; an export has them all."""


def search(bank: Bank, q: str, filters: Filters, sort: str = "relevance", page: int = 1, size: int = 20) -> SearchView:
    """One page of results. Raises Invalid for an unknown order, a page below 1 or a size out of 1 to 100."""
    if sort not in SORTS:
        raise Invalid(N_("There is no order called {sort}."), sort=sort)
    if not 1 <= size <= LARGEST_PAGE or page < 1:
        raise Invalid(N_("Pages count from 1 and hold 1 to {largest} entries."), largest=LARGEST_PAGE)
    began = perf_counter()
    with bank.database.reading() as session:
        query = with_ids(session, bank.vocabulary, parse(q))
        offset = (page - 1) * size
        shown_size = max(min(size, DEEPEST - offset), 0)
        request = SearchRequest(query, filters, sort, offset, shown_size, outbox.hidden_ids(session))  # type: ignore[arg-type]
        results = bank.index.engine().search(request)
        hits = tuple(shown(bank, session, query, results))
    return SearchView(
        total=results.total,
        page=page,
        size=size,
        pages=-(-min(results.total, DEEPEST) // size),
        took_ms=round((perf_counter() - began) * 1000, 1),
        hits=hits,
        facets={name: facet(results.facets.get(name, ()), getattr(filters, name, ())) for name in FACETS},
        did_you_mean=results.did_you_mean,
        interpreted=query.text(),
    )


def facet(counts: tuple[FacetCount, ...], chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    """A facet's values with what is chosen; a chosen value that finds nothing is still shown, with 0."""
    there = {count.value for count in counts}
    values = [FacetValue(count.value, count.count, count.value in chosen) for count in counts]
    return (*values, *(FacetValue(value, 0, True) for value in chosen if value not in there))


def shown(bank: Bank, session: Session, query: Query, results: Results) -> Iterator[HitView]:
    """The hits that the catalogue says may be seen, each with the pieces of text that match."""
    found = listed(bank.memory, session, [hit.id for hit in results.hits])
    pages = hit_pages(session, results, found)
    for hit in results.hits:
        entry = found.get(hit.id)
        if entry is not None:
            yield HitView(entry.card, hit.score, hit.reason, tuple(snippets(query, hit, entry, pages)))


def hit_pages(session: Session, results: Results, found: Mapping[int, Listed]) -> Mapping[tuple[int, int], PageText]:
    """(file id, page number) -> the best matching pages of all hits."""
    wanted = []
    for hit in results.hits:
        for page_hit in hit.pages[:SNIPPETS] if hit.id in found else ():
            file_id = found[hit.id].files.get(page_hit.file)
            if file_id is not None:
                wanted.append((file_id, page_hit.page))
    return files.some_pages(session, wanted)


def snippets(query: Query, hit: Hit, entry: Listed, pages: Mapping[tuple[int, int], PageText]) -> Iterator[Snippet]:
    """Pieces of the hit's best pages; where no page matches, of its summary."""
    some = False
    for page_hit in hit.pages[:SNIPPETS]:
        page = pages.get((entry.files.get(page_hit.file, 0), page_hit.page))
        piece = cut(page.text, query, entry.card.language) if page else None
        if page and piece:
            some = True
            yield Snippet(piece[0], piece[1], page_hit.file, page_hit.page, page.label)
    if not some:
        for language, summary in entry.card.summaries.items():
            piece = cut(summary, query, language)
            if piece:
                yield Snippet(*piece)
                return


def complete(bank: Bank, q: str, language: str, limit: int = 8) -> tuple[Completion, ...]:
    """Proposals while typing: terms and cities that begin so, then titles and words of the index."""
    start = fold(q[-80:])
    if len(start) < 2:
        return ()
    found = [*term_completions(bank, start, language), *city_completions(bank, start)]
    found += bank.index.engine().complete(q, limit)
    unique = {fold(one.text): one for one in reversed(found)}
    ordered = sorted(unique.values(), key=found.index)
    return tuple(ordered[:limit])


def term_completions(bank: Bank, start: str, language: str) -> list[Completion]:
    """Labels of principles and themes with a word that begins so."""
    terms: list[tuple[str, Term]] = [("theme", term) for term in bank.vocabulary.themes]
    terms += [("principle", term) for term in bank.vocabulary.principles]
    named = ((facet, term.id, term.label(language)) for facet, term in terms)
    return [Completion(label, "term", id, facet) for facet, id, label in named if begins(label, start)][:3]


def city_completions(bank: Bank, start: str) -> list[Completion]:
    """Cities that begin so, as the vocabulary names them."""
    cities = (city for city in bank.vocabulary.cities if begins(city.name, start))
    return [Completion(city.name, "city", city.id, "city") for city in cities][:3]


def begins(label: str, start: str) -> bool:
    """True when the label, or a later word of it, begins with the folded `start`."""
    folded = fold(label)
    return folded.startswith(start) or f" {start}" in folded


def matching_ids(bank: Bank, q: str, filters: Filters, sort: str = "relevance") -> tuple[int, ...]:
    """Ids of the whole result of a search, in its order, from one state of the index. Raises Invalid."""
    if sort not in SORTS:
        raise Invalid(N_("There is no order called {sort}."), sort=sort)
    with bank.database.reading() as session:
        hidden = outbox.hidden_ids(session)
        query = with_ids(session, bank.vocabulary, parse(q))
    request = SearchRequest(query, filters, sort, 0, EVERY, hidden, bare=True)  # type: ignore[arg-type]
    return tuple(hit.id for hit in bank.index.engine().search(request).hits)
