"""Stores the vectors of every published entry in one file, `vectors.db`: derived from texts, costly to make again.

A row holds all of an entry: for each grain the places of its passages, the digests of their texts and their vectors, so
that unchanged passages are not embedded twice. Each write has a number (`change`), by which readers find what is new.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bank.search.meaning.encoder import DIMENSIONS, SmallVectors, Vectors
from bank.search.meaning.vector_file import VectorFile, next_change

PASSAGE_DIGEST_BYTES = 16
SELECT_ENTRY_VECTORS = """
SELECT version, landmarks, placed, coarse_places, coarse_digests, coarse, fine_places, fine_digests, fine
FROM entry WHERE id = ?
"""
SELECT_FINE_VECTORS = """
SELECT id, fine_places, fine_digests, fine FROM entry
WHERE id IN (SELECT value FROM json_each(?)) AND length(fine) <= ?
"""
SELECT_CHECKED_ROWS = """
SELECT entry.id, version, change, CAST(landmarks AS BLOB), placed, coarse_places, coarse_digests, coarse,
fine_places, fine_digests, fine, digest FROM entry JOIN checksum ON checksum.id = entry.id
"""
NO_SIZE_LIMIT = 1 << 40
"""Bytes; more than any entry's fine vectors."""

PassagePlaces = NDArray[np.int32]
"""Rows of file, page, number."""


@dataclass(frozen=True, slots=True)
class Grain:
    """Passages of one grain: places (n, 3), digests of 16 bytes each in one string, vectors (n, 512)."""

    places: PassagePlaces
    digests: bytes
    vectors: SmallVectors

    def digest(self, row: int) -> bytes:
        return self.digests[PASSAGE_DIGEST_BYTES * row : PASSAGE_DIGEST_BYTES * (row + 1)]

    def by_digest(self) -> dict[bytes, SmallVectors]:
        """Digest of a passage -> its vector."""
        rows = range(len(self.vectors))
        return {self.digest(row): self.vectors[row] for row in rows}


@dataclass(frozen=True, slots=True)
class EntryVectors:
    """An entry's vectors at a version of its text."""

    id: int
    version: int
    coarse: Grain
    fine: Grain
    landmarks: str
    """The name of the landmarks by which the entry is placed."""
    placed: SmallVectors
    """The entry's position among these landmarks, shape (1, landmarks)."""


@dataclass(frozen=True, slots=True)
class CoarseVectors:
    """An entry's coarse vectors and position among the landmarks.

    `placed` is None where it was placed by other landmarks than those asked for.
    """

    id: int
    coarse: SmallVectors
    placed: SmallVectors | None


@dataclass(frozen=True, slots=True)
class VectorState:
    """A state of the vector file: `file` names it (a new file has a new name), `change` numbers its latest write."""

    file: str = ""
    change: int = 0


@dataclass(frozen=True, slots=True)
class VectorNews:
    """What was written since a state. `whole`: it is everything, because the file is another one.

    `found` is read from the file as it is iterated; it gives `entries` entries with `rows` coarse vectors in all.
    `gone` are the ids of entries deleted since.
    """

    state: VectorState
    whole: bool
    found: Iterator[CoarseVectors]
    rows: int
    entries: int
    gone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WordNews:
    """Words that were written since a state, with their vectors. `whole`: they are all words of the file."""

    state: VectorState
    whole: bool
    words: tuple[str, ...]
    vectors: SmallVectors


class VectorStore:
    """The store of vectors. One process writes, any number of threads and processes read.

    Every method may raise NoVectors.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = VectorFile(path)

    def put(self, vectors: EntryVectors) -> None:
        """Stores an entry's vectors, replacing older ones."""
        with self.file.writing() as connection:
            change = next_change(connection)
            connection.execute("DELETE FROM gone WHERE id = ?", (vectors.id,))
            values = (vectors.id, vectors.version, change, vectors.landmarks, vectors.placed.tobytes())
            connection.execute(
                "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row := (*values, *pack_grain(vectors.coarse), *pack_grain(vectors.fine)),
            )
            connection.execute("INSERT OR REPLACE INTO checksum VALUES (?, ?)", (vectors.id, row_digest(row)))

    def drop(self, ids: Sequence[int]) -> None:
        """Deletes entries for good, from the journal too; ids that are not there are ignored."""
        dropped = False
        with self.file.writing() as connection:
            for id in ids:
                connection.execute("DELETE FROM checksum WHERE id = ?", (id,))
                if connection.execute("DELETE FROM entry WHERE id = ?", (id,)).rowcount:
                    connection.execute("INSERT OR REPLACE INTO gone VALUES (?, ?)", (id, next_change(connection)))
                    dropped = True
        if dropped:
            self.file.empty_journal()

    def damaged(self) -> list[int]:
        """Ids of the entries whose rows are not as they were written; those that have no checksum are left out."""
        with self.file.reading() as connection:
            rows = () if connection is None else connection.execute(SELECT_CHECKED_ROWS)
            return [row[0] for row in rows if row_digest(row[:-1]) != row[-1]]

    def is_broken(self) -> bool:
        """Whether SQLite's own check finds the file damaged; reads all of it."""
        return self._ask("PRAGMA integrity_check(1)") not in ([], [("ok",)])

    def versions(self) -> Mapping[int, int]:
        """Id -> version of every entry that has vectors."""
        return dict(self._ask("SELECT id, version FROM entry"))

    def misplaced(self, landmarks: str) -> tuple[int, ...]:
        """Ids of the entries that were placed by other landmarks."""
        return tuple(row[0] for row in self._ask("SELECT id FROM entry WHERE landmarks != ?", (landmarks,)))

    def get(self, id: int) -> EntryVectors | None:
        """An entry's vectors in both grains; None where it has none."""
        for row in self._ask(SELECT_ENTRY_VECTORS, (id,)):
            return EntryVectors(
                id, row[0], unpack_grain(*row[3:6]), unpack_grain(*row[6:9]), row[1], single_row(row[2])
            )
        return None

    def fine(self, ids: Sequence[int], most: int | None = None) -> Mapping[int, Grain]:
        """Entry id -> its fine passages; with `most`, only entries with at most so many of them."""
        largest = NO_SIZE_LIMIT if most is None else most * DIMENSIONS
        rows = self._ask(SELECT_FINE_VECTORS, (json.dumps([int(id) for id in ids]), largest))
        return {row[0]: unpack_grain(*row[1:]) for row in rows}

    def state(self) -> VectorState:
        """The file's name and the number of its latest write of an entry."""
        with self.file.reading() as connection:
            return VectorState() if connection is None else read_vector_state(connection)

    @contextmanager
    def news(self, before: VectorState, landmarks: str) -> Iterator[VectorNews]:
        """What was written after `before`, oldest first, as one state of the file throughout the block."""
        with self.file.reading() as connection:
            if connection is None:
                yield VectorNews(VectorState(), True, iter(()), 0, 0, ())
                return
            now = read_vector_state(connection)
            whole = now.file != before.file
            last = (0 if whole else before.change,)
            gone = () if whole else connection.execute("SELECT id FROM gone WHERE change > ?", last).fetchall()
            question = "SELECT COALESCE(SUM(LENGTH(coarse)), 0), COUNT(*) FROM entry WHERE change > ?"
            size, number = connection.execute(question, last).fetchone()
            found = coarse_vectors_since(connection, last[0], landmarks)
            yield VectorNews(now, whole, found, size // DIMENSIONS, number, tuple(row[0] for row in gone))

    def landmarks(self, name: str) -> Vectors | None:
        """The stored vectors of the landmarks of that name; None where there are none."""
        for (blob,) in self._ask("SELECT vectors FROM landmarks WHERE name = ?", (name,)):
            return np.frombuffer(blob, np.float32).reshape(-1, DIMENSIONS)
        return None

    def has_landmarks(self, name: str) -> bool:
        """True when the vectors of the landmarks of that name are stored."""
        return bool(self._ask("SELECT 1 FROM landmarks WHERE name = ?", (name,)))

    def keep_landmarks(self, name: str, vectors: Vectors) -> None:
        """Stores the vectors of landmarks, replacing those of all others."""
        with self.file.writing() as connection:
            connection.execute("DELETE FROM landmarks")
            connection.execute("INSERT INTO landmarks VALUES (?, ?)", (name, vectors.tobytes()))

    def words(self) -> tuple[str, ...]:
        """The words that have vectors, in alphabetical order."""
        return tuple(row[0] for row in self._ask("SELECT word FROM word ORDER BY word"))

    def words_since(self, before: VectorState) -> WordNews:
        """The words that were written after `before`; all words where some were deleted since."""
        with self.file.reading() as connection:
            if connection is None:
                return WordNews(VectorState(), VectorState() != before, (), vector_rows(b""))
            now = read_vector_state(connection, "words", "dropped")
            whole = now.file != before.file
            question = "SELECT word, vector FROM word WHERE change > ? ORDER BY change, word"
            rows = [] if now == before else connection.execute(question, (0 if whole else before.change,)).fetchall()
        return WordNews(now, whole, tuple(row[0] for row in rows), vector_rows(b"".join(row[1] for row in rows)))

    def put_words(self, words: Sequence[str], vectors: Iterable[SmallVectors]) -> None:
        """Stores the vectors of words that have none yet."""
        with self.file.writing() as connection:
            change = next_change(connection, "words")
            rows = [(word, change, vector.tobytes()) for word, vector in zip(words, vectors, strict=True)]
            connection.executemany("INSERT INTO word VALUES (?, ?, ?)", rows)

    def drop_words(self, words: Sequence[str]) -> None:
        """Deletes words for good, from the journal too."""
        with self.file.writing() as connection:
            connection.executemany("DELETE FROM word WHERE word = ?", [(word,) for word in words])
            next_change(connection, "dropped")
        self.file.empty_journal()

    def close(self) -> None:
        """Closes this thread's connection."""
        self.file.close()

    def _ask(self, question: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        """The rows that a SELECT gives; none where there is no file."""
        with self.file.reading() as connection:
            return [] if connection is None else connection.execute(question, values).fetchall()


def read_vector_state(connection: sqlite3.Connection, key: str = "change", anew: str = "file") -> VectorState:
    """The state by the count `key`. Where the fact `anew` changes, the state counts as that of another file."""
    facts = dict(connection.execute("SELECT key, value FROM info").fetchall())
    return VectorState(facts["file"] if anew == "file" else f"{facts['file']}/{facts[anew]}", int(facts[key]))


def coarse_vectors_since(connection: sqlite3.Connection, change: int, landmarks: str) -> Iterator[CoarseVectors]:
    """The entries that were written after `change`, oldest first."""
    question = "SELECT id, coarse, CASE WHEN landmarks = ? THEN placed END FROM entry WHERE change > ? ORDER BY change"
    for id, coarse, placed in connection.execute(question, (landmarks, change)):
        yield CoarseVectors(id, vector_rows(coarse), None if placed is None else single_row(placed))


def row_digest(row: Iterable[object]) -> bytes:
    """SHA-256 over the values of an entry's row, each with its length before it."""
    made = hashlib.sha256()
    for value in row:
        told = value if isinstance(value, bytes) else str(value).encode()
        made.update(b"%d:" % len(told))
        made.update(told)
    return made.digest()


def pack_grain(grain: Grain) -> tuple[bytes, bytes, bytes]:
    """A grain as three blobs."""
    return grain.places.astype(np.int32).tobytes(), grain.digests, grain.vectors.tobytes()


def unpack_grain(places: bytes, digests: bytes, vectors: bytes) -> Grain:
    """A grain from its blobs."""
    return Grain(np.frombuffer(places, np.int32).reshape(-1, 3), digests, vector_rows(vectors))


def vector_rows(blob: bytes) -> SmallVectors:
    """A blob as int8 rows of 512."""
    return np.frombuffer(blob, np.int8).reshape(-1, DIMENSIONS)


def single_row(blob: bytes) -> SmallVectors:
    """A blob as one int8 row."""
    return np.frombuffer(blob, np.int8)[None]
