"""The embedded engine: Whoosh keeps the index, arrays answer from it."""

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import Stemmer
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from bank.errors import Damaged
from bank.search.analysis import VERSION as ANALYSIS
from bank.search.completion import complete, title_start
from bank.search.document import SearchDocument
from bank.search.engine import Completion, EngineState
from bank.search.engines.whoosh import schema, writing
from bank.search.engines.whoosh.answering import Answer
from bank.search.engines.whoosh.files import ABOUT, POSITION, read_whole, write_whole
from bank.search.engines.whoosh.finding import Finder, Memory
from bank.search.engines.whoosh.reading import Reading
from bank.search.plan import words_of_a_prefix
from bank.search.query import Query
from bank.search.request import SearchRequest
from bank.search.results import Results
from bank.search.spelling import Speller

FINGERPRINT = hashlib.sha256(
    f"schema {schema.VERSION}, analysis {ANALYSIS}, whoosh {schema.WHOOSH}, stemmer {Stemmer.version()}".encode()
).hexdigest()[:16]
"""Changes whenever an index must be filled anew to be searched rightly."""


class WhooshEngine:
    """An index folder. Any number of threads may search; one process at a time writes."""

    def __init__(self, folder: Path, blocks: bool = True) -> None:
        """Opens a folder that `create` made; `blocks` False reads postings through Whoosh's public names only.

        Raises Damaged when there is no index or it can't be read.
        """
        self.folder = folder
        self.about = about(folder)
        self.reading = Reading(folder, blocks)
        self.memory = Memory()
        self.writing = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> "WhooshEngine":
        """Makes an empty index in a folder, which may not hold one."""
        folder.mkdir(parents=True, exist_ok=True)
        FileIndex.create(FileStorage(str(folder)), schema.schema(), schema.INDEX)
        write_whole(folder / ABOUT, {"fingerprint": FINGERPRINT})
        return cls(folder)

    def put(self, documents: Iterable[SearchDocument], position: int | None = None) -> None:
        with self.writing:
            writing.put(self.reading.index, documents, self.versions())
            self.note(position)
            writing.tidy(self.reading.index, self.reading.snapshot().sizes())

    def drop(self, ids: Iterable[int], position: int | None = None) -> None:
        with self.writing:
            writing.drop(self.reading.index, set(ids) & set(self.versions()))
            self.note(position)

    def empty(self) -> None:
        with self.writing:
            writing.empty(self.reading.index)

    def note(self, position: int | None) -> None:
        """Keeps the outbox position, after what it stands for was committed."""
        if position is not None:
            write_whole(self.folder / POSITION, {"position": position})

    def search(self, request: SearchRequest) -> Results:
        finder = Finder(self.reading.snapshot(), self.memory, words_of_a_prefix(request.query))
        answer = Answer(finder, request)
        better = self.better(finder, request, answer.number)
        return replace(answer.results(), did_you_mean=better.text() if better else None)

    def better(self, finder: Finder, request: SearchRequest, total: int) -> Query | None:
        """What may have been meant, where that finds something."""
        speller = Speller(lambda: [segment.lexicon.spelling for segment in finder.snapshot.segments], finder.number)
        better = speller.corrected(request.query, total)
        return better if better and Answer(finder, replace(request, query=better)).number else None

    def complete(self, prefix: str, limit: int = 8) -> tuple[Completion, ...]:
        snapshot = self.reading.snapshot()
        start = title_start(prefix)
        titles = [
            (key, title)
            for segment, offset in zip(snapshot.segments, snapshot.offsets, strict=True)
            for key, title, number in segment.titles_starting(start)
            if snapshot.live[offset + number]
        ]
        lists = [segment.lexicon.words for segment in snapshot.segments]
        finder = Finder(snapshot, self.memory)
        return complete(prefix, lists, (title for _, title in sorted(titles)), limit, finder.has)

    def versions(self) -> Mapping[int, int]:
        return self.reading.snapshot().versions

    def state(self) -> EngineState:
        snapshot = self.reading.snapshot()
        return EngineState(snapshot.documents, self.generation(snapshot.generation), self.position(), self.about)

    def generation(self, own: int) -> int:
        """Folders are numbered, so that a rebuilt index counts as later than the one before it."""
        number = int(self.folder.name) if self.folder.name.isdecimal() else 0
        return number * 1_000_000_000 + own

    def position(self) -> int:
        """The outbox position noted last; 0 when none was, or it can't be read."""
        try:
            return int(str(read_whole(self.folder / POSITION)["position"]))
        except (OSError, ValueError, KeyError):
            return 0

    def close(self) -> None:
        self.reading.close()


def about(folder: Path) -> str:
    """The fingerprint that a folder was made with."""
    try:
        return str(read_whole(folder / ABOUT)["fingerprint"])
    except (OSError, ValueError, KeyError) as failure:
        raise Damaged("There is no search index in {folder}.", folder=folder.name) from failure
