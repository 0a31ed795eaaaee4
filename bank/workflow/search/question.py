"""Runs a search, by words and by meaning.

Where it finds nothing, runs it again with corrected spelling, or without its rarest words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from bank.search.engine import Engine
from bank.search.meaning.encoder import NoModel, Vectors
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.words import AlikeWords
from bank.search.plan import telling_words
from bank.search.query import Query, Word
from bank.search.ranking import clause_rarity
from bank.search.relaxing import without_rarest
from bank.search.request import Filters, SearchRequest, Sort
from bank.search.results import Results
from bank.workflow.bank import Bank
from bank.workflow.search.meant_words import familiarity, text_that_means
from bank.workflow.search.respelling import put_back, respelt_text, respelt_words, words_spelt_right
from bank.workflow.search.thesaurus import NOTHING_ELSE, SaidOtherwise, Thesaurus

FAMILIAR_SHARE = 0.25
"""By how much the least nearness falls where the vocabulary knows all words of a question."""
FEWEST_KEPT = 2
"""Words that a question of more words keeps where its rarest are dropped."""
LEAST_SHARE_LEFT = 0.5
"""The share of a question's weight that its words keep where the rarest are dropped."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    `text` is the text whose meaning is searched for; with `verbatim` the question is never put otherwise. With
    `uncorrected` no word is corrected or left out, but what means the same by the list of synonyms is searched for.
    """

    query: Query
    text: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    verbatim: bool = False
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    uncorrected: bool = False

    @property
    def as_typed(self) -> bool:
        """Whether no word is corrected or left out."""
        return self.verbatim or self.uncorrected

    @property
    def otherwise(self) -> SaidOtherwise:
        """What is searched for beside the words, because it means the same."""
        return NOTHING_ELSE if self.verbatim else self.thesaurus.said_otherwise(self.query)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """The question as it was put in the end, with its results. `vector` is its meaning, None without one.

    `alike` maps a word to words of much the same meaning; `corrected` is what was searched for instead of a misspelt
    question; `dropped` are the words that were left out because nothing has them together with the others; `otherwise`
    is what was searched for beside the words.
    """

    question: Question
    results: Results
    vector: Vectors | None = None
    alike: Mapping[str, AlikeWords] = field(default_factory=dict)
    corrected: str | None = None
    dropped: tuple[str, ...] = ()
    otherwise: SaidOtherwise = NOTHING_ELSE


def answer_question(bank: Bank, question: Question, rest: SearchRequest) -> AnsweredQuestion:
    """The answer to a question. `rest` is a request with offset, size and withdrawn ids.

    Where no entry has enough of the words, the rarest are dropped until some has the others; what is dropped, or
    lacking in the best entry, is told. Entries found by meaning come after.
    """
    engine = bank.index.engine()
    answered = without_respelling_known_words(bank, engine, search_for_question(bank, engine, question, rest))
    if question.as_typed:
        return answered
    if answered.results.complete == 0 and answered.results.respelt:
        better = answer_respelt(bank, engine, answered, rest)
        if better is not None:
            return better
    if answered.results.by_words == 0:
        return answer_relaxed(bank, engine, answered, rest)
    return answered if question.query.description else replace(answered, dropped=answered.results.lacking)


def answer_relaxed(bank: Bank, engine: Engine, answered: AnsweredQuestion, rest: SearchRequest) -> AnsweredQuestion:
    """The answer after dropping the rarest words, one by one, until some entry has the others.

    `answered` unchanged where none has.
    """
    dropped: list[str] = []
    query = answered.question.query
    found = number_having(engine, answered.otherwise)
    while left := without_rarest(query, found):
        query = left[0]
        dropped.append(left[1].word)
        if not may_be_asked_instead(engine, answered.question.query, query):
            break
        less = search_for_question(bank, engine, replace(answered.question, query=query), rest)
        lacking = less.results.lacking
        asked, kept = telling_words(answered.question.query), telling_words(query)
        if less.results.by_words and len(kept) - len(lacking) >= min(FEWEST_KEPT, len(asked) - 1):
            return replace(less, dropped=(*dropped, *lacking))
    return answered


def number_having(engine: Engine, otherwise: SaidOtherwise) -> Callable[[Word], int]:
    """Tells how many entries have a word or, where more have that, what means the same."""

    def having(word: Word) -> int:
        return max(engine.number(one) for one in (word, *otherwise.synonyms.get(word.word, ())))

    return having


def may_be_asked_instead(engine: Engine, asked: Query, left: Query) -> bool:
    """True where what is left of a question still stands for it.

    Of three words and more two, and half of their weight; of two the one that some entry has.
    """
    words, kept = telling_words(asked), telling_words(left)
    if len(words) <= FEWEST_KEPT:
        return len(words) < FEWEST_KEPT or not any(engine.number(Word(word)) for word in words if word not in kept)
    entries = engine.state().documents
    weights = {word: clause_rarity(engine.number(Word(word)), entries) for word in words}
    enough = sum(weights[word] for word in kept) >= LEAST_SHARE_LEFT * sum(weights.values())
    return len(kept) >= FEWEST_KEPT and enough


def search_for_question(bank: Bank, engine: Engine, question: Question, rest: SearchRequest) -> AnsweredQuestion:
    """Runs the question unchanged."""
    otherwise = question.otherwise
    request = replace(
        rest, query=question.query, filters=question.filters, sort=question.sort, synonyms=otherwise.synonyms
    )
    vector = None
    if bank.meaning is not None:
        request, vector = request_with_nearness(engine, bank.meaning, request, question)
    return AnsweredQuestion(question, engine.search(request), vector, request.alike, otherwise=otherwise)


def request_with_nearness(
    engine: Engine, meaning: Meaning, request: SearchRequest, question: Question
) -> tuple[SearchRequest, Vectors | None]:
    """The request with every entry's nearness, and the vector.

    Unchanged, and None, where the words mean nothing or the model can't be read.
    """
    try:
        text = (
            question.text
            if question.query.description
            else text_that_means(engine, meaning, question.text, question.as_typed)
        )
        if not text.strip():
            return request, None
        vector, alike = meaning.understood(text, telling_words(request.query))
        near = meaning.nearness(vector)
        familiar = FAMILIAR_SHARE * familiarity(question.text)
        least = 0.0 if question.query.description else near.least - familiar
        return replace(request, meaning=replace(near, least=least), alike=alike), vector
    except NoModel:
        return request, None


def without_respelling_known_words(bank: Bank, engine: Engine, answered: AnsweredQuestion) -> AnsweredQuestion:
    """The answer without spelling corrections of words that the bank's vocabulary or the model knows."""
    results, query = answered.results, answered.question.query
    if results.respelt is None:
        return answered
    known = words_spelt_right(bank.meaning, query, results.respelt)
    known |= set(respelt_words(query, results.respelt)) & set(answered.otherwise.synonyms)
    if not known:
        return answered
    pairs = zip(query.clauses, results.respelt.clauses, strict=True)
    respelt = replace(query, clauses=tuple(put_back(before, after, known) for before, after in pairs))
    if respelt == query:
        return replace(answered, results=replace(results, respelt=None, did_you_mean=None))
    finds = engine.search(SearchRequest(respelt, size=0, bare=True)).by_words
    meant = respelt.text() if finds else None
    return replace(answered, results=replace(results, respelt=respelt, did_you_mean=meant))


def answer_respelt(
    bank: Bank, engine: Engine, answered: AnsweredQuestion, rest: SearchRequest
) -> AnsweredQuestion | None:
    """The answer to the corrected question, where its words find more than those that were asked; else None.

    For words that no entry has it is enough that the corrected question finds something. Where the words of neither
    find anything, only for words that nothing in the index means: a word of another language is not misspelt.
    """
    before, asked = answered.results, answered.question
    query = cast(Query, before.respelt)
    put = replace(asked, query=query, text=respelt_text(asked.text, asked.query, query))
    better = search_for_question(bank, engine, put, rest)
    slips = list(respelt_words(asked.query, query))
    nowhere = bool(slips) and not any(engine.number(Word(word)) for word in slips)
    enough = better.results.found if nowhere else better.results.complete
    if not better.results.found or (before.by_words and not enough):
        return None
    if not better.results.by_words and any(answered.alike.get(word) for word in slips):
        return None
    return replace(better, corrected=query.text(), results=replace(better.results, did_you_mean=before.did_you_mean))
