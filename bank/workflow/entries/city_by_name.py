"""Finds the city that a name means, or makes one that a coordinator must confirm."""

import re

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bank.catalogue import places
from bank.catalogue.tables import City
from bank.vocabulary import Vocabulary
from bank.vocabulary.folding import fold_text
from bank.workflow.entries.founding import add_names_of_city


def find_or_make_city(
    session: Session, vocabulary: Vocabulary, name: str, country: str | None, seen: ColumnElement[bool] | None = None
) -> str:
    """The id of the city called `name`: an id, name, alias or former name, case and accents aside.

    A city that is not known is made; a merged one leads to the other. With `seen`, the where clause of the entries that
    the writer may see, an unconfirmed city counts as unknown where only other entries name it: nobody learns of a draft
    by naming its city.
    """
    known = places.find_city(session, name)
    if known is not None and (seen is None or places.may_know_city(session, known.id, seen)):
        return places.canonical_city_id(session, known.id)
    seed = vocabulary.city_named(name)
    if seed is not None and (country is None or seed.country == country):
        return places.canonical_city_id(session, seed.id)
    for row in places.cities_known_as(session, fold_text(name)[:200]):
        if (country is None or row.country in (None, country)) and (
            seen is None or places.may_know_city(session, row.id, seen)
        ):
            return row.id
    return make_unverified_city(session, name.strip()[:200], country)


def make_unverified_city(session: Session, name: str, country: str | None) -> str:
    """Makes an unverified city and returns its new id, of country and name."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold_text(name)).strip("-")[:48] or "city"
    stem = f"{(country or 'xx').lower()}-{slug}"
    id, number = stem, 1
    while places.find_city(session, id) is not None:
        number += 1
        id = f"{stem}-{number}"
    session.add(City(id=id, name=name, country=country, verified=False))
    session.flush()
    add_names_of_city(session, id, (name,))
    return id
