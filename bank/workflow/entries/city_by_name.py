"""Finds the city that a name means, or makes one that a coordinator must confirm."""

import re

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bank.catalogue import places
from bank.catalogue.tables import City
from bank.vocabulary import Vocabulary
from bank.vocabulary.folding import fold
from bank.workflow.entries.founding import add_names


def settle(
    session: Session, vocabulary: Vocabulary, name: str, country: str | None, seen: ColumnElement[bool] | None = None
) -> str:
    """The id of the city called `name` (id, name, alias or former name, case and accents aside); made when unknown.

    Of one that was merged into another, the other's. With `seen` an unconfirmed city that only entries name for which
    it does not hold counts as unknown: nobody hears of a draft by naming its city.
    """
    known = places.city(session, name)
    if known is not None and (seen is None or places.is_known(session, known.id, seen)):
        return places.resolved(session, known.id)
    seed = vocabulary.city_named(name)
    if seed is not None and (country is None or seed.country == country):
        return places.resolved(session, seed.id)
    for row in places.cities_known_as(session, fold(name)[:200]):
        if (country is None or row.country in (None, country)) and (
            seen is None or places.is_known(session, row.id, seen)
        ):
            return row.id
    return make(session, name.strip()[:200], country)


def make(session: Session, name: str, country: str | None) -> str:
    """Makes an unverified city under an id of its country and name that nobody has yet."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:48] or "city"
    stem = f"{(country or 'xx').lower()}-{slug}"
    id, number = stem, 1
    while places.city(session, id) is not None:
        number += 1
        id = f"{stem}-{number}"
    session.add(City(id=id, name=name, country=country, verified=False))
    session.flush()
    add_names(session, id, (name,))
    return id
