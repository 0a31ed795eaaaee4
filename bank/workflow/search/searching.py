"""A search as a person asks it: run by the engine, checked against the catalogue, shown with snippets."""

from collections.abc import Mapping
from time import perf_counter
from typing import cast

from sqlalchemy.orm import Session

from bank.catalogue import outbox
from bank.errors import Invalid
from bank.export import RecordFinding
from bank.messages import N_
from bank.search.analysis import ANALYSIS_LANGUAGES, is_stop_word
from bank.search.engine import Completion, Engine
from bank.search.plan import meaning_text
from bank.search.query import LONGEST_DESCRIPTION, AnyOf, Phrase, Prefix, Query, Word, parse_query
from bank.search.request import FACETS, LARGEST_PAGE, SORTS, Filters, SearchRequest, Sort
from bank.search.results import FacetCount
from bank.vocabulary.folding import fold_text
from bank.vocabulary.terms import Term
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.entries.views import FacetValue, SearchView
from bank.workflow.search.codes import without_codes
from bank.workflow.search.hits import hit_views, is_small_word, with_synonyms_to_mark
from bank.workflow.search.named_ids import filters_with_present_cities, query_with_ids
from bank.workflow.search.offered_filters import offer_filters
from bank.workflow.search.question import AnsweredQuestion, Question, answer_question
from bank.workflow.search.synonyms import thesaurus_of

WHOLE_RESULT_SIZE = 10**9
"""More hits than any result has."""
DEEPEST_HIT = 10_000
"""Hits beyond this are not paged to; an export has them all."""


def search(
    bank: Bank,
    q: str,
    filters: Filters,
    sort: str = "relevance",
    page: int = 1,
    size: int = 20,
    verbatim: bool = False,
) -> SearchView:
    """One page of results.

    Raises Invalid for an unknown order, a page below 1 or a size out of 1 to 100. A question that finds nothing is put
    otherwise (see `question`), unless `verbatim`.
    """
    if not 1 <= size <= LARGEST_PAGE or page < 1:
        raise Invalid(N_("Pages count from 1 and hold 1 to {largest} entries."), largest=LARGEST_PAGE)
    began = perf_counter()
    with bank.database.reading() as session:
        offset = (page - 1) * size
        shown_size = max(min(size, DEEPEST_HIT - offset), 0)
        question = question_of(bank, session, q, filters, sort, verbatim)
        rest = SearchRequest(offset=offset, size=shown_size, withdrawn=outbox.unpublished_ids_in_outbox(session))
        answered = answer_question(bank, question, rest)
        hits = hit_views(bank, session, answered)
    results = answered.results
    return SearchView(
        total=results.total,
        page=page,
        size=size,
        pages=-(-min(results.total, DEEPEST_HIT) // size),
        offers=offer_filters(bank, answered.question if answered.corrected else question, rest.withdrawn),
        took_ms=round((perf_counter() - began) * 1000, 1),
        hits=hits,
        facets={
            name: facet_view_values(results.facets.get(name, ()), getattr(question.filters, name, ()))
            for name in FACETS
        },
        did_you_mean=results.did_you_mean,
        interpreted=question.query.text(),
        meant=results.meant,
        corrected=answered.corrected,
        dropped=answered.dropped,
        also_searched=answered.otherwise.terms,
        described=bool(question.query.description),
    )


def question_of(
    bank: Bank,
    session: Session,
    q: str,
    filters: Filters,
    sort: str,
    verbatim: bool = False,
    uncorrected: bool = False,
) -> Question:
    """What was typed, as a question. Raises Invalid for an unknown order."""
    if sort not in SORTS:
        raise Invalid(N_("There is no order called {sort}."), sort=sort)
    query = query_with_ids(session, bank.vocabulary, parse_query(q))
    text = q[:LONGEST_DESCRIPTION] if query.description else meaning_text(parse_query(without_codes(q)))
    present = filters_with_present_cities(session, filters)
    return Question(query, text, present, cast(Sort, sort), verbatim, thesaurus_of(bank, session), uncorrected)


def query_to_mark(bank: Bank, q: str, verbatim: bool = False) -> Query:
    """What is marked in a page that was opened from a result: the words, and what means the same."""
    query = parse_query(q)
    if verbatim or query.empty:
        return query
    with bank.database.reading() as session:
        return with_synonyms_to_mark(query, thesaurus_of(bank, session).said_otherwise(query))


def queries_needed(bank: Bank, q: str, verbatim: bool = False) -> tuple[Query, ...]:
    """Each word, phrase and choice of a question by itself, with what means the same; words that say nothing aside.

    A page has all the words where it has each of these; a description needs none.
    """
    query = parse_query(q)
    asked = [clause for clause in query.clauses if isinstance(clause, Word | Prefix | Phrase | AnyOf)]
    telling = [clause for clause in asked if not is_small_word(clause)] or asked
    if verbatim or not telling:
        return tuple(Query((clause,)) for clause in telling)
    with bank.database.reading() as session:
        otherwise = thesaurus_of(bank, session).said_otherwise(query).synonyms
    return tuple(
        Query((AnyOf((clause, *otherwise[clause.word])),))
        if isinstance(clause, Word) and clause.word in otherwise
        else Query((clause,))
        for clause in telling
    )


def facet_view_values(counts: tuple[FacetCount, ...], chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    """A facet's values with what is chosen; a chosen value that finds nothing is still shown, with 0."""
    there = {count.value for count in counts}
    values = [FacetValue(count.value, count.count, count.value in chosen, count.by_meaning) for count in counts]
    return (*values, *(FacetValue(value, 0, True) for value in chosen if value not in there))


def complete_query(bank: Bank, q: str, language: str, limit: int = 8) -> tuple[Completion, ...]:
    """Proposals while typing: terms and cities that begin so, then titles and words of the index."""
    start = fold_text(q[-80:])
    if len(start) < 2:
        return ()
    found = [*term_completions(bank, start, language), *city_completions(bank, start)]
    found += index_completions(bank, q, language, limit)
    unique = {fold_text(one.text): one for one in reversed(found)}
    ordered = sorted(unique.values(), key=found.index)
    return tuple(ordered[:limit])


def index_completions(bank: Bank, q: str, language: str, limit: int) -> list[Completion]:
    """Words and titles of the index; those that only entries have that are no longer public are left out."""
    engine = bank.index.engine()
    with bank.database.reading() as session:
        hidden = outbox.unpublished_ids_in_outbox(session)
    found = engine.complete(q, limit, language)
    return [one for one in found if not hidden or is_completion_public(engine, one, hidden)]


def is_completion_public(engine: Engine, one: Completion, hidden: frozenset[int]) -> bool:
    """Whether an entry that is not hidden has the completed word, or the title."""
    text = one.text.rpartition(" ")[2] if one.kind == "word" else one.text.replace('"', " ")
    return engine.search(SearchRequest(parse_query(f'"{text}"'), size=1, withdrawn=hidden, bare=True)).total > 0


def term_completions(bank: Bank, start: str, language: str) -> list[Completion]:
    """At most three labels of themes and principles in which a word begins with the folded `start`."""
    terms: list[tuple[str, Term[object]]] = [("theme", term) for term in bank.vocabulary.themes]
    terms += [("principle", term) for term in bank.vocabulary.principles]
    named = ((facet, term.id, term.label(language)) for facet, term in terms)
    return [Completion(label, "term", id, facet) for facet, id, label in named if label_begins(label, start)][:3]


def city_completions(bank: Bank, start: str) -> list[Completion]:
    """At most three cities in whose present name a word begins with the folded `start`."""
    cities = (city for city in public.public_city_views(bank) if label_begins(city.name, start))
    return [Completion(city.name, "city", city.id, "city") for city in cities][:3]


def label_begins(label: str, start: str) -> bool:
    """True when the label, from its first or a later word that is no stop word on, begins with the folded `start`."""
    told = fold_text(label).split()
    telling = (at for at, word in enumerate(told) if not at or not is_stop_word(word, ANALYSIS_LANGUAGES[-1]))
    return any(" ".join(told[at:]).startswith(start) for at in telling)


def matching_ids(
    bank: Bank,
    q: str,
    filters: Filters,
    sort: str = "relevance",
    verbatim: bool = False,
    uncorrected: bool = False,
) -> tuple[int, ...]:
    """Ids of the whole result of a search, in its order, from one state of the index. Raises Invalid.

    With `uncorrected` nothing is corrected or left out, but synonyms are searched for.
    """
    return tuple(hit.id for hit in whole_answer(bank, q, filters, sort, verbatim, uncorrected).results.hits)


def matching_entries(
    bank: Bank, q: str, filters: Filters, sort: str = "relevance", verbatim: bool = False
) -> Mapping[int, RecordFinding]:
    """Id -> why the search found it, in the order of the result. Raises Invalid."""
    answered = whole_answer(bank, q, filters, sort, verbatim)
    asked = answered.corrected, answered.dropped, answered.otherwise.terms
    return {hit.id: RecordFinding(hit.reason, hit.lacks, *asked) for hit in answered.results.hits}


def whole_answer(
    bank: Bank, q: str, filters: Filters, sort: str, verbatim: bool, uncorrected: bool = False
) -> AnsweredQuestion:
    """The answer with every hit, from one state of the index. Raises Invalid."""
    with bank.database.reading() as session:
        question = question_of(bank, session, q, filters, sort, verbatim, uncorrected)
        rest = SearchRequest(size=WHOLE_RESULT_SIZE, withdrawn=outbox.unpublished_ids_in_outbox(session), bare=True)
    return answer_question(bank, question, rest)
