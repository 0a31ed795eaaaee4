"""A question put to the index: by its words and by its meaning; put otherwise where nothing answers it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from bank.search.engine import Engine
from bank.search.meaning.encoder import NoModel, Vectors
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.words import Alike
from bank.search.plan import meaning_text, words_meant
from bank.search.query import Query, Word
from bank.search.relaxing import without_rarest
from bank.search.request import Filters, SearchRequest, Sort
from bank.search.results import Results
from bank.workflow.bank import Bank
from bank.workflow.search.known_words import is_known


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `text` is what its meaning is taken from; `verbatim` takes it as it stands."""

    query: Query
    text: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The results of the question as it was put in the end. `vector` is its meaning, None without one.

    `corrected` is what was searched for instead of a misspelt question; `dropped` the words that were left out because
    nothing has them together with the others.
    """

    question: Question
    results: Results
    vector: Vectors | None = None
    alike: Mapping[str, Alike] = field(default_factory=dict)
    corrected: str | None = None
    dropped: tuple[str, ...] = ()


def ask(bank: Bank, question: Question, rest: SearchRequest) -> Answered:
    """The answer to a question. `rest` says which slice of it is wanted, and what must not be in it."""
    engine = bank.index.engine()
    answered = sure(engine, put(bank, engine, question, rest))
    if question.verbatim:
        return answered
    if answered.results.complete == 0 and answered.results.respelt:
        better = put_right(bank, engine, answered, rest)
        if better is not None:
            return better
    return relaxed(bank, engine, answered, rest) if answered.results.found == 0 else answered


def relaxed(bank: Bank, engine: Engine, answered: Answered, rest: SearchRequest) -> Answered:
    """The answer without as many of the rarest words as it takes to find the others; else nothing, as it was."""
    dropped: list[str] = []
    query = answered.question.query
    while left := without_rarest(query, engine.number):
        query = left[0]
        dropped.append(left[1].word)
        less = put(bank, engine, replace(answered.question, query=query, text=meaning_text(query)), rest)
        if less.results.by_words:
            return replace(less, dropped=tuple(dropped))
    return answered


def put(bank: Bank, engine: Engine, question: Question, rest: SearchRequest) -> Answered:
    """The question as it stands."""
    request = replace(rest, query=question.query, filters=question.filters, sort=question.sort)
    vector = None
    if bank.meaning is not None and question.text.strip():
        request, vector = with_meaning(bank.meaning, request, question.text)
    return Answered(question, engine.search(request), vector, request.alike)


def with_meaning(meaning: Meaning, request: SearchRequest, text: str) -> tuple[SearchRequest, Vectors | None]:
    """The request with the nearness of every entry, and the vector; without both where the model can't be read."""
    try:
        vector, alike = meaning.understood(text, words_meant(request.query))
        return replace(request, meaning=meaning.nearness(vector), alike=alike), vector
    except NoModel:
        return request, None


def sure(engine: Engine, answered: Answered) -> Answered:
    """Without taking words for misspelt that the vocabulary knows."""
    results, query = answered.results, answered.question.query
    if results.respelt is None or not any(map(is_known, misspelt(query, results.respelt))):
        return answered
    pairs = zip(query.clauses, results.respelt.clauses, strict=True)
    clauses = (before if isinstance(before, Word) and is_known(before.word) else after for before, after in pairs)
    respelt = replace(query, clauses=tuple(clauses))
    if respelt == query:
        return replace(answered, results=replace(results, respelt=None, did_you_mean=None))
    finds = engine.search(SearchRequest(respelt, size=0, bare=True)).by_words
    meant = respelt.text() if finds else None
    return replace(answered, results=replace(results, respelt=respelt, did_you_mean=meant))


def misspelt(query: Query, respelt: Query) -> Iterator[str]:
    """The words that were put right."""
    for before, after in zip(query.clauses, respelt.clauses, strict=True):
        if before != after and isinstance(before, Word):
            yield before.word


def put_right(bank: Bank, engine: Engine, answered: Answered, rest: SearchRequest) -> Answered | None:
    """The answer to what was probably meant, where its words find more than those that were asked.

    Where neither find anything, only for words that nothing in the index means: a word of another language is none.
    """
    before = answered.results
    query = cast(Query, before.respelt)
    better = put(bank, engine, replace(answered.question, query=query, text=meaning_text(query)), rest)
    if not better.results.found or (before.by_words and not better.results.complete):
        return None
    if not better.results.by_words and any(
        answered.alike.get(word) for word in misspelt(answered.question.query, query)
    ):
        return None
    return replace(better, corrected=query.text(), results=replace(better.results, did_you_mean=before.did_you_mean))
