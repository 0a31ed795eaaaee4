"""The parts of a search by meaning, each timed apart in one process, and other acts that use vectors."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from measuring import Times
from questions import Question
from vectors import text

from bank.search.meaning.meaning import ENTRIES_COMPARED_FINELY, Meaning
from bank.search.meaning.vectors import VectorStore
from bank.search.meaning.words import HeldWords
from bank.search.plan import telling_words
from bank.search.query import parse_query
from bank.search.request import SearchRequest
from bank.workflow.bank import Bank
from bank.workflow.search.searching import complete_query
from bank.workflow.search.similar import find_similar_entries

CHANGED = 20
ENTRIES = 60


def starting(meaning: Meaning) -> Times:
    """What a process reads before its first search by meaning."""
    times = Times()
    with times.take("at the start: the model"):
        meaning.of("bank")
    with times.take("at the start: the vectors of entries"):
        meaning.held.rows()
    with times.take("at the start: the vectors of words"):
        meaning.held_words.alike(())
    return times


def parts(bank: Bank, meaning: Meaning, asked: Sequence[Question], size: int) -> Times:
    """Every part once for every question, then the acts that need none."""
    times = Times()
    questioned(times, bank, meaning, asked)
    typed(times, bank, asked)
    for number in range(1, size + 1, max(size // ENTRIES, 1)):
        with times.take("similar entries, whole"):
            find_similar_entries(bank, number)
    changed(times, bank, meaning)
    return times


def questioned(times: Times, bank: Bank, meaning: Meaning, asked: Iterable[Question]) -> None:
    engine = bank.index.engine()
    words = HeldWords(meaning.store, meaning.encode)
    words.alike(())
    for question in asked:
        query = parse_query(question.text)
        with times.take("the question's vector"):
            vector = meaning.of(text(question))
        rows = meaning.held.rows()
        with times.take("coarse vectors of all entries"):
            near = rows.near(vector)
        best = near.ids[np.argsort(-near.values, kind="stable")[:ENTRIES_COMPARED_FINELY]].tolist()
        with times.take(f"fine vectors of the nearest {ENTRIES_COMPARED_FINELY}"):
            meaning.nearest(vector, best)
        with times.take("landmarks"):
            rows.by_landmarks(*meaning.landmarks.shares(vector))
        with times.take("words alike, not asked before" if telling_words(query) else "words alike, of no word"):
            alike = words.alike(telling_words(query))
        request = SearchRequest(query, question.filters, question.sort)
        more = replace(request, meaning=meaning.nearness(vector), alike=alike)
        for name, one in (("the engine, by words alone", request), ("the engine, by both", more)):
            with times.take(name):
                engine.search(one)


def typed(times: Times, bank: Bank, asked: Iterable[Question]) -> None:
    """Completion while the words of the questions are typed, letter by letter."""
    words = dict.fromkeys(question.words[0] for question in asked if len(question.words) == 1)
    starts = dict.fromkeys(word[:length] for word in words for length in range(2, len(word) + 1))
    for start in starts:
        with times.take("completion, whole"):
            complete_query(bank, start, "es")


def changed(times: Times, bank: Bank, meaning: Meaning) -> None:
    """How long the first search after a change waits for the vectors of the one entry that changed."""
    writer = VectorStore(bank.settings.vectors_file)
    for number in range(1, CHANGED + 1):
        vectors = writer.get(number)
        assert vectors is not None
        writer.put(vectors)
        with times.take("one entry changed: its vectors read"):
            meaning.held.rows()
    writer.close()
