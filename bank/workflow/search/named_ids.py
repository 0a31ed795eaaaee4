"""Replaces the names given with city:, principle: and theme: in a query by ids."""

from dataclasses import replace

from sqlalchemy.orm import Session

from bank.catalogue import places
from bank.search.query import AnyOf, Clause, HasTag, Not, Query, SimpleClause
from bank.search.request import Filters
from bank.vocabulary import Vocabulary
from bank.vocabulary.folding import fold_text


def query_with_ids(session: Session, vocabulary: Vocabulary, query: Query) -> Query:
    """The query with ids in place of names; a value that names nothing is unchanged, and finds nothing."""
    return replace(query, clauses=tuple(_clause(session, vocabulary, clause) for clause in query.clauses))


def filters_with_present_cities(session: Session, filters: Filters) -> Filters:
    """The filters, with merged cities replaced by those into which they were merged."""
    return replace(filters, city=tuple(dict.fromkeys(places.canonical_city_id(session, id) for id in filters.city)))


def _clause(session: Session, vocabulary: Vocabulary, clause: Clause) -> Clause:
    if isinstance(clause, Not):
        return Not(_plain(session, vocabulary, clause.of))
    if isinstance(clause, AnyOf):
        return AnyOf(tuple(_plain(session, vocabulary, part) for part in clause.of))
    return _plain(session, vocabulary, clause)


def _plain(session: Session, vocabulary: Vocabulary, part: SimpleClause) -> SimpleClause:
    if not isinstance(part, HasTag):
        return part
    if part.field == "city":
        return HasTag("city", _city(session, vocabulary, part.value))
    term = vocabulary.find(part.field, part.value)
    return HasTag(part.field, term.id) if term else part


def _city(session: Session, vocabulary: Vocabulary, value: str) -> str:
    if places.find_city(session, value) is not None:
        return places.canonical_city_id(session, value)
    seed = vocabulary.city_named(value)
    if seed is not None:
        return places.canonical_city_id(session, seed.id)
    known = places.cities_known_as(session, fold_text(value)[:200])
    return known[0].id if known else value
