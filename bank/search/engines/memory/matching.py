"""How one clause of a query matches one entry, in the in-memory engine."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bank.search.analysis import NAMES_LANGUAGE, form_share, keeps_tilde, same_stem, same_word
from bank.search.document import SearchDocument
from bank.search.folding import fold_word, split_words
from bank.search.passages import IndexTerm, Layout
from bank.search.plan import ScoredClause, names_tag
from bank.search.query import InTitle, Phrase, Prefix, SimpleClause, Word, Years
from bank.search.ranking import MOST_HIT_PAGES
from bank.search.results import PageHit


@dataclass(frozen=True, slots=True)
class Match:
    """How an entry matches a clause: the frequency (weighted for words, the number of
    places for phrases and titles), the places (word numbers), and each place's share.

    A place that is not in `shares` counts wholly.
    """

    frequency: float
    places: tuple[int, ...]
    shares: Mapping[int, float] = field(default_factory=dict)

    def share(self, place: int) -> float:
        return self.shares.get(place, 1.0)

    @property
    def exact(self) -> bool:
        """True where a place has the word asked for in an inflection."""
        return any(self.share(place) == 1.0 for place in self.places)


@dataclass(frozen=True, slots=True)
class NumberedDocument:
    """A document as the memory engine holds it: with the places of its terms and its facet values."""

    document: SearchDocument
    layout: Layout
    facets: Mapping[str, tuple[str, ...]]


def words_as_written(kept: NumberedDocument, language: str | None = None) -> list[str]:
    """The words of an entry, once for each language in which it has them; or those of one language."""
    return [word for own, _, word in kept.layout.places if language in (None, own)]


def match_clause(clause: SimpleClause, kept: NumberedDocument) -> Match | None:
    """The match of a clause in an entry; None where it does not match."""
    if isinstance(clause, Word):
        return match_word_forms(clause.word, kept)
    if isinstance(clause, Phrase):
        return match_phrase(clause.words, kept, lambda term: True)
    if isinstance(clause, InTitle):
        return match_in_title(match_clause(clause.of, kept), kept)
    if isinstance(clause, Prefix):
        return match_terms(kept, lambda term: starts_with_prefix(clause, term[2]))
    if isinstance(clause, Years):
        years = kept.document.years
        return Match(0.0, ()) if years and clause.first <= years[-1] and years[0] <= clause.last else None
    carried = any(names_tag(clause.field, clause.value, value) for value in kept.facets[clause.field])
    named = clause.field == "city" and match_phrase(
        split_words(clause.value), kept, lambda term: term[0] == NAMES_LANGUAGE
    )
    return Match(0.0, ()) if carried or named else None


def match_word_forms(asked: str, kept: NumberedDocument) -> Match | None:
    """The match of all forms of a word, each form weighted by its likeness to the word asked for."""
    terms = [term for term in kept.layout.places if same_stem(asked, term[2], term[0])]
    if not terms:
        return None
    shares = {term: form_share(asked, term[2], term[0]) for term in terms}
    by_place = {place: shares[term] for term in terms for place in kept.layout.places[term]}
    frequency = sum(kept.layout.weights[term] * shares[term] for term in terms)
    return Match(frequency, tuple(sorted(by_place)), by_place)


def starts_with_prefix(prefix: Prefix, word: str) -> bool:
    """True when a word begins with the prefix, accents ignored, a typed ñ kept."""
    return fold_word(word).startswith(fold_word(prefix.start)) and keeps_tilde(prefix.start, word)


def match_prefix(prefix: Prefix, kept: NumberedDocument, expansion: frozenset[str]) -> Match | None:
    """The match of a prefix's words, of those in `expansion` only."""
    return match_terms(kept, lambda term: starts_with_prefix(prefix, term[2]) and fold_word(term[2]) in expansion)


def match_terms(kept: NumberedDocument, fits: Callable[[IndexTerm], bool]) -> Match | None:
    """The match of all terms for which `fits` is true."""
    terms = [term for term in kept.layout.places if fits(term)]
    if not terms:
        return None
    places = sorted(place for term in terms for place in kept.layout.places[term])
    return Match(sum(kept.layout.weights[term] for term in terms), tuple(places))


def match_phrase(asked: Sequence[str], kept: NumberedDocument, fits: Callable[[IndexTerm], bool]) -> Match | None:
    """The match of words side by side; its places are those where the phrase begins."""
    begins: set[int] | None = None
    for after, word in enumerate(asked):
        match = match_terms(kept, lambda term, word=word: same_word(word, term[2]) and fits(term))  # type: ignore[misc]
        here = {place - after for place in match.places} if match else set()
        begins = here if begins is None else begins & here
    return Match(float(len(begins)), tuple(sorted(begins))) if begins else None


def match_in_title(match: Match | None, kept: NumberedDocument) -> Match | None:
    """The match limited to places in the titles."""
    places = tuple(place for place in match.places if place < kept.layout.title_end) if match else ()
    return Match(float(len(places)), places) if places else None


def strongest_match(matches: Iterable[tuple[Match | None, float]]) -> Match | None:
    """A match with the greatest frequency times share; it has no places."""
    found = [match.frequency * share for match, share in matches if match is not None]
    return Match(max(found), ()) if found else None


def union_of_matches(matches: Iterable[Match]) -> Match | None:
    """The match of alternatives: frequencies added, the places of all of them."""
    found = list(matches)
    if not found:
        return None
    shares: dict[int, float] = {}
    for match in found:
        for place in match.places:
            shares[place] = max(shares.get(place, 0.0), match.share(place))
    return Match(sum(match.frequency for match in found), tuple(sorted(shares)), shares)


def best_matching_pages(layout: Layout, matches: Iterable[tuple[ScoredClause, Match | None]]) -> tuple[PageHit, ...]:
    """The best matching pages: those with most of the clauses, then with most matches of them."""
    clauses: dict[int, set[ScoredClause]] = {}
    places: dict[int, float] = {}
    for clause, match in matches:
        for place in match.places if match else ():
            page = bisect_right(layout.starts, place) - 1
            if match and page >= 0:
                clauses.setdefault(page, set()).add(clause)
                places[page] = places.get(page, 0.0) + match.share(place)
    best = sorted(places, key=lambda page: (-len(clauses[page]), -places[page], page))
    return tuple(layout.pages[page] for page in best[:MOST_HIT_PAGES])
