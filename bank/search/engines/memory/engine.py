"""The plain engine: the definition that every other engine is held to. Readable, not fast."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, cached_property

from bank.search.analysis import analysed, stem, tilde_kept
from bank.search.completion import Known, complete, title_start
from bank.search.correcting import corrected
from bank.search.document import SearchDocument
from bank.search.engine import Completion, EngineState
from bank.search.engines.memory.matching import Kept, Match, look_for, look_for_start, strongest, together, written
from bank.search.facets import chosen, facet_values, in_order, in_years, years_chosen
from bank.search.folding import flat, title_key
from bank.search.passages import lay_out
from bank.search.plan import Alike, Scored, Wanted, plan, widened, words_of_a_prefix
from bank.search.query import AnyOf, Phrase, Plain, Prefix, Word
from bank.search.ranking import (
    ALL_WORDS,
    ENOUGH,
    FLOOR,
    K1,
    MOST_BY_MEANING,
    MOST_PAGES,
    OF_THE_BEST,
    rarity,
    score,
    with_meaning,
)
from bank.search.request import FACETS, SearchRequest
from bank.search.results import FacetCount, Hit, PageHit, Reason, Results
from bank.search.spelling import Speller, SpellingTable
from bank.search.wordlist import WordList, most_frequent


class MemoryEngine:
    """Holds documents in a dictionary and looks at each of them for every search."""

    def __init__(self) -> None:
        self.kept: dict[int, Kept] = {}
        self.generation = 0
        self.position = 0

    def put(self, documents: Iterable[SearchDocument], position: int | None = None) -> None:
        for document in documents:
            before = self.kept.get(document.id)
            if before is None or before.document.version <= document.version:
                self.kept[document.id] = Kept(document, lay_out(document), facet_values(document))
        self.note(position)

    def drop(self, ids: Iterable[int], position: int | None = None) -> None:
        for number in ids:
            self.kept.pop(number, None)
        self.note(position)

    def empty(self) -> None:
        self.kept.clear()
        self.note(None)

    def note(self, position: int | None) -> None:
        self.generation += 1
        self.position = self.position if position is None else position

    def versions(self) -> Mapping[int, int]:
        return {number: kept.document.version for number, kept in self.kept.items()}

    def state(self) -> EngineState:
        return EngineState(len(self.kept), self.generation, self.position, "memory")

    def close(self) -> None:
        self.kept.clear()

    def complete(self, prefix: str, limit: int = 8, language: str | None = None) -> tuple[Completion, ...]:
        start = title_start(prefix)
        titles = sorted(
            (title_start(title), title) for kept in self.kept.values() for title in kept.document.titles.values()
        )
        every = self.words()
        known = Known(
            lists=[every],
            own=[every.within(self.words(language))] if language else [],
            tables=lambda: [SpellingTable.of(every)],
            titles=(title for key, title in titles if key.startswith(start)),
            there=lambda word: True,
            language=language,
        )
        return complete(prefix, known, limit)

    def number(self, word: Word) -> int:
        return sum(look_for(word, kept) is not None for kept in self.kept.values())

    def commonest(self, limit: int) -> tuple[str, ...]:
        return tuple(written for _, written in most_frequent([self.words()], "", limit).values())

    def words(self, language: str | None = None) -> WordList:
        """In how many entries each word stands, or stands in a language."""
        every = self.kept.values()
        return WordList.of(Counter(word for kept in every for word in written(kept, language)).items())

    def search(self, request: SearchRequest) -> Results:
        search = Search(self.kept, request)
        tables = cache(lambda: [SpellingTable.of(self.words())])
        better = corrected(Speller(tables, search.number), request.query, search.by_words)
        finds = better is not None and Search(self.kept, replace(request, query=better, meaning=None)).reasons
        meant = better.text() if better and finds else None
        return replace(search.results(), did_you_mean=meant, respelt=better)


class Search:
    """One request over all documents. `reasons` holds what the query finds, before filters."""

    def __init__(self, kept: Mapping[int, Kept], request: SearchRequest) -> None:
        self.kept = kept
        self.request = request
        self.plan = plan(request.query, self.estimate)
        self.matches: dict[Plain | AnyOf | Alike, dict[int, Match]] = {}
        self.reasons: Mapping[int, Reason] = self.find()
        self.by_words = len(self.reasons)
        self.reasons = {**self.reasons, **self.find_by_meaning()}

    def match(self, clause: Plain | AnyOf | Alike) -> Mapping[int, Match]:
        """The entries that a clause matches."""
        if clause not in self.matches:
            each = ((number, self.look(clause, kept)) for number, kept in self.kept.items())
            self.matches[clause] = {number: found for number, found in each if found is not None}
        return self.matches[clause]

    def number(self, clause: Word | Phrase) -> int:
        return sum(1 for kept in self.kept.values() if look_for(clause, kept) is not None)

    def estimate(self, word: Word) -> int:
        """In how many entries each form of a word stands, added; ñ aside."""
        terms = (term for kept in self.kept.values() for term in kept.layout.places)
        return sum(term[1] == stem(word.word, term[0]) for term in terms)

    def look(self, clause: Plain | AnyOf | Alike, kept: Kept) -> Match | None:
        if isinstance(clause, Alike):
            shares = [(clause.word, 1.0), *clause.others]
            return strongest((look_for(word, kept), share) for word, share in shares)
        if isinstance(clause, AnyOf):
            return together(
                match[kept.document.id] for part in clause.of if kept.document.id in (match := self.match(part))
            )
        if isinstance(clause, Prefix):
            return look_for_start(clause, kept, self.expansion(clause))
        return look_for(clause, kept)

    def expansion(self, prefix: Prefix) -> frozenset[str]:
        """The folded words that a prefix stands for."""
        words = WordList.of(
            Counter(
                word for kept in self.kept.values() for word in written(kept) if tilde_kept(prefix.start, word)
            ).items()
        )
        return frozenset(most_frequent([words], flat(prefix.start), words_of_a_prefix(self.request.query)))

    def find(self) -> Mapping[int, Reason]:
        """Why each entry is found by the query alone: all that is wanted, or, where those are few, most of it."""
        allowed = self.allowed()
        every: dict[int, Reason] = {number: "all" for number in allowed if self.have(number) == self.want(number)}
        if len(every) >= ENOUGH:
            return every
        most: dict[int, Reason] = {
            number: "some" for number in allowed if self.have(number) >= self.plan.enough(self.want(number))
        }
        return {**most, **every}

    def allowed(self) -> list[int]:
        return [number for number in self.kept if number not in self.request.withdrawn and self.is_bound(number)]

    def find_by_meaning(self) -> Mapping[int, Reason]:
        """Where few have all the words: the best of those that are near enough."""
        few = sum(reason == "all" for reason in self.reasons.values()) < ENOUGH
        if self.request.meaning is None or not self.plan.wanted or not few:
            return {}
        scores = {number: self.score(number) for number in self.allowed()}
        least = max(FLOOR, round(OF_THE_BEST * max(scores.values(), default=0.0), 6))
        near = [number for number, score in scores.items() if number not in self.reasons and score >= least]
        best = sorted(near, key=lambda number: (-scores[number], number))[:MOST_BY_MEANING]
        return dict.fromkeys(best, "meaning")

    def is_bound(self, number: int) -> bool:
        binds = all(number in self.match(clause) for clause in self.plan.binding)
        return binds and not any(number in self.match(clause) for clause in self.plan.excluded)

    def counted(self, number: int) -> list[Wanted]:
        """What is wanted of this entry, its own language's stop words left out."""
        counted = self.plan.counted(analysed(self.kept[number].document.language))
        return [clause for clause, counts in zip(self.plan.wanted, counted, strict=True) if counts]

    def want(self, number: int) -> int:
        return len(self.counted(number))

    def have(self, number: int) -> int:
        return sum(number in self.match(clause) for clause in self.counted(number))

    def results(self) -> Results:
        found = [number for number in self.reasons if self.passes(number, None)]
        shown = self.in_order(found)[self.request.offset : self.request.offset + self.request.size]
        bare = self.request.bare
        hits = tuple(
            Hit(number, self.final(number), self.reasons[number], () if bare else self.pages(number))
            for number in shown
        )
        facets = {} if bare else {facet: self.count(facet) for facet in FACETS}
        complete = sum(reason == "all" for reason in self.reasons.values())
        meant = sum(self.reasons[number] == "meaning" for number in found)
        every = len(self.reasons)
        return Results(len(found), hits, facets, by_words=self.by_words, complete=complete, found=every, meant=meant)

    def passes(self, number: int, but: str | None) -> bool:
        """True when an entry carries what was chosen in every facet, one left aside."""
        kept = self.kept[number]
        wanted = chosen(self.request.filters).items()
        carried = all(values & set(kept.facets[facet]) for facet, values in wanted if facet != but)
        if but == "year" or not years_chosen(self.request.filters):
            return carried
        year = kept.document.year
        return carried and year is not None and in_years(year, self.request.filters)

    def count(self, facet: str) -> tuple[FacetCount, ...]:
        passing = (self.kept[number] for number in self.reasons if self.passes(number, facet))
        return in_order(Counter(value for kept in passing for value in kept.facets[facet]).items())

    def score(self, number: int) -> float:
        """How well an entry answers in words; with meaning, in both."""
        layouts = [kept.layout.length for kept in self.kept.values()]
        mean = sum(layouts) / len(layouts) or 1.0
        total = reach = 0.0
        for scored in self.scored(number):
            match = self.match(widened(scored, self.request.alike))
            weight = rarity(len(match), len(self.kept))
            reach += weight * (K1 + 1)
            if number in match:
                total += score(match[number].frequency, self.kept[number].layout.length, mean, weight)
        if self.request.meaning is None or not self.plan.scored:
            return round(total, 6)
        return round(with_meaning(total / (reach or 1.0), self.near.get(number, 0.0)), 6)

    @cached_property
    def near(self) -> Mapping[int, float]:
        meaning = self.request.meaning
        return {} if meaning is None else dict(zip(meaning.ids.tolist(), meaning.values.tolist(), strict=True))

    def final(self, number: int) -> float:
        """The score with what those are ahead that have all the words."""
        ahead = self.request.meaning is not None and self.plan.scored and self.reasons[number] == "all"
        return round(self.score(number) + (ALL_WORDS if ahead else 0.0), 6)

    def scored(self, number: int) -> list[Scored]:
        counted = self.counted(number)
        return [clause for clause in self.plan.scored if clause in counted or clause not in self.plan.wanted]

    def in_order(self, found: list[int]) -> list[int]:
        if self.request.sort == "title":
            return sorted(found, key=lambda number: (title_key(self.kept[number].document.title), number))
        if self.request.sort == "oldest":
            return sorted(found, key=lambda number: (self.year(number) or 10_000, number))
        if self.request.sort == "newest" or not self.plan.scored:
            return sorted(found, key=lambda number: (-(self.year(number) or 0), -number))
        if self.request.meaning is not None:
            return sorted(found, key=lambda number: (-self.final(number), number))
        return sorted(found, key=lambda number: (self.reasons[number], -self.score(number), number))

    def year(self, number: int) -> int | None:
        return self.kept[number].document.year

    def pages(self, number: int) -> tuple[PageHit, ...]:
        """The pages with most of the clauses, then with most of their places."""
        layout = self.kept[number].layout
        clauses: dict[int, set[Scored]] = {}
        places: dict[int, float] = {}
        for clause in self.scored(number):
            match = self.match(clause).get(number, Match(0.0, ()))
            for place in match.places:
                page = bisect_right(layout.starts, place) - 1
                if page >= 0:
                    clauses.setdefault(page, set()).add(clause)
                    places[page] = places.get(page, 0.0) + match.share(place)
        best = sorted(places, key=lambda page: (-len(clauses[page]), -places[page], page))
        return tuple(layout.pages[page] for page in best[:MOST_PAGES])
