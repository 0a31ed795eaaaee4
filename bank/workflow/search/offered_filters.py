"""Filters that the words of a search name, in whichever language they are written."""

from collections.abc import Iterator
from dataclasses import dataclass

from bank.search.folding import flat, words
from bank.search.query import AnyOf, Phrase, Query, Tag, Word
from bank.search.request import Filters, SearchRequest
from bank.search.stopwords import STOP_WORDS
from bank.vocabulary import Vocabulary
from bank.workflow.bank import Bank
from bank.workflow.entries.views import Offer
from bank.workflow.search.question import Question
from bank.workflow.search.term_names import FACETS, Meeting, TermNames

MOST = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Words asked for side by side. `whole`: nothing else is asked; `long`: they are a description."""

    words: tuple[str, ...]
    whole: bool = False
    long: bool = False


def offers(bank: Bank, question: Question, withdrawn: frozenset[int]) -> tuple[Offer, ...]:
    """At most three filters that find anything, none that is chosen already.

    `withdrawn` are the entries that the index may still hold and must not count.
    """
    found: list[Offer] = []
    for facet, value in named(bank.vocabulary, question):
        if value in getattr(question.filters, facet) or Tag(facet, value) in question.query.clauses:
            continue
        alone = SearchRequest(filters=Filters(**{facet: (value,)}), size=0, withdrawn=withdrawn, bare=True)  # type: ignore[arg-type]
        count = bank.index.engine().search(alone).total
        if count:
            found.append(Offer(facet, value, count))
        if len(found) == MOST:
            break
    return tuple(found)


def named(vocabulary: Vocabulary, question: Question) -> tuple[tuple[str, str], ...]:
    """(facet, value) of every term that the words name, the longest names first, then in the order of the words."""
    known = names_of(vocabulary)
    clear = [
        (meeting.size, turn, meeting.at, FACETS.index(facet), facet, value)
        for turn, run in enumerate(runs(question))
        for meeting in apart(run, known)
        for facet, value in clear_terms(run, meeting)
    ]
    ordered = sorted(clear, key=lambda one: (-one[0], *one[1:4]))
    return tuple(dict.fromkeys((facet, value) for *_, facet, value in ordered))


_known: dict[int, tuple[Vocabulary, TermNames]] = {}
"""By the vocabulary's id(), beside the vocabulary itself so that no other takes its id. A process has one."""


def names_of(vocabulary: Vocabulary) -> TermNames:
    """The vocabulary's names, worked out when first asked for."""
    if id(vocabulary) not in _known:
        _known[id(vocabulary)] = vocabulary, TermNames(vocabulary)
    return _known[id(vocabulary)][1]


def runs(question: Question) -> Iterator[Run]:
    """The words that stand side by side in a search; what must not be there and what is asked of a field are none."""
    if question.query.description:
        yield Run(tuple(words(question.text)), long=True)
        return
    pieces = list(pieces_of(question.query))
    for piece in pieces:
        if piece:
            yield Run(piece, whole=len(pieces) == 1)


def pieces_of(query: Query) -> Iterator[tuple[str, ...]]:
    """Neighbouring words together, each phrase and each choice by itself; a clause without words is an empty piece."""
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


def apart(run: Run, known: TermNames) -> Iterator[Meeting]:
    """The names met in a run, none of them a part of a longer one; of several names of one length at a place, each."""
    taken: dict[int, tuple[int, int]] = {}
    for meeting in sorted(known.met(run.words), key=lambda one: (-one.size, one.at)):
        span = meeting.at, meeting.size
        places = range(meeting.at, meeting.at + meeting.size)
        if all(taken.get(place, span) == span for place in places):
            taken.update(dict.fromkeys(places, span))
            yield meeting


def clear_terms(run: Run, meeting: Meeting) -> Iterator[tuple[str, str]]:
    """(facet, value) of the terms that the name means here: one word of a description says too little."""
    by_itself = run.whole and said(run) == said(Run(run.words[meeting.at : meeting.at + meeting.size]))
    for term in meeting.terms:
        if by_itself or (term.amid and not (run.long and meeting.size == 1)):
            yield term.facet, term.value


def said(run: Run) -> list[str]:
    """The run's words without articles and the like."""
    return [word for word in map(flat, run.words) if word not in STOP_WORDS["und"]]
