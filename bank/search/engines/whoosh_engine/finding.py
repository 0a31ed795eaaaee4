"""Finds the documents that a clause matches, segment by segment, with a cache of decoded postings."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bank.search.analysis import NAMES_LANGUAGE, form_share, keeps_tilde, same_word
from bank.search.engines.whoosh_engine.postings import Postings
from bank.search.engines.whoosh_engine.segment import Segment
from bank.search.engines.whoosh_engine.snapshot import Mask, Snapshot
from bank.search.folding import fold_word, split_words
from bank.search.plan import AlikeClause, SoughtClause, SynonymClause, names_tag
from bank.search.query import AnyOf, HasTag, InTitle, Phrase, Prefix, SimpleClause, Word, Years
from bank.search.ranking import MOST_PREFIX_WORDS
from bank.search.wordlist import most_frequent

CACHE_BYTES = 96 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SegmentMatches:
    """What a clause matches in one segment: documents ascending, weighted frequencies, and their postings."""

    documents: NDArray[np.int32]
    weights: NDArray[np.float64]
    sources: tuple[Postings, ...]

    @property
    def size(self) -> int:
        return self.documents.nbytes + self.weights.nbytes + sum(source.size for source in self.sources)


@dataclass(frozen=True, slots=True)
class ClauseMatches:
    """What a clause matches in all segments. Tags and years have documents only, of weight 0."""

    documents: NDArray[np.int64]
    weights: NDArray[np.float64]
    parts: tuple[SegmentMatches, ...] = ()


SegmentClause = tuple[str, int, SimpleClause]
"""Name of a segment, words that a prefix is expanded to, clause."""


class PostingsCache:
    """A thread-safe LRU cache of matches by segment and clause, up to `limit` bytes."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self.limit = limit
        self.held = 0
        self.parts: OrderedDict[SegmentClause, SegmentMatches] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: SegmentClause) -> SegmentMatches | None:
        with self.lock:
            part = self.parts.get(key)
            if part is not None:
                self.parts.move_to_end(key)
            return part

    def keep(self, key: SegmentClause, part: SegmentMatches) -> None:
        with self.lock:
            if key in self.parts or part.size > self.limit // 4:
                return
            self.parts[key] = part
            self.held += part.size
            while self.held > self.limit:
                _, gone = self.parts.popitem(last=False)
                self.held -= gone.size


NO_MATCHES = SegmentMatches(np.empty(0, np.int32), np.empty(0, np.float64), ())


class Finder:
    """Finds the documents that clauses match in one snapshot, each clause once; `most` words for each prefix."""

    def __init__(self, snapshot: Snapshot, memory: PostingsCache, most: int = MOST_PREFIX_WORDS // 2) -> None:
        self.snapshot = snapshot
        self.most = most
        self.memory = memory
        self.found: dict[SoughtClause, ClauseMatches] = {}

    def find(self, clause: SoughtClause) -> ClauseMatches:
        """The matches of a clause, deleted documents included."""
        if clause not in self.found:
            self.found[clause] = self.look(clause)
        return self.found[clause]

    def number(self, clause: Word | Phrase) -> int:
        """How many live documents have a word or phrase."""
        return self.snapshot.count(self.find(clause).documents)

    def together(self, clauses: Sequence[Word | Phrase]) -> int:
        """How many live documents have all of these words and phrases."""
        shared = self.find(clauses[0]).documents
        for clause in clauses[1:]:
            shared = np.intersect1d(shared, self.find(clause).documents, assume_unique=True)
        return self.snapshot.count(shared)

    def has(self, folded: str) -> bool:
        """True when some live document has a word of a lexicon; nothing is looked up where none was deleted."""
        return self.snapshot.whole or self.number(Phrase((folded,))) > 0

    def estimate(self, word: Word) -> int:
        """About how many documents have a word: the numbers for each of its forms, added."""
        return sum(segment.estimate(word.word) for segment in self.snapshot.segments)

    def look(self, clause: SoughtClause) -> ClauseMatches:
        if isinstance(clause, AlikeClause):
            shares = [(self.find(clause.word), 1.0), *((self.find(other), share) for other, share in clause.others)]
            return strongest_matches(shares, self.snapshot.size)
        if isinstance(clause, AnyOf | SynonymClause):
            return any_of_matches([self.find(part) for part in clause.of], self.snapshot)
        if isinstance(clause, HasTag):
            return unweighted_matches(self.tagged(clause))
        if isinstance(clause, Years):
            begun, ended = self.snapshot.years, self.snapshot.last_years
            return unweighted_matches((ended >= clause.first) & (begun <= clause.last) & (begun >= 0))
        return join_segments([self.part(segment, clause) for segment in self.snapshot.segments], self.snapshot)

    def part(self, segment: Segment, clause: SimpleClause) -> SegmentMatches:
        key = (segment.name, self.most, clause)
        part = self.memory.get(key)
        if part is None:
            part = self.read(segment, clause)
            self.memory.keep(key, part)
        return part

    def read(self, segment: Segment, clause: SimpleClause) -> SegmentMatches:
        if isinstance(clause, Word):
            found = form_terms(segment, clause.word)
            return merge_postings([segment.postings(term).counting(share) for term, share in found], segment.size)
        if isinstance(clause, InTitle):
            return title_matches(self.part(segment, clause.of), segment)
        if isinstance(clause, Prefix):
            return merge_postings([segment.postings(term) for term in self.expansion(segment, clause)], segment.size)
        if isinstance(clause, Phrase) and len(clause.words) > 1:
            return phrase_matches([self.part(segment, Phrase((word,))) for word in clause.words], segment.size)
        if isinstance(clause, Phrase):
            terms = spelling_terms(segment, clause.words[0], segment.languages)
            return weigh_by_count(merge_postings([segment.postings(term) for term in terms], segment.size))
        raise TypeError(clause)

    def expansion(self, segment: Segment, prefix: Prefix) -> list[bytes]:
        """The segment's terms of the commonest words that begin with the prefix."""
        start = fold_word(prefix.start)
        common = most_frequent((each.lexicon.words for each in self.snapshot.segments), start, self.most)
        return [
            term
            for folded, word, term in segment.lexicon.starting(start)
            if folded in common and keeps_tilde(prefix.start, word)
        ]

    def tagged(self, tag: HasTag) -> Mask:
        """The documents that have a tag; a city also by any of its names."""
        column = self.snapshot.columns[tag.field]
        meant = [number for number, value in enumerate(column.values) if names_tag(tag.field, tag.value, value)]
        mask = column.having(meant, self.snapshot.size)
        if tag.field == "city":
            for segment, offset in zip(self.snapshot.segments, self.snapshot.offsets, strict=True):
                mask[name_matches(segment, split_words(tag.value)).documents + offset] = True
        return mask


def form_terms(segment: Segment, asked: str) -> list[tuple[bytes, float]]:
    """The terms of all forms of a word in the segment's languages, with the weight of each."""
    return [
        (term, form_share(asked, word, language))
        for language in segment.languages
        for word, term in segment.group(language, asked)
        if keeps_tilde(asked, word)
    ]


def spelling_terms(segment: Segment, asked: str, languages: Iterable[str]) -> list[bytes]:
    """The index terms of a word in this very form (accents ignored) in these languages."""
    return [term for language in languages for word, term in segment.group(language, asked) if same_word(asked, word)]


def name_matches(segment: Segment, asked: Sequence[str]) -> SegmentMatches:
    """The documents in whose names these words stand side by side."""
    terms = (spelling_terms(segment, word, [NAMES_LANGUAGE]) for word in asked)
    parts = [merge_postings([segment.postings(term) for term in each], segment.size) for each in terms]
    return phrase_matches(parts, segment.size)


def merge_postings(sources: Sequence[Postings], size: int) -> SegmentMatches:
    """Merges the postings of several terms, adding a document's weights; `size`: documents of the segment."""
    if len(sources) <= 1:
        return SegmentMatches(sources[0].documents, sources[0].weights, (sources[0],)) if sources else NO_MATCHES
    documents = np.concatenate([source.documents for source in sources])
    weights: NDArray[np.float64] = np.bincount(
        documents, np.concatenate([source.weights for source in sources]), size
    ).astype(np.float64, copy=False)
    held = np.flatnonzero(weights).astype(np.int32)
    return SegmentMatches(held, weights[held], tuple(sources))


def weigh_by_count(part: SegmentMatches) -> SegmentMatches:
    """The same matches with plain frequency as weight, for phrases (no weights by field)."""
    sources = tuple(
        Postings(source.documents, np.diff(source.bounds).astype(np.float64), source.places, source.bounds)
        for source in part.sources
    )
    size = int(part.documents[-1]) + 1 if part.documents.size else 0
    return merge_postings(sources, size)


def place_keys(part: SegmentMatches, within: Mask) -> NDArray[np.int64]:
    """Document and place as one ascending number (document times 2**32, plus place), for documents in a mask."""
    keys = []
    for source in part.sources:
        kept = within[source.documents]
        counts = np.diff(source.bounds)
        places = source.places[np.repeat(kept, counts)].astype(np.int64)
        keys.append(np.repeat(source.documents[kept].astype(np.int64) << 32, counts[kept]) + places)
    joined = np.concatenate(keys) if keys else np.empty(0, np.int64)
    return joined if len(keys) == 1 else np.sort(joined, kind="stable")


def phrase_matches(parts: Sequence[SegmentMatches], size: int) -> SegmentMatches:
    """Where the words follow one another. Rare words are looked at first: few documents are left for common ones."""
    hits = np.zeros(size, np.int16)
    for part in parts:
        hits[part.documents] += 1
    within = hits == len(parts)
    if not parts or not within.any():
        return NO_MATCHES
    order = sorted(range(len(parts)), key=lambda at: parts[at].documents.size)
    begins = place_keys(parts[order[0]], within) - order[0]
    for after in order[1:]:
        keys = place_keys(parts[after], within)
        at = np.searchsorted(keys, begins + after)
        begins = begins[keys[np.minimum(at, keys.size - 1)] == begins + after]
        within = np.zeros(size, bool)
        within[begins >> 32] = True
        if not begins.size:
            return NO_MATCHES
    return matches_from_keys(begins)


def matches_from_keys(keys: NDArray[np.int64]) -> SegmentMatches:
    """Matches from ascending keys (document times 2**32, plus place)."""
    documents, first, counts = np.unique(keys >> 32, return_index=True, return_counts=True)
    bounds = np.append(first, keys.size).astype(np.int64)
    held = documents.astype(np.int32)
    weights = counts.astype(np.float64)
    return SegmentMatches(held, weights, (Postings(held, weights, (keys & 0xFFFFFFFF).astype(np.uint32), bounds),))


def title_matches(part: SegmentMatches, segment: Segment) -> SegmentMatches:
    """The matches limited to places in the titles."""
    keys = place_keys(part, np.ones(segment.size, bool))
    kept = keys[(keys & 0xFFFFFFFF) < segment.title_ends[keys >> 32]]
    return matches_from_keys(kept) if kept.size else NO_MATCHES


def join_segments(parts: Sequence[SegmentMatches], snapshot: Snapshot) -> ClauseMatches:
    """The matches of all segments, documents numbered over the whole index."""
    numbered = [part.documents.astype(np.int64) + offset for part, offset in zip(parts, snapshot.offsets, strict=True)]
    documents = np.concatenate([np.empty(0, np.int64), *numbered])
    return ClauseMatches(documents, np.concatenate([np.empty(0), *(part.weights for part in parts)]), tuple(parts))


def unweighted_matches(mask: Mask) -> ClauseMatches:
    """Documents of a mask, weight 0: tags and years don't score."""
    documents = np.flatnonzero(mask)
    return ClauseMatches(documents, np.zeros(documents.size))


def strongest_matches(found: Sequence[tuple[ClauseMatches, float]], size: int) -> ClauseMatches:
    """The documents of all matches, each with its greatest weight times share."""
    weights = np.zeros(size)
    for each, share in found:
        weights[each.documents] = np.maximum(weights[each.documents], each.weights * share)
    documents = np.flatnonzero(weights)
    return ClauseMatches(documents, weights[documents])


def any_of_matches(found: Sequence[ClauseMatches], snapshot: Snapshot) -> ClauseMatches:
    """The matches of alternatives: weights are added; postings are joined segment by segment."""
    mask, weights = np.zeros(snapshot.size, bool), np.zeros(snapshot.size)
    for each in found:
        mask[each.documents] = True
        weights[each.documents] += each.weights
    documents = np.flatnonzero(mask)
    placed = [each.parts for each in found if each.parts]
    parts = tuple(
        SegmentMatches(
            NO_MATCHES.documents, NO_MATCHES.weights, tuple(source for part in row for source in part.sources)
        )
        for row in zip(*placed, strict=True)
    )
    return ClauseMatches(documents, weights[documents], parts)
