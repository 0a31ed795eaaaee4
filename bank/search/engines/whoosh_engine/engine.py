"""The embedded engine: Whoosh stores the index, NumPy arrays answer searches."""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from heapq import merge
from pathlib import Path

import Stemmer
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from bank.errors import Damaged
from bank.search.analysis import ANALYSIS_VERSION as ANALYSIS
from bank.search.completion import CompletionSource, propose_completions, title_lookup_key
from bank.search.correcting import correct_query
from bank.search.document import SearchDocument
from bank.search.engine import Completion, EngineState
from bank.search.engines.whoosh_engine import schema, writing
from bank.search.engines.whoosh_engine.answering import WhooshSearch
from bank.search.engines.whoosh_engine.files import ABOUT_FILE, POSITION_FILE, read_json_file, write_json_file
from bank.search.engines.whoosh_engine.finding import Finder, PostingsCache
from bank.search.engines.whoosh_engine.newest import NewestSnapshot
from bank.search.engines.whoosh_engine.segment import Segment
from bank.search.engines.whoosh_engine.snapshot import Snapshot
from bank.search.plan import words_per_prefix
from bank.search.query import Phrase, Word
from bank.search.request import SearchRequest
from bank.search.results import Results
from bank.search.spelling import Speller
from bank.search.wordlist import commonest_way, most_frequent

INDEX_FINGERPRINT = hashlib.sha256(
    f"schema {schema.SCHEMA_VERSION}, analysis {ANALYSIS}, "
    f"whoosh {schema.WHOOSH_VERSION}, stemmer {Stemmer.version()}".encode()
).hexdigest()[:16]
"""Changes whenever existing indexes must be filled anew to be searched correctly."""


class WhooshEngine:
    """An index folder as an engine. Any number of threads may search; one process at a time writes."""

    def __init__(self, folder: Path, blocks: bool = True) -> None:
        """Opens a folder that `create` made; `blocks` False reads postings through Whoosh's public names only.

        Raises Damaged when there is no index or it can't be read.
        """
        self.folder = folder
        self.about = read_fingerprint(folder)
        self.reading = NewestSnapshot(folder, blocks)
        self.memory = PostingsCache()
        self.writing = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> "WhooshEngine":
        """Makes an empty index in a folder that holds none yet."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{schema.INDEX_NAME}_WRITELOCK").touch(0o640)  # Whoosh would make its lock a program: 0750
        FileIndex.create(FileStorage(str(folder)), schema.index_schema(), schema.INDEX_NAME)
        write_json_file(folder / ABOUT_FILE, {"fingerprint": INDEX_FINGERPRINT})
        return cls(folder)

    def put(self, documents: Iterable[SearchDocument], position: int | None = None) -> None:
        with self.writing:
            writing.put_documents(self.reading.index, documents, self.versions())
            self.note(position)
            writing.merge_small_segments(self.reading.index, self.reading.snapshot().sizes())

    def drop(self, ids: Iterable[int], position: int | None = None) -> None:
        with self.writing:
            writing.drop_documents(self.reading.index, set(ids) & set(self.versions()))
            self.note(position)

    def empty(self) -> None:
        with self.writing:
            writing.empty_index(self.reading.index)

    def note(self, position: int | None) -> None:
        """Stores the outbox position; called after the changes up to it were committed."""
        if position is not None:
            write_json_file(self.folder / POSITION_FILE, {"position": position})

    def search(self, request: SearchRequest) -> Results:
        finder = Finder(self.reading.snapshot(), self.memory, words_per_prefix(request.query))
        answer = WhooshSearch(finder, request)
        speller = Speller(
            lambda: [segment.lexicon.spelling for segment in finder.snapshot.segments], finder.number, finder.together
        )
        better = correct_query(speller, request.query, answer.by_words)
        finds = better is not None and WhooshSearch(finder, replace(request, query=better, meaning=None)).by_words
        return replace(answer.results(), did_you_mean=better.text() if better and finds else None, respelt=better)

    def complete(self, prefix: str, limit: int = 8, language: str | None = None) -> tuple[Completion, ...]:
        snapshot = self.reading.snapshot()
        lexicons = [segment.lexicon for segment in snapshot.segments]
        known = CompletionSource(
            lists=[lexicon.words for lexicon in lexicons],
            own=[lexicon.spoken(language) for lexicon in lexicons] if language else [],
            tables=lambda: [lexicon.spelling for lexicon in lexicons],
            titles=live_titles_starting(snapshot, title_lookup_key(prefix)),
            there=Finder(snapshot, self.memory).has,
            language=language,
        )
        return propose_completions(prefix, known, limit)

    def number(self, word: Word | Phrase) -> int:
        return Finder(self.reading.snapshot(), self.memory).number(word)

    def commonest(self, limit: int) -> tuple[str, ...]:
        lists = [segment.lexicon.words for segment in self.reading.snapshot().segments]
        return tuple(written for _, written in most_frequent(lists, "", limit).values())

    def written(self, word: str) -> str:
        return commonest_way([segment.lexicon.words for segment in self.reading.snapshot().segments], word)

    def versions(self) -> Mapping[int, int]:
        return self.reading.snapshot().versions

    def state(self) -> EngineState:
        snapshot = self.reading.snapshot()
        return EngineState(snapshot.documents, self.generation(snapshot.generation), self.position(), self.about)

    def generation(self, own: int) -> int:
        """The snapshot's generation, counted on from the folder's number: a rebuilt index is later than the old one."""
        number = int(self.folder.name) if self.folder.name.isdecimal() else 0
        return number * 1_000_000_000 + own

    def position(self) -> int:
        """The outbox position noted last; 0 when none was, or it can't be read."""
        try:
            return int(str(read_json_file(self.folder / POSITION_FILE)["position"]))
        except (OSError, ValueError, KeyError):
            return 0

    def close(self) -> None:
        self.reading.close()


def live_titles_starting(snapshot: Snapshot, start: str) -> Iterator[str]:
    """The titles of live entries whose lookup key begins with `start`, ascending; computed as they are taken."""
    placed = zip(snapshot.segments, snapshot.offsets, strict=True)
    each = [segment_titles_starting(segment, offset, start) for segment, offset in placed]
    return (title for _, title, document in merge(*each) if snapshot.live[document])


def segment_titles_starting(segment: Segment, offset: int, start: str) -> Iterator[tuple[str, str, int]]:
    """(key, title, document in the whole index) of a segment's titles that begin with `start`, ascending."""
    return ((key, title, offset + number) for key, title, number in segment.titles_starting(start))


def read_fingerprint(folder: Path) -> str:
    """The fingerprint that a folder was made with. Raises Damaged where there is no index."""
    try:
        return str(read_json_file(folder / ABOUT_FILE)["fingerprint"])
    except (OSError, ValueError, KeyError) as failure:
        raise Damaged("There is no search index in {folder}.", folder=folder.name) from failure
