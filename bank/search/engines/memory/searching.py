"""Answers one request by looking at every entry, in the in-memory engine."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from bank.search.analysis import analysis_language, keeps_tilde, stem
from bank.search.engines.memory.matching import (
    Match,
    NumberedDocument,
    best_matching_pages,
    match_clause,
    match_prefix,
    strongest_match,
    union_of_matches,
    words_as_written,
)
from bank.search.facets import chosen_values, has_chosen_years, is_in_chosen_years, ordered_counts
from bank.search.folding import fold_word, title_key
from bank.search.plan import (
    AlikeClause,
    ScoredClause,
    SoughtClause,
    SynonymClause,
    WantedClause,
    as_typed,
    own_words,
    plan_query,
    widen_clause,
    words_per_prefix,
)
from bank.search.query import AnyOf, Phrase, Prefix, Word
from bank.search.ranking import (
    ALL_STEMS_BONUS,
    ALL_WORDS_BONUS,
    BM25_K1,
    ENOUGH_ENTRIES,
    MOST_BY_MEANING,
    bm25_score,
    clause_rarity,
    least_score_by_meaning,
    lower_said_otherwise,
    score_with_meaning,
)
from bank.search.request import FACETS, SearchRequest
from bank.search.results import FacetCount, Hit, PageHit, Reason, Results
from bank.search.wordlist import WordList, most_frequent


class MemorySearch:
    """Answers one request by looking at every document.

    `reasons`: entry id -> why it is found, before filters; `by_words`: how many are found by words.
    """

    def __init__(self, kept: Mapping[int, NumberedDocument], request: SearchRequest) -> None:
        self.kept = kept
        self.request = request
        self.plan = plan_query(request.query, self.estimate, self.number, request.synonyms)
        self.matches: dict[SoughtClause, dict[int, Match]] = {}
        self.reasons: Mapping[int, Reason] = self.find()
        self.by_words = len(self.reasons)
        self.reasons = {**self.reasons, **self.find_by_meaning()}

    def match(self, clause: SoughtClause) -> Mapping[int, Match]:
        """The entries that a clause matches, each with its match."""
        if clause not in self.matches:
            each = ((number, self.look(clause, kept)) for number, kept in self.kept.items())
            self.matches[clause] = {number: found for number, found in each if found is not None}
        return self.matches[clause]

    def number(self, clause: Word | Phrase) -> int:
        return sum(1 for kept in self.kept.values() if match_clause(clause, kept) is not None)

    def together(self, clauses: Sequence[Word | Phrase]) -> int:
        every = self.kept.values()
        return sum(all(match_clause(clause, kept) is not None for clause in clauses) for kept in every)

    def estimate(self, word: Word) -> int:
        """About how many entries have a word: the numbers for each of its forms, added; ñ counts as n."""
        terms = (term for kept in self.kept.values() for term in kept.layout.places)
        return sum(term[1] == stem(word.word, term[0]) for term in terms)

    def look(self, clause: SoughtClause, kept: NumberedDocument) -> Match | None:
        if isinstance(clause, AlikeClause):
            shares = [(clause.word, 1.0), *clause.others]
            return strongest_match((self.match(part).get(kept.document.id), share) for part, share in shares)
        if isinstance(clause, AnyOf | SynonymClause):
            matches = (self.match(part).get(kept.document.id) for part in clause.of)
            return union_of_matches(match for match in matches if match is not None)
        if isinstance(clause, Prefix):
            return match_prefix(clause, kept, self.expansion(clause))
        return match_clause(clause, kept)

    def expansion(self, prefix: Prefix) -> frozenset[str]:
        """The folded words that a prefix is expanded to."""
        words = WordList.of(
            Counter(
                word
                for kept in self.kept.values()
                for word in words_as_written(kept)
                if keeps_tilde(prefix.start, word)
            ).items()
        )
        return frozenset(most_frequent([words], fold_word(prefix.start), words_per_prefix(self.request.query)))

    def find(self) -> Mapping[int, Reason]:
        """Why each entry is found by words: it has all that is wanted or, where few entries have, enough of it."""
        allowed = self.allowed()
        every: dict[int, Reason] = {number: "all" for number in allowed if self.have(number) == self.want(number)}
        if sum(map(self.is_exact, every)) >= ENOUGH_ENTRIES:
            return {number: "all" for number in every if self.is_exact(number, own=False)}
        if len(every) - sum(map(self.says_otherwise, every)) >= ENOUGH_ENTRIES:
            return every
        most: dict[int, Reason] = {number: "some" for number in allowed if self.has_enough(number)}
        return {**most, **every}

    def is_exact(self, number: int, own: bool = True) -> bool:
        """True where an entry has each wanted clause in an inflection of its `own` word, or of a synonym."""
        wanted = (own_words(clause) if own else clause for clause in self.counted(number))
        found = (self.match(clause).get(number) for clause in wanted)
        return all(match is not None and match.exact for match in found)

    def has_enough(self, number: int) -> bool:
        """True where an entry has enough of the weight of what is wanted."""
        weights = {clause: self.rarity(clause, number) for clause in self.counted(number)}
        had = sum(weight for clause, weight in weights.items() if number in self.match(clause))
        return bool(self.plan.enough(self.have(number), self.want(number), had, sum(weights.values())))

    def rarity(self, clause: WantedClause, number: int) -> float:
        """How rare a clause is among the entries of this one's language; 0 for one that no entry has."""
        spoken = analysis_language(self.kept[number].document.language)
        own = [id for id, kept in self.kept.items() if analysis_language(kept.document.language) == spoken]
        match = self.match(own_words(clause))
        return clause_rarity(sum(id in match for id in own), len(own)) if match else 0.0

    def allowed(self) -> list[int]:
        return [number for number in self.kept if number not in self.request.withdrawn and self.is_bound(number)]

    def find_by_meaning(self) -> Mapping[int, Reason]:
        """The best entries by meaning that words did not find, where few entries have all the words."""
        own = sum(reason == "all" and not self.says_otherwise(id) for id, reason in self.reasons.items())
        if self.request.meaning is None or not self.plan.wanted or own >= ENOUGH_ENTRIES:
            return {}
        scores = {number: self.score(number) for number in self.allowed()}
        left = [number for number in scores if number not in self.reasons]
        nearest = max((self.near.get(number, 0.0) for number in left), default=0.0)
        least = least_score_by_meaning(self.request.meaning.least, nearest, max(scores.values(), default=0.0))
        near = [number for number in left if scores[number] >= least]
        best = sorted(near, key=lambda number: (-scores[number], number))[:MOST_BY_MEANING]
        return dict.fromkeys(best, "meaning")

    def is_bound(self, number: int) -> bool:
        binds = all(number in self.match(clause) for clause in self.plan.binding)
        return binds and not any(number in self.match(clause) for clause in self.plan.excluded)

    def counted(self, number: int) -> list[WantedClause]:
        """What is wanted of this entry, without the stop words of its language."""
        counted = self.plan.counted(analysis_language(self.kept[number].document.language))
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
            Hit(
                number,
                self.finals[number],
                self.reasons[number],
                () if bare else self.pages(number),
                self.lacks(number),
            )
            for number in shown
        )
        facets = {} if bare else {facet: self.count(facet) for facet in FACETS}
        complete = sum(reason == "all" for reason in self.reasons.values())
        meant = sum(self.reasons[number] == "meaning" for number in found)
        return Results(
            len(found),
            hits,
            facets,
            by_words=self.by_words,
            complete=complete,
            found=len(self.reasons),
            meant=meant,
            lacking=self.lacking(),
        )

    def lacks(self, number: int) -> tuple[str, ...]:
        """The words that an entry found by some of them lacks."""
        if self.reasons[number] != "some":
            return ()
        found = (clause for clause in self.counted(number) if number not in self.match(clause))
        return tuple(as_typed(clause, self.request.query) for clause in found)

    def lacking(self) -> tuple[str, ...]:
        """The words that the best entry found by some of them lacks, where none has all."""
        some = [number for number, reason in self.reasons.items() if reason == "some"]
        if not some or "all" in self.reasons.values():
            return ()
        return self.lacks(min(some, key=lambda number: (-self.score(number), number)))

    def passes(self, number: int, but: str | None) -> bool:
        """True when an entry has a chosen value in every facet with a choice, but for the facet `but`."""
        kept = self.kept[number]
        wanted = chosen_values(self.request.filters).items()
        carried = all(values & set(kept.facets[facet]) for facet, values in wanted if facet != but)
        if but == "year" or not has_chosen_years(self.request.filters):
            return carried
        return carried and is_in_chosen_years(kept.document.years, self.request.filters)

    def count(self, facet: str) -> tuple[FacetCount, ...]:
        passing = [number for number in self.reasons if self.passes(number, facet)]
        meant = [number for number in passing if self.reasons[number] == "meaning"]
        counts, by_meaning = (
            Counter(value for number in some for value in self.kept[number].facets[facet]) for some in (passing, meant)
        )
        return ordered_counts(counts.items(), by_meaning)

    def score(self, number: int) -> float:
        """An entry's score by words or, in a search with meaning, by both; without the bonus for all words."""
        layouts = [kept.layout.length for kept in self.kept.values()]
        mean = sum(layouts) / len(layouts) or 1.0
        total = reach = 0.0
        for scored in self.scored(number):
            match = self.match(widen_clause(scored, self.request.alike))
            weight = clause_rarity(len(match), len(self.kept))
            reach += weight * (BM25_K1 + 1)
            if number in match:
                total += bm25_score(match[number].frequency, self.kept[number].layout.length, mean, weight)
        if self.request.meaning is None or not self.plan.scored:
            return round(total, 6)
        return round(score_with_meaning(total / (reach or 1.0), self.near.get(number, 0.0)), 6)

    @cached_property
    def near(self) -> Mapping[int, float]:
        meaning = self.request.meaning
        return {} if meaning is None else dict(zip(meaning.ids.tolist(), meaning.values.tolist(), strict=True))

    @cached_property
    def finals(self) -> Mapping[int, float]:
        """The score of each entry found; with meaning, with the bonus for those that have all the words."""
        if self.request.meaning is None:
            return {number: self.score(number) for number in self.reasons}
        numbers = sorted(self.reasons)
        scores = np.array([self.score_with_bonus(number) for number in numbers], np.float64)
        otherwise = np.array([self.says_otherwise(number) for number in numbers], bool)
        every = np.array([self.reasons[number] == "all" for number in numbers], bool)
        lowered = lower_said_otherwise(scores, every & ~otherwise, otherwise, ~every, np.array(numbers, np.int64))
        return dict(zip(numbers, lowered.tolist(), strict=True))

    def score_with_bonus(self, number: int) -> float:
        ahead = self.plan.scored and self.reasons[number] == "all"
        bonus = ALL_WORDS_BONUS if ahead and self.is_exact(number) else ALL_STEMS_BONUS
        return round(self.score(number) + (bonus if ahead else 0.0), 6)

    def says_otherwise(self, number: int) -> bool:
        """True for an entry that has some of what is wanted only in words that mean the same."""
        own = (number in self.match(own_words(clause)) for clause in self.counted(number))
        return self.have(number) == self.want(number) and not all(own)

    def scored(self, number: int) -> list[ScoredClause]:
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
            return sorted(found, key=lambda number: (-self.finals[number], number))
        return sorted(found, key=lambda number: (self.tier(number), -self.score(number), number))

    def tier(self, number: int) -> tuple[Reason, bool, bool]:
        """A sort key: those with all the words in an inflection first, then those with all, then those with some.

        Those that say it in words that mean the same stand between the last two.
        """
        reason, otherwise = self.reasons[number], self.says_otherwise(number)
        return reason, otherwise, reason == "all" and not otherwise and not self.is_exact(number)

    def year(self, number: int) -> int | None:
        return self.kept[number].document.year

    def pages(self, number: int) -> tuple[PageHit, ...]:
        """The best matching pages of an entry."""
        matches = ((clause, self.match(clause).get(number)) for clause in self.scored(number))
        return best_matching_pages(self.kept[number].layout, matches)
