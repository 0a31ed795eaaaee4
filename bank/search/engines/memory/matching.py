"""Where one clause of a query matches one entry, the plain way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bank.search.analysis import NAMES, form_share, same_stem, same_word, tilde_kept
from bank.search.document import SearchDocument
from bank.search.folding import flat, words
from bank.search.passages import Layout, Term
from bank.search.plan import names_tag
from bank.search.query import InTitle, Phrase, Plain, Prefix, Word, Years


@dataclass(frozen=True, slots=True)
class Match:
    """How often, weighted, and at which places an entry matches a clause; `shares` says how much each place counts."""

    frequency: float
    places: tuple[int, ...]
    shares: Mapping[int, float] = field(default_factory=dict)

    def share(self, place: int) -> float:
        return self.shares.get(place, 1.0)


@dataclass(frozen=True, slots=True)
class Kept:
    """A document with its words numbered."""

    document: SearchDocument
    layout: Layout
    facets: Mapping[str, tuple[str, ...]]


def written(kept: Kept, language: str | None = None) -> list[str]:
    """The words of an entry, once for each language in which it has them; or those that it has in one."""
    return [word for own, _, word in kept.layout.places if language in (None, own)]


def look_for(clause: Plain, kept: Kept) -> Match | None:
    """Where a clause matches an entry."""
    if isinstance(clause, Word):
        return in_forms(clause.word, kept)
    if isinstance(clause, Phrase):
        return side_by_side(clause.words, kept, lambda term: True)
    if isinstance(clause, InTitle):
        return in_title(look_for(clause.of, kept), kept)
    if isinstance(clause, Prefix):
        return gathered(kept, lambda term: starts(clause, term[2]))
    if isinstance(clause, Years):
        year = kept.document.year
        return Match(0.0, ()) if year is not None and clause.first <= year <= clause.last else None
    carried = any(names_tag(clause.field, clause.value, value) for value in kept.facets[clause.field])
    named = clause.field == "city" and side_by_side(words(clause.value), kept, lambda term: term[0] == NAMES)
    return Match(0.0, ()) if carried or named else None


def in_forms(asked: str, kept: Kept) -> Match | None:
    """All forms of a word, each counting by how near it is."""
    terms = [term for term in kept.layout.places if same_stem(asked, term[2], term[0])]
    if not terms:
        return None
    shares = {term: form_share(asked, term[2], term[0]) for term in terms}
    by_place = {place: shares[term] for term in terms for place in kept.layout.places[term]}
    frequency = sum(kept.layout.weights[term] * shares[term] for term in terms)
    return Match(frequency, tuple(sorted(by_place)), by_place)


def starts(prefix: Prefix, word: str) -> bool:
    return flat(word).startswith(flat(prefix.start)) and tilde_kept(prefix.start, word)


def look_for_start(prefix: Prefix, kept: Kept, expansion: frozenset[str]) -> Match | None:
    return gathered(kept, lambda term: starts(prefix, term[2]) and flat(term[2]) in expansion)


def gathered(kept: Kept, fits: Callable[[Term], bool]) -> Match | None:
    """All places of the terms that fit."""
    terms = [term for term in kept.layout.places if fits(term)]
    if not terms:
        return None
    places = sorted(place for term in terms for place in kept.layout.places[term])
    return Match(sum(kept.layout.weights[term] for term in terms), tuple(places))


def side_by_side(asked: Sequence[str], kept: Kept, fits: Callable[[Term], bool]) -> Match | None:
    """The places where a phrase begins."""
    begins: set[int] | None = None
    for after, word in enumerate(asked):
        match = gathered(kept, lambda term, word=word: same_word(word, term[2]) and fits(term))  # type: ignore[misc]
        here = {place - after for place in match.places} if match else set()
        begins = here if begins is None else begins & here
    return Match(float(len(begins)), tuple(sorted(begins))) if begins else None


def in_title(match: Match | None, kept: Kept) -> Match | None:
    places = tuple(place for place in match.places if place < kept.layout.title_end) if match else ()
    return Match(float(len(places)), places) if places else None


def strongest(matches: Iterable[tuple[Match | None, float]]) -> Match | None:
    """The greatest of the frequencies, each times its share; places don't count."""
    found = [match.frequency * share for match, share in matches if match is not None]
    return Match(max(found), ()) if found else None


def together(matches: Iterable[Match]) -> Match | None:
    """Alternatives: frequencies added, places of any of them."""
    found = list(matches)
    if not found:
        return None
    shares: dict[int, float] = {}
    for match in found:
        for place in match.places:
            shares[place] = max(shares.get(place, 0.0), match.share(place))
    return Match(sum(match.frequency for match in found), tuple(sorted(shares)), shares)
