"""Keeps the vectors in step with the catalogue: embeds, one after another, entries that were indexed."""

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from bank import crash_points
from bank.catalogue import entries, unembedded
from bank.disk import expect_disk_room
from bank.progress import Progress, no_progress
from bank.search.analysis import ANALYSIS_LANGUAGES, is_stop_word
from bank.search.meaning.batches import EmbeddingStopped, Pause, encode_in_batches, no_pause
from bank.search.meaning.embedding import embed_entry
from bank.search.meaning.encoder import NoModel, shrink_vectors
from bank.search.meaning.meaning import Meaning
from bank.search.meaning.vector_file import DamagedVectors, NoVectors
from bank.search.meaning.vectors import EntryVectors
from bank.search.meaning.words import MOST_EMBEDDED_WORDS
from bank.workflow.bank import Bank
from bank.workflow.index import documents

log = logging.getLogger("bank.embedding")
LEAST_LETTERS_OF_WORD = 4
WORDS_AT_ONCE = 512
"""Words written at once; after each write every reader reads all words anew."""
PASSING_VECTOR_FAILURES = (*documents.PASSING_INDEX_FAILURES, NoModel, NoVectors, EmbeddingStopped)
"""Exceptions that are no entry's fault: the entry waits and is tried again."""

EmbeddingOutcome = Literal["embedded", "unchanged", "dropped", "failed"]
"""What became of an entry; unchanged: all its vectors were there already."""


def queue_outdated_vectors(bank: Bank, every: bool = False) -> int:
    """Queues entries whose vectors are missing, outdated or no longer wanted. Returns how many wait.

    With `every`, all published ones, also those that failed. Needed where meaning was off, the file of vectors was
    lost, or another model or other landmarks made it. A damaged file is thrown away. Raises NoVectors.
    """
    if bank.meaning is None:
        return 0
    there, misplaced = stored_vector_versions(bank.meaning)
    with bank.database.writing() as session:
        published = entries.published_versions(session)
        wanting = {id for id, version in published.items() if every or there.get(id) != version}
        wanting |= there.keys() - published.keys() | misplaced
        if not every:
            wanting -= unembedded.entries_unembedded(session)
        unembedded.queue_for_embedding(session, sorted(wanting))
        return unembedded.count_unembedded(session)


def stored_vector_versions(meaning: Meaning) -> tuple[Mapping[int, int], frozenset[int]]:
    """Entry id -> version of its vectors; and the ids of those that were placed by other landmarks."""
    try:
        return meaning.store.versions(), frozenset(meaning.store.misplaced(meaning.landmarks.name))
    except DamagedVectors as error:
        log.warning("%s They are made again.", error)
        meaning.store.file.throw_away()
        return {}, frozenset()


def count_waiting_for_vectors(bank: Bank) -> int:
    """How many entries wait for their vectors; 0 where BANK_SEMANTIC is off."""
    if bank.meaning is None:
        return 0
    with bank.database.reading() as session:
        return unembedded.count_unembedded(session)


def embed_next(bank: Bank, pause: Pause = no_pause) -> EmbeddingOutcome | None:
    """Embeds the entry that waits longest; None when none waits. Raises NoModel, NoVectors, OSError, DiskFull,
    EmbeddingStopped, and MemoryError, Busy and the database's OperationalError, which may pass.
    """
    if bank.meaning is None:
        return None
    with bank.database.reading() as session:
        found = unembedded.oldest_unembedded(session)
    if found is None:
        return None
    id, made = found
    expect_disk_room(bank.meaning.store.path.parent, 0)
    try:
        outcome = renew_vectors(bank, bank.meaning, id, pause)
    except PASSING_VECTOR_FAILURES:
        raise
    except Exception as error:
        log.exception("Entry %s can't be embedded and is set aside.", id)
        with bank.database.writing() as session:
            unembedded.postpone_embedding(session, id, f"{type(error).__name__}: {error}")
        return "failed"
    crash_points.crash_point("vectors.written")
    with bank.database.writing() as session:
        unembedded.mark_embedded(session, id, made)
    return outcome


def renew_vectors(bank: Bank, meaning: Meaning, id: int, pause: Pause) -> EmbeddingOutcome:
    """Makes one entry's vectors anew, or drops them where it is not published."""
    with bank.database.reading() as session:
        found = documents.search_documents(bank, session, [id])
    if not found:
        meaning.store.drop([id])
        return "dropped"
    meaning.landmarks.keep(pause)
    before = meaning.store.get(id)
    vectors = embed_entry(found[0], meaning.encode, meaning.landmarks, before, pause)
    crash_points.crash_point("vectors.made")
    if before is None or vectors_identity(before) != vectors_identity(vectors):
        meaning.store.put(vectors)
    return "unchanged" if before and embedded_digests(before) == embedded_digests(vectors) else "embedded"


def embedded_digests(vectors: EntryVectors) -> tuple[bytes, bytes]:
    """The digests of the texts that were embedded, coarse and fine."""
    return vectors.coarse.digests, vectors.fine.digests


def vectors_identity(vectors: EntryVectors) -> tuple[object, ...]:
    """Version, landmarks, text digests and places: equal for vectors that need not be stored again."""
    places = vectors.coarse.places.tobytes(), vectors.fine.places.tobytes()
    return vectors.version, vectors.landmarks, embedded_digests(vectors), places


def embed_all(bank: Bank, progress: Progress = no_progress, pause: Pause = no_pause) -> Mapping[EmbeddingOutcome, int]:
    """Embeds until nothing waits, then the words of the index. Returns how many entries had which outcome."""
    total = count_waiting_for_vectors(bank)
    outcomes: Counter[EmbeddingOutcome] = Counter()
    while outcome := embed_next(bank, pause):
        outcomes[outcome] += 1
        progress(outcomes.total(), max(total, outcomes.total()))
    embed_words(bank, pause)
    return outcomes


def embed_words(bank: Bank, pause: Pause = no_pause) -> int:
    """Embeds the index's commonest words that have no vector, and drops the vectors of words that are rare now.

    Returns how many it embedded. Words that are just no longer common enough keep theirs, lest they come and go.
    """
    if bank.meaning is None:
        return 0
    store = bank.meaning.store
    known = bank.index.engine().commonest(2 * MOST_EMBEDDED_WORDS)
    there = set(store.words())
    if stale := sorted(there.difference(known)):
        store.drop_words(stale)
    missing = [word for word in known[:MOST_EMBEDDED_WORDS] if is_word_to_embed(word) and word not in there]
    for first in range(0, len(missing), WORDS_AT_ONCE):
        some = missing[first : first + WORDS_AT_ONCE]
        rows = [
            row for vectors in encode_in_batches(bank.meaning.encode, some, pause) for row in shrink_vectors(vectors)
        ]
        store.put_words(some, rows)
    return len(missing)


def is_word_to_embed(word: str) -> bool:
    """True for a word that may have a meaning by itself: letters only, four or more, no stop word."""
    return len(word) >= LEAST_LETTERS_OF_WORD and word.isalpha() and not is_stop_word(word, ANALYSIS_LANGUAGES[-1])
