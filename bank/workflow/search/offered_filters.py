"""Filters offered because the words of a search name their terms, in any of the bank's languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from bank.search.folding import fold_word, split_words
from bank.search.query import AnyOf, HasTag, Phrase, Query, Word
from bank.search.request import Filters, SearchRequest
from bank.search.stopwords import STOP_WORDS
from bank.vocabulary import Vocabulary
from bank.workflow.bank import Bank
from bank.workflow.entries.views import FilterOffer
from bank.workflow.search.question import Question
from bank.workflow.search.term_names import OFFERED_FACETS, NameMatch, TermNames

MOST_OFFERS = 3


@dataclass(frozen=True, slots=True)
class WordRun:
    """Neighbouring words of a search. `whole`: nothing else is asked; `long`: they are a description."""

    words: tuple[str, ...]
    whole: bool = False
    long: bool = False


def offer_filters(bank: Bank, question: Question, withdrawn: frozenset[int]) -> tuple[FilterOffer, ...]:
    """At most three filters that find something, none of them chosen already.

    `withdrawn` are ids of entries that the index may still hold and that must not be counted.
    """
    found: list[FilterOffer] = []
    for facet, value in terms_named_by(bank.vocabulary, question):
        if value in getattr(question.filters, facet) or HasTag(facet, value) in question.query.clauses:
            continue
        alone = SearchRequest(filters=Filters(**{facet: (value,)}), size=0, withdrawn=withdrawn, bare=True)  # type: ignore[arg-type]
        count = bank.index.engine().search(alone).total
        if count:
            found.append(FilterOffer(facet, value, count))
        if len(found) == MOST_OFFERS:
            break
    return tuple(found)


def terms_named_by(vocabulary: Vocabulary, question: Question) -> tuple[tuple[str, str], ...]:
    """(facet, value) of every term that the words name, the longest names first, then in the order of the words."""
    known = term_names_of(vocabulary)
    clear = [
        (meeting.size, turn, meeting.at, OFFERED_FACETS.index(facet), facet, value)
        for turn, run in enumerate(word_runs(question))
        for meeting in longest_matches(run, known)
        for facet, value in clear_terms(run, meeting)
    ]
    ordered = sorted(clear, key=lambda one: (-one[0], *one[1:4]))
    return tuple(dict.fromkeys((facet, value) for *_, facet, value in ordered))


_known: dict[int, tuple[Vocabulary, TermNames]] = {}
"""id() of a vocabulary -> the vocabulary, so that no other takes its id, and its names. A process has one."""


def term_names_of(vocabulary: Vocabulary) -> TermNames:
    """The vocabulary's names, worked out at the first call."""
    if id(vocabulary) not in _known:
        _known[id(vocabulary)] = vocabulary, TermNames(vocabulary)
    return _known[id(vocabulary)][1]


def word_runs(question: Question) -> Iterator[WordRun]:
    """The runs of neighbouring words of a search; excluded words and values of fields belong to none."""
    if question.query.description:
        yield WordRun(tuple(split_words(question.text)), long=True)
        return
    pieces = list(neighbouring_words(question.query))
    for piece in pieces:
        if piece:
            yield WordRun(piece, whole=len(pieces) == 1)


def neighbouring_words(query: Query) -> Iterator[tuple[str, ...]]:
    """Runs of neighbouring words; each phrase, and each alternative of an OR, is a run of its own.

    A clause without words gives an empty run.
    """
    beside: list[str] = []
    for clause in query.clauses:
        if isinstance(clause, Word):
            beside.append(clause.word)
            continue
        if beside:
            yield tuple(beside)
            beside = []
        for part in clause.of if isinstance(clause, AnyOf) else (clause,):
            yield part.words if isinstance(part, Phrase) else (part.word,) if isinstance(part, Word) else ()
    if beside:
        yield tuple(beside)


def longest_matches(run: WordRun, known: TermNames) -> Iterator[NameMatch]:
    """The names in a run, without those inside a longer one; of several of the same length at a place, all."""
    taken: dict[int, tuple[int, int]] = {}
    for meeting in sorted(known.met(run.words), key=lambda one: (-one.size, one.at)):
        span = meeting.at, meeting.size
        places = range(meeting.at, meeting.at + meeting.size)
        if all(taken.get(place, span) == span for place in places):
            taken.update(dict.fromkeys(places, span))
            yield meeting


def clear_terms(run: WordRun, meeting: NameMatch) -> Iterator[tuple[str, str]]:
    """(facet, value) of the terms that the name means here; one word of a description is too little."""
    by_itself = run.whole and words_without_articles(run) == words_without_articles(
        WordRun(run.words[meeting.at : meeting.at + meeting.size])
    )
    for term in meeting.terms:
        if by_itself or (term.amid and not (run.long and meeting.size == 1)):
            yield term.facet, term.value


def words_without_articles(run: WordRun) -> list[str]:
    """The run's words without articles and the like."""
    return [word for word in map(fold_word, run.words) if word not in STOP_WORDS["und"]]
