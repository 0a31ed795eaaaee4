"""Answers one request from a snapshot, with arrays over all documents."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bank.search.engines.whoosh_engine.finding import Finder
from bank.search.engines.whoosh_engine.placing import ShownDocuments, exact_matches, pages_of_documents
from bank.search.engines.whoosh_engine.schema import TERM_LANGUAGES
from bank.search.engines.whoosh_engine.snapshot import Mask
from bank.search.facets import chosen_values, has_chosen_years
from bank.search.plan import as_typed, own_words, plan_query, widen_clause
from bank.search.ranking import (
    ALL_STEMS_BONUS,
    ALL_WORDS_BONUS,
    BM25_K1,
    ENOUGH_ENTRIES,
    MOST_BY_MEANING,
    clause_rarity,
    least_score_by_meaning,
    lower_said_otherwise,
    score_with_meaning,
)
from bank.search.request import FACETS, Filters, Nearness, SearchRequest
from bank.search.results import FacetCount, Hit, Reason, Results

OPEN_END_YEAR = 1 << 40
"""Later than any year: the end of a span that has none."""


class WhooshSearch:
    """Answers one request from a snapshot.

    Masks over all documents, before filters: `every` has all wanted clauses (`own` without synonyms, `exact` each in an
    inflection), `most` enough of them, `meant` is found by meaning alone. `reach`: language -> the highest score by
    words that a document in it could have.
    """

    def __init__(self, finder: Finder, request: SearchRequest) -> None:
        self.finder = finder
        self.snapshot = finder.snapshot
        self.request = request
        self.plan = plan_query(request.query, finder.estimate, finder.number, request.synonyms)
        self.counted = {language: self.plan.counted(language) for language in self.snapshot.languages}
        self.scored_in = {language: self.numbers(counted) for language, counted in self.counted.items()}
        self.reach = dict.fromkeys(self.snapshot.languages, 0.0)
        self.own, self.exact = np.zeros((2, self.snapshot.size), bool)
        self.every, self.most = self.find()
        self.meant = self.find_by_meaning()

    def numbers(self, counted: tuple[bool, ...]) -> frozenset[int]:
        """The numbers of the scored clauses that count, given which of the wanted do; the wanted are numbered first."""
        silent = {at for at, counts in enumerate(counted) if not counts}
        return frozenset(range(len(self.plan.scored))) - silent

    @property
    def by_words(self) -> int:
        """How many documents have all or most of the words, before filters."""
        return int(self.every.sum() + self.most.sum())

    def speaking(self, languages: Sequence[str]) -> Mask:
        """The documents analysed in any of these languages."""
        if len(languages) == len(self.snapshot.languages):
            return np.ones(self.snapshot.size, bool)
        table = np.array([language in languages for language in TERM_LANGUAGES])
        speaking: Mask = table[self.snapshot.spoken]
        return speaking

    def allowed(self) -> Mask:
        """The documents that may be found: live, not withdrawn, with all that binds and nothing that is excluded."""
        mask = self.snapshot.live.copy()
        if self.request.withdrawn:
            mask &= ~np.isin(self.snapshot.ids, list(self.request.withdrawn))
        for clause in self.plan.binding:
            bound = np.zeros(self.snapshot.size, bool)
            bound[self.finder.find(clause).documents] = True
            mask &= bound
        for clause in self.plan.excluded:
            mask[self.finder.find(clause).documents] = False
        return mask

    def find(self) -> tuple[Mask, Mask]:
        """The documents with all wanted clauses; and, where those are few, the others with enough of their weight.

        Where ten have every word in an inflection, those that only share a stem with it are left out. What means the
        same adds entries and takes none away: the ten must have the words themselves.
        """
        allowed = self.allowed()
        nothing = np.zeros(self.snapshot.size, bool)
        if not self.plan.wanted:
            self.own = self.exact = allowed
            return allowed, nothing
        have, close, own, exact = np.zeros((4, self.snapshot.size), np.int8)
        weight, whole = np.zeros((2, self.snapshot.size))
        for at, clause in enumerate(self.plan.wanted):
            found, asked = self.finder.find(clause), self.finder.find(own_words(clause))
            counts = self.speaking(self.counting(at))
            documents = found.documents[counts[found.documents]]
            rarity = self.rarities(asked.documents) * counts
            have[documents] += 1
            own[asked.documents] += counts[asked.documents]
            close += exact_matches(found, self.snapshot) & counts
            exact += exact_matches(asked, self.snapshot) & counts
            weight[documents] += rarity[documents]
            whole += rarity
        want = self.per_language({language: sum(counted) for language, counted in self.counted.items()})
        every, self.own = allowed & (have == want), allowed & (own == want)
        self.exact = every & (exact == want)
        if self.exact.sum() >= ENOUGH_ENTRIES:
            return every & (close == want), nothing
        if self.own.sum() >= ENOUGH_ENTRIES:
            return every, nothing
        return every, allowed & self.plan.enough(have, want, weight, whole) & ~every

    def rarities(self, documents: NDArray[np.int64]) -> NDArray[np.float64]:
        """For each document the rarity of a clause that matches `documents` among those of the document's language.

        0 for a clause that no entry has: it tells nothing.
        """
        if not self.snapshot.count(documents):
            return np.zeros(self.snapshot.size)
        living = documents[self.snapshot.live[documents]]
        there = np.bincount(self.snapshot.spoken[living], minlength=len(TERM_LANGUAGES)).tolist()
        every = np.bincount(self.snapshot.spoken[self.snapshot.live], minlength=len(TERM_LANGUAGES)).tolist()
        table = np.array([clause_rarity(found, number) for found, number in zip(there, every, strict=True)])
        spread: NDArray[np.float64] = table[self.snapshot.spoken]
        return spread

    def find_by_meaning(self) -> Mask:
        """The best documents by meaning that words did not find, where few documents have all the words."""
        nothing, meaning = np.zeros(self.snapshot.size, bool), self.request.meaning
        if meaning is None or not self.plan.wanted or (self.own & self.every).sum() >= ENOUGH_ENTRIES:
            return nothing
        allowed = self.allowed()
        left = allowed & ~self.every & ~self.most
        nearest, best = self.nearness(meaning)[left].max(initial=0.0), self.everyones[allowed].max(initial=0.0)
        near = left & (self.everyones >= least_score_by_meaning(meaning.least, float(nearest), float(best)))
        nothing[self.best(np.flatnonzero(near), MOST_BY_MEANING)] = True
        return nothing

    def counting(self, at: int) -> list[str]:
        """The languages of documents for which the scored clause number `at` counts (it is no stop word there)."""
        return [language for language, numbers in self.scored_in.items() if at in numbers]

    def per_language(self, values: Mapping[str, int]) -> NDArray[np.int8]:
        """For each document the value of its language."""
        table = np.array([values.get(language, 0) for language in TERM_LANGUAGES], np.int8)
        spread: NDArray[np.int8] = table[self.snapshot.spoken]
        return spread

    def results(self) -> Results:
        """The exact total and counts, and the hits of the requested slice."""
        found = self.every | self.most | self.meant
        filters = self.filter_masks()
        passing = np.logical_and.reduce([found, *filters.values()])
        facets = {} if self.request.bare else {name: self.count(name, found, passing, filters) for name in FACETS}
        shown = self.shown(passing)
        scores = self.final[shown].tolist() if self.plan.scored else [0.0] * shown.size
        documents = ShownDocuments(shown, [self.scored_for(at) for at in shown.tolist()])
        pages = pages_of_documents(self.finder, () if self.request.bare else self.plan.scored, documents)
        hits = tuple(
            Hit(int(self.snapshot.ids[at]), scores[turn], self.reason(at), pages.get(turn, ()), self.lacks(at))
            for turn, at in enumerate(shown.tolist())
        )
        return Results(
            int(passing.sum()),
            hits,
            facets,
            by_words=self.by_words,
            complete=int(self.every.sum()),
            found=int(found.sum()),
            meant=int((passing & self.meant).sum()),
            lacking=self.lacking(),
        )

    def lacks(self, document: int) -> tuple[str, ...]:
        """The words that a document found by some of them lacks."""
        if not self.most[document]:
            return ()
        wanted = (clause for at, clause in enumerate(self.plan.wanted) if at in self.scored_for(document))
        found = (clause for clause in wanted if not (self.finder.find(clause).documents == document).any())
        return tuple(as_typed(clause, self.request.query) for clause in found)

    def lacking(self) -> tuple[str, ...]:
        """The words that the best document found by some of them lacks, where none has all."""
        if self.every.any() or not self.most.any():
            return ()
        return self.lacks(int(self.best(np.flatnonzero(self.most), 1)[0]))

    def reason(self, document: int) -> Reason:
        if self.every[document]:
            return "all"
        return "some" if self.most[document] else "meaning"

    def filter_masks(self) -> dict[str, Mask]:
        """For each facet with a choice, the mask of the documents that have a chosen value."""
        masks = {facet: self.having(facet, values) for facet, values in chosen_values(self.request.filters).items()}
        if has_chosen_years(self.request.filters):
            masks["year"] = self.in_years(self.request.filters)
        return masks

    def having(self, facet: str, values: frozenset[str]) -> Mask:
        column = self.snapshot.columns[facet]
        return column.having([column.numbers[value] for value in values if value in column.numbers], self.snapshot.size)

    def in_years(self, filters: Filters) -> Mask:
        first = 0 if filters.year_from is None else max(filters.year_from, 0)
        last = OPEN_END_YEAR if filters.year_to is None else filters.year_to
        mask: Mask = (self.snapshot.last_years >= first) & (self.snapshot.years <= last) & (self.snapshot.years >= 0)
        return mask

    def count(self, facet: str, found: Mask, passing: Mask, filters: Mapping[str, Mask]) -> tuple[FacetCount, ...]:
        """A facet's counts over the documents that pass the choices in all other facets."""
        mask = passing
        if facet in filters:
            mask = found.copy()
            for other, left in filters.items():
                if other != facet:
                    mask &= left
        return self.snapshot.columns[facet].told(mask, self.meant)

    def scored_for(self, document: int) -> frozenset[int]:
        """The numbers of the clauses that make a document's score: without the stop words of its language."""
        return self.scored_in[TERM_LANGUAGES[self.snapshot.spoken[document]]]

    @cached_property
    def everyones(self) -> NDArray[np.float64]:
        """Every document's score (rounded to 6 places): BM25 by words.

        With meaning, BM25 as a share of the highest possible, plus nearness.
        """
        scores = np.zeros(self.snapshot.size)
        for at, scored in enumerate(self.plan.scored):
            languages = self.counting(at)
            if not languages:
                continue
            clause = widen_clause(scored, self.request.alike)
            found = self.finder.find(clause)
            documents, weights = found.documents, found.weights
            weight = clause_rarity(self.snapshot.count(documents), self.snapshot.documents) * (BM25_K1 + 1)
            for language in languages:
                self.reach[language] += weight
            if len(languages) < len(self.snapshot.languages):
                spoken = self.speaking(languages)[documents]
                documents, weights = documents[spoken], weights[spoken]
            scores[documents] += weight * weights / (weights + self.snapshot.norms[documents])
        if self.request.meaning is not None:
            reach = np.array([self.reach.get(language) or 1.0 for language in TERM_LANGUAGES])
            scores = score_with_meaning(scores / reach[self.snapshot.spoken], self.nearness(self.request.meaning))
        return np.round(scores, 6)

    @property
    def otherwise(self) -> Mask:
        """The documents with all wanted clauses that have one of them only in words that mean the same."""
        return self.every & ~self.own

    @cached_property
    def final(self) -> NDArray[np.float64]:
        """The scores with the bonus for documents that have all the words."""
        if self.request.meaning is None:
            return self.everyones
        bonus = np.where(self.exact, ALL_WORDS_BONUS, np.where(self.every, ALL_STEMS_BONUS, 0.0))
        scores = np.round(self.everyones + bonus, 6)
        have, rest = self.every & self.own, self.most | self.meant
        return lower_said_otherwise(scores, have, self.otherwise, rest, self.snapshot.ids)

    def nearness(self, meaning: Nearness) -> NDArray[np.float64]:
        """Each document's nearness; 0 for one without vectors."""
        near = np.zeros(self.snapshot.size)
        if meaning.ids.size:
            at = np.minimum(np.searchsorted(meaning.ids, self.snapshot.ids), meaning.ids.size - 1)
            known = meaning.ids[at] == self.snapshot.ids
            near[known] = meaning.values[at[known]]
        return near

    def shown(self, passing: Mask) -> NDArray[np.int64]:
        """The documents of the requested slice, in order."""
        first, last = self.request.offset, self.request.offset + self.request.size
        if self.request.sort == "relevance" and self.plan.scored and self.request.meaning is not None:
            return self.best(np.flatnonzero(passing), last, self.final)[first:last]
        if self.request.sort == "relevance" and self.plan.scored:
            own = self.every & self.own
            tiers = (self.exact, own & ~self.exact, self.otherwise, self.most)
            return np.concatenate([self.best(np.flatnonzero(passing & tier), last) for tier in tiers])[first:last]
        order = {"oldest": "oldest", "title": "by_title"}.get(self.request.sort, "newest")
        ordered: NDArray[np.int64] = getattr(self.snapshot, order)
        return ordered[passing[ordered]][first:last]

    def best(
        self, documents: NDArray[np.int64], size: int, scored: NDArray[np.float64] | None = None
    ) -> NDArray[np.int64]:
        """At most `size` documents, the best first, then the lowest id."""
        scores = (self.everyones if scored is None else scored)[documents]
        if documents.size > size > 0:
            least = np.partition(scores, documents.size - size)[documents.size - size]
            documents, scores = documents[scores >= least], scores[scores >= least]
        return documents[np.lexsort((self.snapshot.ids[documents], -scores))][:size]
