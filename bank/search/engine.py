"""The interface between the bank and any search engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bank.search.document import SearchDocument
from bank.search.query import Phrase, Word
from bank.search.request import SearchRequest
from bank.search.results import Results


@dataclass(frozen=True, slots=True)
class EngineState:
    """The state of an engine's index.

    `documents` counts the entries; `generation` changes whenever what a search can find changes; `position` is the
    outbox number noted last; `fingerprint` names the schema and analysis that the index was filled with.
    """

    documents: int
    generation: int
    position: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Completion:
    """One proposal while typing. `kind` is word or title here; callers add city and term.

    A city or a term is a filter: `value` of the facet `facet`.
    """

    text: str
    kind: str
    value: str | None = None
    facet: str | None = None


class Engine(Protocol):
    """Holds SearchDocuments and finds them. One process writes, any number of threads and processes read."""

    def put(self, documents: Iterable[SearchDocument], position: int | None = None) -> None:
        """Adds or replaces documents by id; findable when it returns. An older version never replaces a newer one."""
        ...

    def drop(self, ids: Iterable[int], position: int | None = None) -> None:
        """Takes documents out; ids that are not there are ignored."""
        ...

    def empty(self) -> None:
        """Takes everything out."""
        ...

    def search(self, request: SearchRequest) -> Results: ...

    def complete(self, prefix: str, limit: int = 8, language: str | None = None) -> tuple[Completion, ...]:
        """Words and titles that go on from `prefix`, those of the reader's `language` first, then most frequent."""
        ...

    def number(self, word: Word | Phrase) -> int:
        """How many entries have a word in any of its forms, or a phrase."""
        ...

    def commonest(self, limit: int) -> tuple[str, ...]:
        """The words that stand in most entries, as they are written, the commonest first."""
        ...

    def written(self, word: str) -> str:
        """A word as entries mostly write it, with its accents; the word itself where no entry has it."""
        ...

    def versions(self) -> Mapping[int, int]:
        """id -> version of every document held."""
        ...

    def state(self) -> EngineState: ...

    def close(self) -> None: ...
