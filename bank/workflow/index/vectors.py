"""Keeps the vectors in step with the catalogue: what the index has heard of is embedded, one entry after another."""

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from bank import faults
from bank.catalogue import entries, unembedded
from bank.progress import Progress, silent
from bank.search.analysis import LANGUAGES, is_stop_word
from bank.search.meaning.batches import Pause, Stopped, batches, no_pause
from bank.search.meaning.embedding import embed
from bank.search.meaning.encoder import NoModel, small
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.vector_file import DamagedVectors, NoVectors
from bank.search.meaning.vectors import EntryVectors
from bank.search.meaning.words import MOST_WORDS
from bank.workflow.index import documents
from bank.workflow.bank import Bank

log = logging.getLogger("bank.embedding")
LEAST_LETTERS = 4
WORDS_AT_ONCE = 512
"""Words written at once: each write has every reader read all words anew."""
PASSING = (*documents.PASSING, NoModel, NoVectors, Stopped)
"""Failures that are no entry's fault."""

Outcome = Literal["embedded", "unchanged", "dropped", "failed"]
"""What became of an entry: unchanged where all its vectors were there already."""


def take_stock(bank: Bank, every: bool = False) -> int:
    """Queues entries whose vectors are missing, of another version or not to be; or `every` entry, set aside or not.

    Needed where meaning was off, the file of vectors was lost, or another model or other landmarks made it. Returns how
    many wait. A damaged file is thrown away. Raises NoVectors.
    """
    if bank.meaning is None:
        return 0
    there, misplaced = stock(bank.meaning)
    with bank.database.writing() as session:
        published = entries.published_versions(session)
        wanting = {id for id, version in published.items() if every or there.get(id) != version}
        wanting |= there.keys() - published.keys() | misplaced
        if not every:
            wanting -= unembedded.entries_waiting(session)
        unembedded.queue(session, sorted(wanting))
        return unembedded.count(session)


def stock(meaning: Meaning) -> tuple[Mapping[int, int], frozenset[int]]:
    """Id -> version of what has vectors; and which of them were placed by other landmarks."""
    try:
        return meaning.store.versions(), frozenset(meaning.store.misplaced(meaning.landmarks.name))
    except DamagedVectors:
        log.exception("The vectors are damaged; they are made again.")
        meaning.store.file.throw_away()
        return {}, frozenset()


def waiting(bank: Bank) -> int:
    """How many entries wait for their vectors; 0 where there are none to be."""
    if bank.meaning is None:
        return 0
    with bank.database.reading() as session:
        return unembedded.count(session)


def embed_next(bank: Bank, pause: Pause = no_pause) -> Outcome | None:
    """Makes the vectors of the entry that waits longest; None when none waits. Raises NoModel, NoVectors, OSError."""
    if bank.meaning is None:
        return None
    with bank.database.reading() as session:
        found = unembedded.oldest(session)
    if found is None:
        return None
    id, made = found
    try:
        outcome = renew(bank, bank.meaning, id, pause)
    except PASSING:
        raise
    except Exception as error:
        log.exception("Entry %s can't be embedded and is set aside.", id)
        with bank.database.writing() as session:
            unembedded.set_aside(session, id, f"{type(error).__name__}: {error}")
        return "failed"
    faults.point("vectors.written")
    with bank.database.writing() as session:
        unembedded.done(session, id, made)
    return outcome


def renew(bank: Bank, meaning: Meaning, id: int, pause: Pause) -> Outcome:
    """Makes one entry's vectors anew, or takes them out where it is not published."""
    with bank.database.reading() as session:
        found = documents.documents(bank, session, [id])
    if not found:
        meaning.store.drop([id])
        return "dropped"
    meaning.landmarks.keep(pause)
    before = meaning.store.get(id)
    vectors = embed(found[0], meaning.encode, meaning.landmarks, before, pause)
    faults.point("vectors.made")
    if before is None or kept(before) != kept(vectors):
        meaning.store.put(vectors)
    return "unchanged" if before and texts(before) == texts(vectors) else "embedded"


def texts(vectors: EntryVectors) -> tuple[bytes, bytes]:
    """The digests of what was embedded."""
    return vectors.coarse.digests, vectors.fine.digests


def kept(vectors: EntryVectors) -> tuple[object, ...]:
    """All that tells one entry's vectors from those before."""
    places = vectors.coarse.places.tobytes(), vectors.fine.places.tobytes()
    return vectors.version, vectors.landmarks, texts(vectors), places


def embed_all(bank: Bank, progress: Progress = silent, pause: Pause = no_pause) -> Mapping[Outcome, int]:
    """Embeds until nothing waits, then the words of the index. Returns how many entries had which outcome."""
    total = waiting(bank)
    outcomes: Counter[Outcome] = Counter()
    while outcome := embed_next(bank, pause):
        outcomes[outcome] += 1
        progress(outcomes.total(), max(total, outcomes.total()))
    embed_words(bank, pause)
    return outcomes


def embed_words(bank: Bank, pause: Pause = no_pause) -> int:
    """Makes the vectors of the index's commonest words that have none, and takes out those of words that left it.

    Returns how many it made. Words that are just no longer common enough keep theirs, lest they come and go.
    """
    if bank.meaning is None:
        return 0
    store = bank.meaning.store
    known = bank.index.engine().commonest(2 * MOST_WORDS)
    there = set(store.words())
    if stale := sorted(there.difference(known)):
        store.drop_words(stale)
    missing = [word for word in known[:MOST_WORDS] if speaks(word) and word not in there]
    for first in range(0, len(missing), WORDS_AT_ONCE):
        some = missing[first : first + WORDS_AT_ONCE]
        rows = [row for vectors in batches(bank.meaning.encode, some, pause) for row in small(vectors)]
        store.put_words(some, rows)
    return len(missing)


def speaks(word: str) -> bool:
    """True for a word that may have a meaning by itself: letters only, four or more, no stop word."""
    return len(word) >= LEAST_LETTERS and word.isalpha() and not is_stop_word(word, LANGUAGES[-1])
