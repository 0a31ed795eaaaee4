"""Entries that are like another on the whole: by their vectors, or by words where it has none."""

from collections.abc import Mapping

import numpy as np
from sqlalchemy.orm import Session

from bank.catalogue import files, outbox
from bank.errors import NotFound
from bank.languages import UNKNOWN
from bank.search.analysis import is_stop_word
from bank.search.folding import words
from bank.search.meaning.meaning import Meaning
from bank.search.query import EVERYTHING, Query, Word
from bank.search.request import Nearness, SearchRequest
from bank.workflow.bank import Bank
from bank.workflow.entries.cards import Listed, listed
from bank.workflow.entries.views import HitView, Snippet
from bank.workflow.search.hits import field_texts, meaning_piece, passage_places, shown
from bank.workflow.search.question import Answered, Question

SIMILAR = 0.35
"""Entries that are less near than this have little to do with one another."""
SIZE = 5
WORDS_READ = 40
"""So many different words stand for an entry without vectors, the first that say something."""


def similar(bank: Bank, number: int, size: int = SIZE) -> tuple[HitView, ...]:
    """Published entries that are most like this one, the likest first, each with what speaks for it.

    Raises NotFound where it is not published, Busy where it has no vectors and there is no index.
    """
    with bank.database.reading() as session:
        entry = listed(bank.memory, session, [number]).get(number)
        if entry is None:
            raise NotFound()
        hidden = outbox.hidden_ids(session)
        if bank.meaning is not None and (near := bank.meaning.alike(number)).ids.size:
            found = likest(bank, session, near, hidden, size)
            return by_meaning(bank, bank.meaning, session, number, found)
        return by_words(bank, session, entry, hidden, size)


def likest(
    bank: Bank, session: Session, near: Nearness, hidden: frozenset[int], size: int
) -> Mapping[int, tuple[Listed, float]]:
    """Id -> entry and nearness of the nearest that may be seen, the nearest first."""
    enough = np.flatnonzero(near.values >= SIMILAR)
    best = enough[np.argsort(-near.values[enough], kind="stable")]
    scores = dict(zip(near.ids[best].tolist(), near.values[best].tolist(), strict=True))
    told = [id for id in scores if id not in hidden]
    found: dict[int, tuple[Listed, float]] = {}
    for first in range(0, len(told), size):
        some = told[first : first + size]
        there = listed(bank.memory, session, some)
        found.update((id, (there[id], scores[id])) for id in some[: size - len(found)] if id in there)
        if len(found) == size:
            break
    return found


def by_meaning(
    bank: Bank, meaning: Meaning, session: Session, number: int, found: Mapping[int, tuple[Listed, float]]
) -> tuple[HitView, ...]:
    """The entries as hits, each with its passage that is nearest to entry `number` on the whole."""
    nearest = meaning.nearest(meaning.middle(number), list(found))
    wanted = [place for id, near in nearest.items() for place in passage_places(found[id][0], near)]
    pages, fields = files.some_pages(session, wanted), field_texts(bank, session, nearest)

    def piece(id: int, entry: Listed) -> tuple[Snippet, ...]:
        texts = fields.get(id, ())
        return tuple(meaning_piece(entry, nearest[id], pages, texts, EVERYTHING, EVERYTHING)) if id in nearest else ()

    return tuple(HitView(entry.card, score, "meaning", piece(id, entry)) for id, (entry, score) in found.items())


def by_words(bank: Bank, session: Session, entry: Listed, hidden: frozenset[int], size: int) -> tuple[HitView, ...]:
    """What a description by the entry's own words finds beside it. Raises Busy."""
    engine = bank.index.engine()
    told = (word for word in dict.fromkeys(words(text_of(session, entry))) if not is_stop_word(word, UNKNOWN))
    shared = tuple(word for word in list(told)[:WORDS_READ] if engine.number(Word(word)) > 1)
    if not shared:
        return ()
    query = Query(description=shared)
    request = SearchRequest(query, size=size, withdrawn=hidden | {entry.card.id})
    return shown(bank, session, Answered(Question(query, ""), engine.search(request)))


def text_of(session: Session, entry: Listed) -> str:
    """What an entry says of itself: titles and summaries, or its first page where it has no summary."""
    told = [*entry.card.titles.values(), *entry.card.summaries.values()]
    if not entry.card.summaries and entry.files:
        first = entry.files[min(entry.files)], 1
        told += [page.text for page in files.some_pages(session, [first]).values()]
    return " ".join(told)
