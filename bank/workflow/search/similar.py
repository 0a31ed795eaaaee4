"""Entries that are similar to another as a whole: by their vectors, or by words where it has none."""

from collections.abc import Mapping

import numpy as np
from sqlalchemy.orm import Session

from bank.catalogue import files, outbox
from bank.errors import NotFound
from bank.languages import UNKNOWN_LANGUAGE
from bank.search.analysis import is_stop_word
from bank.search.folding import split_words
from bank.search.meaning.meaning import Meaning
from bank.search.query import EVERYTHING, Query, Word
from bank.search.request import Nearness, SearchRequest
from bank.workflow.bank import Bank
from bank.workflow.entries.cards import ListedEntry, listed_entries
from bank.workflow.entries.views import HitView, Snippet
from bank.workflow.search.hits import hit_views, meaning_snippets, passage_places, texts_of_public_fields
from bank.workflow.search.question import AnsweredQuestion, Question

LEAST_SIMILAR_NEARNESS = 0.35
"""Nearness from which an entry counts as similar; entries below it have little to do with one another."""
SIMILAR_SHOWN = 5
WORDS_READ = 40
"""Different words by which an entry without vectors is compared: its first ones that are no stop words."""


def find_similar_entries(bank: Bank, number: int, size: int = SIMILAR_SHOWN) -> tuple[HitView, ...]:
    """Published entries that are most similar to this one, most similar first, each with a snippet.

    Raises NotFound where it is not published, Busy where it has no vectors and there is no index.
    """
    with bank.database.reading() as session:
        entry = listed_entries(bank.memory, session, [number]).get(number)
        if entry is None:
            raise NotFound()
        hidden = outbox.unpublished_ids_in_outbox(session)
        if bank.meaning is not None and (near := bank.meaning.alike(number)).ids.size:
            found = nearest_entries(bank, session, near, hidden, size)
            return similar_by_meaning(bank, bank.meaning, session, number, found)
        return similar_by_words(bank, session, entry, hidden, size)


def nearest_entries(
    bank: Bank, session: Session, near: Nearness, hidden: frozenset[int], size: int
) -> Mapping[int, tuple[ListedEntry, float]]:
    """Id -> entry and nearness of the `size` nearest published ones, most similar first.

    Without those in `hidden` and those less near than LEAST_SIMILAR_NEARNESS.
    """
    enough = np.flatnonzero(near.values >= LEAST_SIMILAR_NEARNESS)
    best = enough[np.argsort(-near.values[enough], kind="stable")]
    scores = dict(zip(near.ids[best].tolist(), near.values[best].tolist(), strict=True))
    told = [id for id in scores if id not in hidden]
    found: dict[int, tuple[ListedEntry, float]] = {}
    for first in range(0, len(told), size):
        some = told[first : first + size]
        there = listed_entries(bank.memory, session, some)
        found.update((id, (there[id], scores[id])) for id in some[: size - len(found)] if id in there)
        if len(found) == size:
            break
    return found


def similar_by_meaning(
    bank: Bank, meaning: Meaning, session: Session, number: int, found: Mapping[int, tuple[ListedEntry, float]]
) -> tuple[HitView, ...]:
    """The entries as hits, each with its passage that is nearest to the whole of entry `number`."""
    nearest = meaning.nearest(meaning.middle(number), list(found))
    wanted = [place for id, near in nearest.items() for place in passage_places(found[id][0], near)]
    outside = [id for id, near in nearest.items() if near.file == 0]
    pages, fields = files.texts_of_pages(session, wanted), texts_of_public_fields(bank, session, outside)

    def piece(id: int, entry: ListedEntry) -> tuple[Snippet, ...]:
        texts = fields.get(id, ())
        return (
            tuple(meaning_snippets(entry, nearest[id], pages, texts, EVERYTHING, EVERYTHING)) if id in nearest else ()
        )

    return tuple(HitView(entry.card, score, "meaning", piece(id, entry)) for id, (entry, score) in found.items())


def similar_by_words(
    bank: Bank, session: Session, entry: ListedEntry, hidden: frozenset[int], size: int
) -> tuple[HitView, ...]:
    """The entries found by the words of this one, as by a description. Raises Busy."""
    engine = bank.index.engine()
    told = (
        word
        for word in dict.fromkeys(split_words(text_of_entry(session, entry)))
        if not is_stop_word(word, UNKNOWN_LANGUAGE)
    )
    shared = tuple(word for word in list(told)[:WORDS_READ] if engine.number(Word(word)) > 1)
    if not shared:
        return ()
    query = Query(description=shared)
    request = SearchRequest(query, size=size, withdrawn=hidden | {entry.card.id})
    return hit_views(bank, session, AnsweredQuestion(Question(query, ""), engine.search(request)))


def text_of_entry(session: Session, entry: ListedEntry) -> str:
    """Titles and summaries of an entry, and its first page where it has no summary."""
    told = [*entry.card.titles.values(), *entry.card.summaries.values()]
    if not entry.card.summaries and entry.files:
        first = entry.files[min(entry.files)], 1
        told += [page.text for page in files.texts_of_pages(session, [first]).values()]
    return " ".join(told)
