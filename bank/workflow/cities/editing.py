"""What coordinators do with cities: confirm one that a file named, rename it, give it other names."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import audit, places
from bank.catalogue.tables import City, CityName
from bank.clock import now
from bank.errors import Invalid
from bank.messages import N_
from bank.vocabulary.folding import fold, words
from bank.workflow.bank import Bank
from bank.workflow.cities.views import kept_names, present
from bank.workflow.deposits.changing import renew
from bank.workflow.rights import Viewer, require

LONGEST_NAME = 200
LONGEST_FOLDED = 200
NO_NAME = N_("Write a name of 1 to {longest} characters.")
SAME_NAME = N_("That is its name already.")
TAKEN = N_("{city} ({id}) is called that too. If both are the same city, merge them.")
NO_SUCH_NAME = N_("The city has no such other name.")


def confirm(bank: Bank, viewer: Viewer | None, id: str) -> None:
    """Says that a city is one; confirming twice is no failure. Raises SignInNeeded, NotFound."""
    viewer = require(viewer, "manage_cities")
    with bank.database.writing() as session:
        city = present(session, id)
        if not city.verified:
            city.verified = True
            audit.note(session, viewer.actor, "confirm_city", None, {"city": id})


def rename(bank: Bank, viewer: Viewer | None, id: str, name: str, *, misspelt: bool = False) -> None:
    """Gives a city another name; it is found by the old one as before.

    The old one goes into its history, unless it was only misspelt. Raises SignInNeeded, NotFound, Invalid.
    """
    viewer, name = require(viewer, "manage_cities"), sound(name)
    with bank.database.writing() as session:
        city = present(session, id)
        if name == city.name:
            raise Invalid(SAME_NAME)
        expect_free(session, city, name)
        add_name(session, city, city.name)
        if not misspelt:
            city.name_history = history_after(city, name, now().date().isoformat())
        old, city.name = city.name, name
        add_name(session, city, name)
        audit.note(session, viewer.actor, "rename_city", None, {"city": id, "from": old, "to": name})
        tell_index(session, viewer, id)


def history_after(city: City, name: str, day: str) -> list[Mapping[str, str]]:
    """The names over time, when the present one ends on that day and `name` begins."""
    history = [dict(was) for was in city.name_history]
    last = history[-1] if history else {}
    if last.get("name") == city.name and not last.get("to"):
        last["to"] = day
    else:
        history.append({"name": city.name, **({"from": last["to"]} if last.get("to") else {}), "to": day})
    return [*history, {"name": name, "from": day}]


def add_alias(bank: Bank, viewer: Viewer | None, id: str, name: str) -> None:
    """Gives a city one more name by which it is found. Raises SignInNeeded, NotFound, Invalid."""
    viewer, name = require(viewer, "manage_cities"), sound(name)
    with bank.database.writing() as session:
        city = present(session, id)
        if name in places.names(session, [id]).get(id, ()):
            raise Invalid(SAME_NAME)
        expect_free(session, city, name)
        add_name(session, city, name)
        audit.note(session, viewer.actor, "add_city_name", None, {"city": id, "name": name})
        tell_index(session, viewer, id)


def drop_alias(bank: Bank, viewer: Viewer | None, id: str, name: str) -> None:
    """Takes another name away; present and former ones stay. Raises SignInNeeded, NotFound, Invalid."""
    viewer = require(viewer, "manage_cities")
    with bank.database.writing() as session:
        city = present(session, id)
        row = session.get(CityName, (id, fold(name)[:LONGEST_FOLDED]))
        if row is None or fold(name) in kept_names(city):
            raise Invalid(NO_SUCH_NAME)
        session.delete(row)
        audit.note(session, viewer.actor, "drop_city_name", None, {"city": id, "name": row.name})
        tell_index(session, viewer, id)


def sound(name: str) -> str:
    """The name as it is kept. Raises Invalid for what can't be one."""
    name = " ".join(name.split())
    if not words(name) or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(NO_NAME, longest=LONGEST_NAME)
    return name


def expect_free(session: Session, city: City, name: str) -> None:
    """Raises Invalid where another city of the same country is called that: who is meant could not be told."""
    for other in places.cities_known_as(session, fold(name)[:LONGEST_FOLDED]):
        if other.id != city.id and (other.country == city.country or None in (other.country, city.country)):
            raise Invalid(TAKEN, city=other.name, id=other.id)


def add_name(session: Session, city: City, name: str) -> None:
    """A name by which the city is found; written as here where it was known otherwise."""
    folded = fold(name)[:LONGEST_FOLDED]
    row = session.scalar(select(CityName).where(CityName.city_id == city.id, CityName.folded == folded))
    if row is None:
        session.add(CityName(city_id=city.id, folded=folded, name=name))
    else:
        row.name = name
    session.flush()


def tell_index(session: Session, viewer: Viewer, id: str) -> None:
    """New versions of the city's published entries, which are found by its names."""
    for entry in places.entries_of(session, id):
        if entry.status == "published":
            renew(session, entry, viewer, (), "rename_city")
