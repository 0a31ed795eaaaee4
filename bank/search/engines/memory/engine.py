"""The plain engine in memory: it defines what every other engine must find. Readable, not fast."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from bank.search.completion import CompletionSource, propose_completions, title_lookup_key
from bank.search.correcting import correct_query
from bank.search.document import SearchDocument
from bank.search.engine import Completion, EngineState
from bank.search.engines.memory.matching import NumberedDocument, match_clause, words_as_written
from bank.search.engines.memory.searching import MemorySearch
from bank.search.facets import facet_values
from bank.search.passages import lay_out
from bank.search.query import Phrase, Word
from bank.search.request import SearchRequest
from bank.search.results import Results
from bank.search.spelling import Speller, SpellingTable
from bank.search.wordlist import WordList, commonest_way, most_frequent


class MemoryEngine:
    """Holds documents in a dictionary and looks at each of them for every search."""

    def __init__(self) -> None:
        self.kept: dict[int, NumberedDocument] = {}
        self.generation = 0
        self.position = 0

    def put(self, documents: Iterable[SearchDocument], position: int | None = None) -> None:
        for document in documents:
            before = self.kept.get(document.id)
            if before is None or before.document.version <= document.version:
                self.kept[document.id] = NumberedDocument(document, lay_out(document), facet_values(document))
        self.note(position)

    def drop(self, ids: Iterable[int], position: int | None = None) -> None:
        for number in ids:
            self.kept.pop(number, None)
        self.note(position)

    def empty(self) -> None:
        self.kept.clear()
        self.note(None)

    def note(self, position: int | None) -> None:
        """Counts a change, and notes the outbox position after it where there is one."""
        self.generation += 1
        self.position = self.position if position is None else position

    def versions(self) -> Mapping[int, int]:
        return {number: kept.document.version for number, kept in self.kept.items()}

    def state(self) -> EngineState:
        return EngineState(len(self.kept), self.generation, self.position, "memory")

    def close(self) -> None:
        self.kept.clear()

    def complete(self, prefix: str, limit: int = 8, language: str | None = None) -> tuple[Completion, ...]:
        start = title_lookup_key(prefix)
        titles = sorted(
            (title_lookup_key(title), title) for kept in self.kept.values() for title in kept.document.titles.values()
        )
        every = self.words()
        known = CompletionSource(
            lists=[every],
            own=[every.within(self.words(language))] if language else [],
            tables=lambda: [SpellingTable.of(every)],
            titles=(title for key, title in titles if key.startswith(start)),
            there=lambda word: True,
            language=language,
        )
        return propose_completions(prefix, known, limit)

    def number(self, word: Word | Phrase) -> int:
        return sum(match_clause(word, kept) is not None for kept in self.kept.values())

    def commonest(self, limit: int) -> tuple[str, ...]:
        return tuple(written for _, written in most_frequent([self.words()], "", limit).values())

    def written(self, word: str) -> str:
        return commonest_way([self.words()], word)

    def words(self, language: str | None = None) -> WordList:
        """The words and the number of entries that have each, in all languages or in one."""
        every = self.kept.values()
        return WordList.of(Counter(word for kept in every for word in words_as_written(kept, language)).items())

    def search(self, request: SearchRequest) -> Results:
        search = MemorySearch(self.kept, request)
        tables = cache(lambda: [SpellingTable.of(self.words())])
        better = correct_query(Speller(tables, search.number, search.together), request.query, search.by_words)
        finds = better is not None and MemorySearch(self.kept, replace(request, query=better, meaning=None)).reasons
        meant = better.text() if better and finds else None
        return replace(search.results(), did_you_mean=meant, respelt=better)
